import { officialInstant } from '@keshen/rules';
import qrcode from 'qrcode';
import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { ServedFile } from '../platform/files/index.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { findSnapshotToken } from './snapshot-token.ts';
import { listDuties } from './list-duties.ts';
import { renderSlip } from './render-slip.ts';

const COLUMNS = [
  { label: '序号', width: '11mm', align: 'center' },
  { label: '编号', width: 'auto', align: 'left' },
  { label: '项目名称（清单）', width: '10fr', align: 'left' },
  { label: '单位', width: '7fr', align: 'left' },
  { label: '材料', width: '7fr', align: 'left' },
  { label: '份数', width: '13mm', align: 'center' },
  { label: '版本码（清单码）', width: 'auto', align: 'left', small: true },
  { label: '最迟', width: '8fr', align: 'left' },
];

/**
 * The slip that is laid on top of what is brought: everything still missing that the person brings or sends on, of one application or of
 * the whole round. Each line bears the code by which the desk compares the print with what was submitted.
 */
export async function printSlip(
  context: Context,
  by: By,
  { roundId, applicationId }: { roundId: string; applicationId?: string },
): Promise<Result<ServedFile>> {
  const listed = await listDuties(context, by, { roundId });
  if (!listed.ok) return listed;
  const { round, items } = listed.value;
  const wanted = items.filter(
    ({ id, missing, online }) => missing > 0 && online && (applicationId === undefined || id === applicationId),
  );
  const [first] = wanted;
  if (!first) {
    return refused(409, {
      code: 'nothing_to_bring',
      message: '目前没有要送的纸质材料。',
      remedy: '网上办到规定的一步以后，这里会列出要送的材料和份数。',
    });
  }
  const verifyUrl = applicationId === undefined ? '' : await findSnapshotToken(context, applicationId);
  const { words, title } = round.compiled;
  const pdf = await renderSlip(context, {
    title: '纸质材料送件单',
    callTitle: title,
    rehearsal: round.mode === 'rehearsal',
    subtitle: `共${wanted.length}件，${officialInstant(Math.floor(by.at.getTime() / 60_000) * 60_000)}打印`,
    code: applicationId === undefined ? '' : first.versionCode,
    verifyUrl,
    scanned: '收件时扫码核对版本',
    facts: [],
    columns: COLUMNS,
    rows: wanted.map((duty, index) => [
      String(index + 1),
      duty.kind === 'list' ? '' : duty.number,
      duty.kind === 'list' ? duty.paperTitle : duty.title,
      duty.organisationName ?? duty.departmentName,
      duty.paperTitle,
      String(duty.missing),
      duty.versionCode,
      duty.due,
    ]),
    notes: [...new Set(wanted.map(({ paperTitle, how, clause }) => `${paperTitle}：${how}。依据《通知》${clause}。`))],
    signatures: ['送件人', '联系电话', '收件人'],
    author: words.recommendingDepartment,
    images: verifyUrl === '' ? {} : { 'qr.svg': await qrcode.toString(verifyUrl, { type: 'svg', margin: 0 }) },
    createdAt: by.at,
  });
  return ok({ content: pdf, bytes: pdf.length, mediaType: 'application/pdf', fileName: `送件单-${first.number}.pdf` });
}
