import { buffer } from 'node:stream/consumers';
import { type By, openApplication, sealStandingOf } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { ServedFile } from '../platform/files/index.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { verifyDetached, verifyDocument } from '../platform/seal/index.ts';

/** Whether the sealed file of the version submitted last holds, read anew from the store: who, when, and what is wrong. */
export type SealReport = {
  sound: boolean;
  signatures: { title: string; sound: boolean; findings: string[] }[];
  problem?: string;
};

export async function verifySeals(context: Context, by: By, applicationId: string): Promise<Result<SealReport>> {
  const opened = await openApplication(context, by, applicationId);
  if (!opened.ok) return opened;
  const { required, orders, sealed } = await sealStandingOf(context.db, opened.value.row, opened.value.round);
  if (!sealed) return notSealed();
  const bytes = await buffer(context.files.read(sealed));
  const judging = { anchors: await context.seals.anchors(), at: by.at };
  const { signatures, sound, problem } = await verifyDocument(bytes, judging);
  const signature = orders.find(({ kind, state }) => kind === 'sm2Signature' && state === 'sealed')?.resultSha256;
  const beside = signature ? verifyDetached(bytes, await buffer(context.files.read(signature)), judging) : undefined;
  return ok({
    sound: sound && (!signature || beside?.sound === true),
    signatures: [
      ...signatures.map((one) => ({
        title: required.find(({ kind }) => kind === one.kind)?.title ?? one.field,
        sound: one.sound,
        findings: one.findings,
      })),
      ...(signature
        ? [{ title: '国密签名', sound: beside?.sound === true, findings: beside?.findings ?? ['读不出这份签名。'] }]
        : []),
    ],
    ...(problem && { problem }),
  });
}

/** The organisation's SM2 signature over the sealed file, as a file of its own. */
export async function readSignature(context: Context, by: By, applicationId: string): Promise<Result<ServedFile>> {
  const opened = await openApplication(context, by, applicationId);
  if (!opened.ok) return opened;
  const { row, round } = opened.value;
  const { orders, sealed } = await sealStandingOf(context.db, row, round);
  const order = orders.find(({ kind, state }) => kind === 'sm2Signature' && state === 'sealed');
  if (!sealed || !order?.resultSha256) return notSealed();
  const content = await buffer(context.files.read(order.resultSha256));
  const fileName = `${row.number}-电子印章.pdf.sm2.p7s`;
  return ok({ content, bytes: content.length, mediaType: 'application/pkcs7-signature', fileName });
}

const notSealed = (): Refused =>
  refused(404, {
    code: 'not_sealed',
    message: '最近提交的这一版申报书还没有盖齐电子印章。',
    remedy: '由申报单位的管理员盖章以后即可查看。',
  });
