import {
  type By,
  mechanismClause,
  openApplication,
  sealOrdersOf,
  type SealOrderRow,
  sealStandingOf,
} from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { SealOrderKind, SealPlaceOfPrint, ShownProblem } from '../platform/db/schema.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { maySeal } from './may-seal.ts';
import { voidedPrints } from './store.ts';

/** One seal as pages show it. `missing`: nobody has ordered it on the version submitted last. */
export type SealView = {
  kind: SealOrderKind;
  title: string;
  state: 'missing' | SealOrderRow['state'];
  place?: SealPlaceOfPrint;
  orderedBy?: string;
  orderedAt?: string;
  signer?: string;
  issuer?: string;
  stampedAt?: string;
  stampedBy?: string;
  notAfter?: string;
  problem?: ShownProblem;
};

export type Seals = {
  /** Empty where the call asks for no electronic seal. */
  seals: SealView[];
  /** The SM2 signature beside the sealed file. */
  signature?: SealView;
  clause?: { id: string; at: string };
  versionCode?: string;
  /** Every seal that the call asks for stands on the version submitted last. */
  complete: boolean;
  /** Whether the reader may seal now, and if not, why. */
  sealing: { open: boolean; why?: string };
  voided: { versionCode: string; at: string; reason: string; seals: string[] }[];
};

export async function readSeals(context: Context, by: By, applicationId: string): Promise<Result<Seals>> {
  const opened = await openApplication(context, by, applicationId);
  if (!opened.ok) return opened;
  const { row, round } = opened.value;
  const { required, orders, print, sealed } = await sealStandingOf(context.db, row, round);
  if (required.length === 0) return ok({ seals: [], complete: false, sealing: { open: false }, voided: [] });
  const current = print?.voidedAt ? [] : orders;
  const allowed = maySeal(by, opened.value);
  const signature = viewOf(current, 'sm2Signature', '国密签名（SM2/SM3）');
  return ok({
    seals: required.map(({ kind, title }) => viewOf(current, kind, title)),
    ...(signature.state !== 'missing' && { signature }),
    ...mechanismClause(round, 'electronic_seal_before_forward'),
    ...(row.versionCode && { versionCode: row.versionCode }),
    complete: sealed !== undefined,
    sealing: allowed.ok ? { open: true } : { open: false, why: allowed.refusal.message },
    voided: await voided(context, applicationId, required),
  });
}

function viewOf(orders: readonly SealOrderRow[], kind: SealOrderKind, title: string): SealView {
  const order = orders.find((one) => one.kind === kind);
  if (!order) return { kind, title, state: 'missing' };
  const { state, place, orderedByName, orderedAt, problem } = order;
  const given = { kind, title, state, orderedBy: orderedByName, orderedAt: orderedAt.toISOString() };
  if (state !== 'sealed') return { ...given, ...(place && { place }), ...(problem && { problem }) };
  const { signer, issuer, stampedAt, stampedBy, notAfter } = order;
  return {
    ...given,
    ...(place && { place }),
    ...(signer && { signer }),
    ...(issuer && { issuer }),
    ...(stampedAt && { stampedAt: stampedAt.toISOString() }),
    ...(stampedBy && { stampedBy }),
    ...(notAfter && { notAfter: notAfter.toISOString() }),
  };
}

async function voided({ db }: Context, applicationId: string, required: readonly { kind: string; title: string }[]) {
  const [prints, orders] = [await voidedPrints(db, applicationId), await sealOrdersOf(db, applicationId)];
  return prints
    .map(({ sourceSha256, versionCode, voidedAt, voidReason }) => ({
      versionCode,
      at: voidedAt.toISOString(),
      reason: voidReason,
      seals: required
        .filter(({ kind }) =>
          orders.some(
            (order) =>
              order.sourceSha256 === sourceSha256 &&
              order.kind === kind &&
              order.resultSha256 &&
              order.state === 'sealed',
          ),
        )
        .map(({ title }) => title),
    }))
    .filter(({ seals }) => seals.length > 0);
}
