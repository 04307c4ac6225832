import {
  attempt,
  type By,
  eventBy,
  lockApplication,
  noSuchApplication,
  openApplication,
  type Opened,
  requiredSeals,
  type SealPrintRow,
  sealPrintOf,
  snapshotsOf,
} from '../applications/index.ts';
import { findOrganisation, type OrganisationRow } from '../organisations/index.ts';
import type { Context } from '../platform/context.ts';
import type { SealPlaceOfPrint, Trx } from '../platform/db/schema.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { lookUpSeal, type SealKind } from '../platform/seal/index.ts';
import { authorityFor, subjectOf } from './authority-for.ts';
import { FORWARD, maySeal } from './may-seal.ts';
import { countSealed, insertOrder, retryNow } from './store.ts';

/** Where each seal is to stand: the place's position in the print's list. `sourceSha256` says which print the person looked at. */
export type SealRequest = {
  applicationId: string;
  sourceSha256: string;
  places: Partial<Record<SealKind, number>>;
};

/**
 * Orders the seals; they are placed outside of this request. What was ordered before stays as it is, so that pressing twice, or two
 * administrators at once, come to one seal of each kind. Whether the certificates can be used is asked beforehand, for an answer at once.
 */
export async function orderSeals(context: Context, by: By, request: SealRequest): Promise<Result<void>> {
  const what = { action: 'orderSeals', applicationId: request.applicationId };
  const opened = await openApplication(context, by, request.applicationId);
  if (!opened.ok) return opened;
  const unusable = await certificatesUsable(context, by, opened.value, request);
  return attempt(context, by, what, async (trx) => {
    if (unusable) return unusable;
    const row = await lockApplication(trx, request.applicationId);
    if (!row) return noSuchApplication();
    const allowed = maySeal(by, { ...opened.value, row });
    if (!allowed.ok) return allowed;
    const [latest] = await snapshotsOf(trx, row.id);
    const print = latest && (await sealPrintOf(trx, row.id, latest.ordinal));
    if (!print || print.voidedAt || print.sourceSha256 !== request.sourceSha256) return anotherVersion();
    const kinds = requiredSeals(opened.value.round.compiled).map(({ kind }) => kind);
    const ordered = await insertAll(trx, by, print, request, kinds);
    if (!ordered.ok || ordered.value.length === 0) return ordered.ok ? ok(undefined) : ordered;
    await context.log(trx, {
      ...eventBy(by, what, FORWARD.role),
      outcome: 'done',
      detail: { source: print.sourceSha256, seals: ordered.value },
    });
    return ok(undefined);
  });
}

async function insertAll(
  trx: Trx,
  by: By,
  print: SealPrintRow,
  { places, applicationId }: SealRequest,
  kinds: readonly SealKind[],
): Promise<Result<string[]>> {
  const wanted: [SealKind, SealPlaceOfPrint][] = [];
  for (const [kind, index] of Object.entries(places) as [SealKind, number][]) {
    const place = print.places[index];
    if (place?.kind !== kind) return noSuchPlace();
    wanted.push([kind, place]);
  }
  const order = { sourceSha256: print.sourceSha256, applicationId, orderedBy: by.actor.personId, orderedAt: by.at };
  const ordered: string[] = [];
  for (const [kind, place] of wanted) if (await insertOrder(trx, { ...order, kind, place })) ordered.push(kind);
  // The signature beside the file follows the last seal of itself; here it is tried again.
  const again = { ...order, kind: 'sm2Signature', place: null } as const;
  if ((await countSealed(trx, print.sourceSha256, kinds)) === kinds.length && (await insertOrder(trx, again))) {
    ordered.push('sm2Signature');
  }
  await retryNow(trx, print.sourceSha256);
  return ok(ordered);
}

/** A refusal that the authority gives at once. When it does not answer, the order is taken all the same and waits for it. */
async function certificatesUsable(
  context: Context,
  by: By,
  { row, round }: Opened,
  { places }: SealRequest,
): Promise<Refused | undefined> {
  const allowed = maySeal(by, { row, round });
  if (!allowed.ok) return allowed;
  const authority = await authorityFor(context, row.mode);
  if (!authority.ok) return authority;
  const organisation = await findOrganisation(context.db, row.organisationId);
  if (!organisation) return noSuchApplication();
  for (const { kind } of requiredSeals(round.compiled)) {
    if (places[kind] === undefined) continue;
    const subject = subjectOf(kind, organisation satisfies OrganisationRow);
    const question = { subject, algorithm: 'rsa-sha256', rehearsal: row.mode === 'rehearsal', at: by.at } as const;
    const usable = await lookUpSeal(authority.value, question).catch(() => undefined);
    if (usable && !usable.ok) return usable;
  }
  return undefined;
}

const anotherVersion = (): Refused =>
  refused(409, {
    code: 'seal_another_version',
    message: '您预览的不是最近提交的版本，没有盖章。',
    remedy: '请刷新页面，重新预览后再盖章。',
  });

const noSuchPlace = (): Refused =>
  refused(422, {
    code: 'no_such_seal_place',
    message: '这一版申报书上没有这个盖章位置。',
    where: 'places',
    remedy: '请从列出的位置中选择。',
  });
