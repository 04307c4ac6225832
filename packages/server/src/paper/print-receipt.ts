import { officialInstant } from '@keshen/rules';
import qrcode from 'qrcode';
import { type By, findApplication } from '../applications/index.ts';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import type { ServedFile } from '../platform/files/index.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { hashStartOf, versionCode } from '../platform/signing/index.ts';
import { noSuchPaper, readsPaper } from './scope.ts';
import {
  type DeliveryRow,
  findApplicationSubject,
  findDelivery,
  findDeliveryByHash,
  findListSubject,
} from './store.ts';
import { BRINGERS, inWordsOf } from './words.ts';
import { renderSlip } from './render-slip.ts';

const OUTCOMES: Record<DeliveryRow['outcome'], string> = {
  accepted: '收下，已收齐',
  incomplete: '收下，不齐',
  late: '收下，登记为逾期',
  refused: '不收',
};

const WHAT = { application: '申报书', list: '推荐清单' } as const;

/** What a receipt says, for paper and for whoever checks its code; no names of people. */
export async function factsOfDelivery(context: Context, delivery: DeliveryRow) {
  const { applicationId, listId } = delivery;
  const subject = applicationId
    ? await findApplicationSubject(context.db, applicationId)
    : await findListSubject(context.db, listId ?? '');
  const round = await loadRound(context, delivery.roundId);
  if (!round) throw new Error(`delivery ${delivery.id} has no round`);
  const paper = round.compiled.paper.find(({ key }) => key === delivery.paper);
  const facts = [
    { label: '申报通知', value: round.compiled.title },
    { label: '材料', value: paper?.title ?? delivery.paper },
    { label: subject?.kind === 'list' ? '清单码' : '申报编号', value: subject?.number ?? '' },
    { label: '单位', value: subject?.organisationName ?? subject?.departmentName ?? '' },
    { label: '份数', value: `${delivery.copies}份（应交${paper?.copies ?? '—'}份）` },
    { label: '收到时刻', value: officialInstant(delivery.receivedAt.getTime()) },
    { label: '结果', value: OUTCOMES[delivery.outcome] },
    { label: '说明', value: delivery.told },
    ...(delivery.voidedAt ? [{ label: '撤销', value: `这条登记已撤销：${delivery.voidReason ?? ''}` }] : []),
  ];
  return { facts, subject, round };
}

/** The receipt that whoever brought the paper takes along; its code can be checked on the public page. */
export async function printReceipt(context: Context, by: By, id: string): Promise<Result<ServedFile>> {
  const delivery = await findDelivery(context.db, id);
  if (!delivery) return noSuchPaper();
  const { facts, subject, round } = await factsOfDelivery(context, delivery);
  const applicantId = subject?.kind === 'application' && (await findApplication(context.db, subject.id))?.applicantId;
  if (
    !readsPaper(
      by,
      {
        authorityId: delivery.authorityId,
        ...(subject && { departmentId: subject.departmentId }),
        ...(subject?.organisationId && { organisationId: subject.organisationId }),
      },
      applicantId || undefined,
    )
  ) {
    return noSuchPaper();
  }
  const code = versionCode(delivery.hash);
  const verifyUrl = `${context.config.publicUrl}/v/${code}`;
  const pdf = await renderSlip(context, {
    title: delivery.outcome === 'refused' ? '纸质材料不予接收说明' : '纸质材料收件回执',
    callTitle: round.compiled.title,
    subtitle: `${officialInstant(Math.floor(delivery.registeredAt.getTime() / 1000) * 1000)}登记`,
    rehearsal: delivery.mode === 'rehearsal',
    author: '科申',
    code,
    verifyUrl,
    scanned: '扫码核验本回执',
    facts: [
      ...facts,
      { label: '送件', value: `${inWordsOf(BRINGERS[delivery.by], round.compiled.words)}　${delivery.broughtBy}` },
      { label: '收件人', value: delivery.registeredByName },
      { label: WHAT[subject?.kind ?? 'application'], value: delivery.versionCode },
    ].map((fact) => ({ ...fact, wide: fact.value.length > 18 })),
    columns: [],
    rows: [],
    notes: ['收到时刻以本回执为准。请妥善保存；核验：打开本系统的“核验文件”页，输入上面的码。'],
    signatures: ['收件人', '送件人'],
    images: { 'qr.svg': await qrcode.toString(verifyUrl, { type: 'svg', margin: 0 }) },
    createdAt: delivery.registeredAt,
  });
  return ok({ content: pdf, bytes: pdf.length, mediaType: 'application/pdf', fileName: `收件回执-${code}.pdf` });
}

/** The registration that the code on a receipt stands for. */
export const deliveryByCode = (context: Context, code: string): Promise<DeliveryRow | undefined> =>
  findDeliveryByHash(context.db, hashStartOf(code));
