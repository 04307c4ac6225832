import { isOpen, officialInstant } from '@keshen/rules';
import {
  type ApplicationRow,
  type Content,
  findApplication,
  findApplicationByCode,
  roundsOf,
  type Snapshot,
  snapshotsOf,
  stateLabel,
} from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { factsOfRefusal, refusalByCode } from '../extensions/index.ts';
import { deliveryByCode, factsOfDelivery } from '../paper/index.ts';
import { hashStartOf, readVersionCode } from '../platform/signing/index.ts';
import {
  findList,
  findListByCode,
  findPledge,
  findPledgeByCode,
  type ListRow,
  type PledgeRow,
  stateOfList,
} from '../recommendations/index.ts';
import { sealsOfVersion } from '../seals/index.ts';
import type { Fact, Verification } from './verdict.ts';

/** What a scanned QR code says: first whether this house made it at all, then whether what it was printed from still counts. */
export async function verifyToken(context: Context, text: string): Promise<Verification> {
  // The small QR at the foot of each page carries the code alone.
  if (readVersionCode(text)) return verifyCode(context, text);
  const token = context.signer.open(text);
  if (!token) return { about: 'nothing', standing: 'forged' };
  if (token.kind === 'list') {
    const list = await findList(context.db, token.id);
    return list?.hash.startsWith(token.hash) ? ofList(list) : { about: 'nothing', standing: 'unknown' };
  }
  if (token.kind === 'pledge') {
    const pledge = await findPledge(context.db, token.id);
    return pledge?.hash.startsWith(token.hash) ? ofPledge(pledge) : { about: 'nothing', standing: 'unknown' };
  }
  const row = await findApplication(context.db, token.id);
  return row ? ofApplication(context, row, token.hash) : { about: 'nothing', standing: 'unknown' };
}

/** What a typed code says. A code is short, so only codes of lists, submitted versions and refused attempts are known. */
export async function verifyCode(context: Context, typed: string): Promise<Verification> {
  const code = readVersionCode(typed);
  if (!code) return { about: 'nothing', standing: 'unreadable' };
  const list = await findListByCode(context.db, code);
  if (list) return ofList(list);
  const pledge = await findPledgeByCode(context.db, code);
  if (pledge) return ofPledge(pledge);
  const found = await findApplicationByCode(context.db, code);
  if (found) return ofApplication(context, found.row, found.hash);
  return (
    (await ofRefusal(context, code)) ?? (await ofDelivery(context, code)) ?? { about: 'nothing', standing: 'unknown' }
  );
}

/** The proof of an attempt that was not accepted. */
async function ofRefusal(context: Context, code: string): Promise<Verification | undefined> {
  const refusal = await refusalByCode(context, hashStartOf(code));
  const row = refusal && (await findApplication(context.db, refusal.applicationId));
  if (!refusal || !row) return undefined;
  const call = (await roundsOf(context, context.db, [row.roundId]))(row.roundId).compiled;
  return {
    about: 'refusal',
    standing: 'refused',
    rehearsal: row.mode === 'rehearsal',
    facts: [
      { label: '申报通知', value: call.title },
      { label: '申报编号', value: row.number },
      ...factsOfRefusal(refusal, call.words.recommendingDepartment),
    ],
  };
}

/** The receipt for paper that was brought. */
async function ofDelivery(context: Context, code: string): Promise<Verification | undefined> {
  const delivery = await deliveryByCode(context, code);
  if (!delivery) return undefined;
  const { facts } = await factsOfDelivery(context, delivery);
  const rehearsal = delivery.mode === 'rehearsal';
  return { about: 'paperReceipt', standing: delivery.voidedAt ? 'voided' : 'registered', rehearsal, facts };
}

function ofList(list: ListRow): Verification {
  const { content, code, deliveredAt, voidedAt, voidReason } = list;
  return {
    about: 'list',
    standing: stateOfList(list),
    rehearsal: content.mode === 'rehearsal',
    facts: [
      { label: '清单', value: content.title },
      { label: content.departmentWord, value: content.department },
      { label: '清单码', value: code },
      { label: '项目数', value: `${content.entries.length}项` },
      { label: '导出时间', value: official(list.exportedAt) },
      ...(deliveredAt ? [{ label: '报送时间', value: official(deliveredAt) }] : []),
      ...(voidedAt ? [{ label: '失效时间', value: official(voidedAt) }] : []),
    ],
    ...(voidReason && { why: withoutTitle(voidReason) }),
  };
}

const ofPledge = ({ content, code, madeAt, scanAt }: PledgeRow): Verification => ({
  about: 'pledge',
  standing: scanAt ? 'uploaded' : 'printed',
  rehearsal: content.mode === 'rehearsal',
  facts: [
    { label: '承诺书', value: content.title },
    { label: '申报通知', value: content.callTitle },
    { label: content.departmentWord, value: content.department },
    { label: '核验码', value: code },
    { label: '打印时间', value: official(madeAt) },
    ...(scanAt ? [{ label: '上传时间', value: official(scanAt) }] : []),
  ],
});

/** The reason names the application that changed; its number is enough for the public. */
const withoutTitle = (reason: string): string => reason.replace(/(：\S+) .*$/u, '$1');

async function ofApplication(context: Context, row: ApplicationRow, hash: string): Promise<Verification> {
  const rehearsal = row.mode === 'rehearsal';
  const snapshots = await snapshotsOf(context.db, row.id);
  const printed = snapshots.find((snapshot) => snapshot.hash.startsWith(hash));
  if (!printed) {
    const facts = [{ label: '申报编号', value: row.number }];
    return { about: 'application', standing: 'draft', rehearsal, facts };
  }
  const [latest] = snapshots;
  const call = (await roundsOf(context, context.db, [row.roundId]))(row.roundId).compiled;
  const facts: Fact[] = [
    { label: '申报通知', value: call.title },
    { label: '申报编号', value: row.number },
    { label: '项目名称', value: titleIn(printed) },
    { label: '申报单位', value: row.organisationName },
    ...(await sealFacts(context, row, printed.ordinal)),
    { label: '目前状态', value: stateLabel(row.state, call) },
    {
      label: '本件版本',
      value: `第${printed.ordinal}版，${official(printed.takenAt)}提交，版本码${printed.versionCode}`,
    },
  ];
  const compare = `/app/compare/${row.id}?from=${printed.ordinal}`;
  if (latest === printed || !latest) {
    // Returned to the applicant, it may be changing at this moment.
    const changing = isOpen(row.state) && { why: '这一版提交以后被退回，正在修改，尚未重新提交。', compare };
    return { about: 'application', standing: 'current', rehearsal, facts, ...changing };
  }
  const why = `最新的是第${latest.ordinal}版，${official(latest.takenAt)}提交，版本码${latest.versionCode}。`;
  return { about: 'application', standing: 'superseded', rehearsal, facts, why, compare };
}

/** Who sealed this version, when by whose time-stamp, and whether the seals still count. */
async function sealFacts(context: Context, row: ApplicationRow, ordinal: number): Promise<Fact[]> {
  const seals = await sealsOfVersion(context, row, ordinal);
  return seals.map(({ title, signer, stampedAt, stampedBy, standing }) => ({
    label: title,
    value: `${signer}，${official(stampedAt)}加盖（时间由${stampedBy}证明），${standing}`,
  }));
}

function titleIn({ content }: Snapshot): string {
  const printed: Content = JSON.parse(content);
  const title = printed.sections['project']?.['title'];
  return typeof title === 'string' ? title : '';
}

const official = (at: Date): string => officialInstant(Math.floor(at.getTime() / 1000) * 1000);
