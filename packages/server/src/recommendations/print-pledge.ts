import { createHash } from 'node:crypto';
import qrcode from 'qrcode';
import { attempt, type By, eventBy } from '../applications/index.ts';
import { loadRound } from '../calls/index.ts';
import { canonicalJson } from '../platform/audit/canonical.ts';
import type { Context } from '../platform/context.ts';
import type { ServedFile } from '../platform/files/index.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { versionCode } from '../platform/signing/index.ts';
import { departmentIn, noSuchRound } from './department-of.ts';
import { pledgeContent } from './pledge-content.ts';
import { insertPledge, pledgeOf, type PledgeRow } from './store-pledges.ts';

/** The department's pledge as PDF with its code, to be signed and sealed. Printed first, it is frozen; later prints are the same file. */
export async function printPledge(context: Context, by: By, roundId: string): Promise<Result<ServedFile>> {
  const pledge = await attempt(
    context,
    by,
    { action: 'printPledge', subject: { kind: 'round', id: roundId } },
    async (trx): Promise<Result<PledgeRow>> => {
      const round = await loadRound({ db: trx, reference: context.reference }, roundId);
      const department = round && (await departmentIn(trx, by, round));
      if (!round || !department) return noSuchRound();
      const of = { roundId, departmentId: department.id };
      const before = await pledgeOf(trx, of);
      if (before) return ok(before);
      const content = pledgeContent(round, department.name);
      if (!content) return noPledgeAsked();
      const hash = createHash('sha256').update(canonicalJson({ content, of })).digest('hex');
      const code = versionCode(hash);
      await insertPledge(trx, { ...of, code, content, hash, madeBy: by.actor.personId, madeAt: by.at });
      const made = await pledgeOf(trx, of);
      if (!made) throw new Error(`the pledge of department ${department.id} was not kept`);
      await context.log(trx, {
        ...eventBy(by, { action: 'printPledge', subject: { kind: 'pledge', id: made.id } }, 'recommendingDepartment'),
        outcome: 'done',
        detail: { code, hash },
      });
      return ok(made);
    },
  );
  if (!pledge.ok) return pledge;
  const { bytes } = await renderPledge(context, pledge.value);
  const { content, code } = pledge.value;
  return ok({
    content: bytes,
    bytes: bytes.length,
    mediaType: 'application/pdf',
    fileName: `${content.title}-${content.department}-${code}.pdf`,
  });
}

export async function renderPledge(context: Context, pledge: PledgeRow): Promise<{ bytes: Buffer; pages: number }> {
  const { id, hash, code, content } = pledge;
  const rehearsal = content.mode === 'rehearsal';
  const token = context.signer.tokenFor({ kind: 'pledge', rehearsal, id, hash, call: content.callKey });
  const verifyUrl = `${context.config.publicUrl}/v/${token}`;
  return context.documents.render({
    template: 'pledge',
    data: {
      documentTitle: `${content.title}（${content.department}）`,
      author: content.department,
      rehearsal,
      mark: { text: rehearsal ? '演练' : '', final: false },
      header: [content.department, content.title],
      code,
      codeWord: '核验码',
      verifyUrl,
      ...content,
    },
    images: { 'qr.svg': await qrcode.toString(verifyUrl, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }) },
    createdAt: pledge.madeAt,
  });
}

export const noPledgeAsked = (): Refused =>
  refused(404, { code: 'not_found', message: '这份通知没有要求推荐部门另签承诺书。' });
