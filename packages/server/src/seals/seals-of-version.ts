import { buffer } from 'node:stream/consumers';
import { type ApplicationRow, requiredSeals, roundsOf, sealOrdersOf, sealPrintOf } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { verifyDocument } from '../platform/seal/index.ts';

/** A seal on a submitted version, as anybody may know it. */
export type PublicSeal = { title: string; signer: string; stampedAt: Date; stampedBy: string; standing: string };

/** The seals that stand on one submitted version; each is verified anew in the stored file. The person behind a name seal stays private. */
export async function sealsOfVersion(
  context: Context,
  row: Pick<ApplicationRow, 'id' | 'roundId' | 'organisationName'>,
  ordinal: number,
): Promise<PublicSeal[]> {
  const print = await sealPrintOf(context.db, row.id, ordinal);
  if (!print?.sealedSha256) return [];
  const orders = (await sealOrdersOf(context.db, row.id)).filter(
    ({ sourceSha256, state }) => sourceSha256 === print.sourceSha256 && state === 'sealed',
  );
  const required = requiredSeals((await roundsOf(context, context.db, [row.roundId]))(row.roundId).compiled);
  const there = await context.files.has(print.sealedSha256);
  const report = there
    ? await verifyDocument(await buffer(context.files.read(print.sealedSha256)), {
        anchors: await context.seals.anchors(),
        at: context.clock.now(),
      })
    : undefined;
  return required.flatMap(({ kind, title }): PublicSeal[] => {
    const order = orders.find((one) => one.kind === kind);
    if (!order?.stampedAt) return [];
    const sound = report?.signatures.find((one) => one.kind === kind)?.sound === true;
    const standing = print.voidedAt ? `已作废（${print.voidReason}）` : sound ? '签章有效' : '签章没有通过核验';
    const signer = kind === 'leadOrganisation' ? (order.signer ?? '') : `${row.organisationName}的法定代表人`;
    return [{ title, signer, stampedAt: order.stampedAt, stampedBy: order.stampedBy ?? '', standing }];
  });
}
