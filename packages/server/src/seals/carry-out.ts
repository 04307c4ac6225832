import { buffer } from 'node:stream/consumers';
import { findApplication, lockApplication, requiredSeals, type SealPrintRow } from '../applications/index.ts';
import { loadRound, type LoadedRound } from '../calls/index.ts';
import { findOrganisation, type OrganisationRow } from '../organisations/index.ts';
import type { Context } from '../platform/context.ts';
import type { SealOrderKind, Trx } from '../platform/db/schema.ts';
import { ok, type Refused, type Result } from '../platform/http/result.ts';
import { lookUpSeal, type SealAuthority, sealDocument, signDetached, verifyDetached } from '../platform/seal/index.ts';
import { authorityFor, notAnswering, subjectOf } from './authority-for.ts';
import { keepFile, sha256Of } from './make-print.ts';
import * as store from './store.ts';

/** How long a process holds a print for one seal: longer than a service may take over all of its answers. Ms. */
export const HOLD_MS = 180_000;
/** Between tries while a service does not answer; after the last the order fails and waits for a person. Ms. */
const AGAIN_MS = [10_000, 30_000, 60_000, 120_000, 300_000, 600_000];

const ORDER: readonly SealOrderKind[] = ['leadOrganisation', 'legalRepresentative', 'sm2Signature'];

/** Carries out all that was ordered and can be done now. Throws the first fault when it has tried everything; what failed by it is tried again. */
export async function sealPending(context: Context): Promise<void> {
  const faults: unknown[] = [];
  while (await sealNext(context, (error) => faults.push(error)));
  if (faults.length > 0) throw faults[0];
}

/**
 * Places the open seals of one print, one after the other; false when there is nothing to do. What an earlier process came to and could
 * not finish is taken up: the file is looked for under the hash that was noted, and only what is not there is asked for again, under the
 * same name and over the same bytes.
 */
async function sealNext(context: Context, complain: (error: unknown) => void): Promise<boolean> {
  const now = () => context.clock.now();
  let held = new Date(now().getTime() + HOLD_MS);
  const print = await store.holdNext(context.db, now(), held);
  if (!print) return false;
  const { sourceSha256 } = print;
  const extend = async (): Promise<boolean> => {
    const until = new Date(now().getTime() + HOLD_MS);
    const mine = await store.holdOn(context.db, sourceSha256, held, until);
    held = until;
    return mine;
  };
  try {
    while (await sealOne(context, sourceSha256)) if (!(await extend())) return true;
    await store.letGo(context.db, sourceSha256, held, undefined);
  } catch (error) {
    complain(error);
    await waitForService(context, print, held);
  }
  return true;
}

type Work = {
  print: SealPrintRow;
  order: store.OrderRow;
  round: LoadedRound;
  organisation: OrganisationRow;
};

/** The next order of the print that can be carried out; false when there is none. Throws when a service does not answer. */
async function sealOne(context: Context, sourceSha256: string): Promise<boolean> {
  const work = await nextWork(context, sourceSha256);
  if (!work) return false;
  const found = await foundFile(context, work.order);
  const made = found === undefined ? await make(context, work) : ok(found);
  await (made.ok ? settle(context, work, made.value) : fail(context, work, made));
  return true;
}

async function nextWork({ db, reference }: Context, sourceSha256: string): Promise<Work | undefined> {
  const print = await store.findPrint(db, sourceSha256);
  const row = print && !print.voidedAt ? await findApplication(db, print.applicationId) : undefined;
  const round = row && (await loadRound({ db, reference }, row.roundId));
  const organisation = row && (await findOrganisation(db, row.organisationId));
  if (!print || !round || !organisation) return undefined;
  const open = await store.openOrders(db, sourceSha256);
  const [order] = ORDER.flatMap((kind) => open.filter((one) => one.kind === kind));
  return order && { print, order, round, organisation };
}

/** What an interrupted sealing left in the file store; everything about it was noted with its hash. */
async function foundFile({ files }: Context, { resultSha256 }: store.OrderRow): Promise<string | undefined> {
  return resultSha256 && (await files.has(resultSha256)) ? resultSha256 : undefined;
}

/** Asks the authority, notes what it came to, and keeps the file; answers its hash. */
async function make(context: Context, work: Work): Promise<Result<string>> {
  const authority = await authorityFor(context, work.round.mode);
  if (!authority.ok) return authority;
  const base = await buffer(context.files.read(work.print.sealedSha256 ?? work.print.sourceSha256));
  const made = await (work.order.kind === 'sm2Signature' ? sign : seal)(authority.value, base, work);
  if (!made.ok) return made;
  const { bytes, ...outcome } = made.value;
  const sha256 = sha256Of(bytes);
  await store.noteOutcome(context.db, work.order.id, { ...outcome, resultSha256: sha256 });
  await keepFile(context, bytes);
  return ok(sha256);
}

type Made = Omit<store.Outcome, 'resultSha256'> & { bytes: Uint8Array };

async function seal(authority: SealAuthority, base: Buffer, work: Work): Promise<Result<Made>> {
  const { order, round, organisation } = work;
  const { kind, place, orderedAt: at } = order;
  if (kind === 'sm2Signature' || !place) throw new Error(`the seal order ${order.id} has no place`);
  const rehearsal = round.mode === 'rehearsal';
  const subject = subjectOf(kind, organisation);
  const usable = await lookUpSeal(authority, { subject, algorithm: 'rsa-sha256', rehearsal, at });
  if (!usable.ok) return usable;
  const title = requiredSeals(round.compiled).find((required) => required.kind === kind)?.title ?? '';
  const { page, x, y } = place;
  const reason = `${round.compiled.title}：${title}${rehearsal ? '（演练）' : ''}`;
  const sealed = await sealDocument(authority, base, { subject, place: { page, x, y }, reason, rehearsal, at });
  if (!sealed.ok) return sealed;
  const { signer, issuer, timestamp } = sealed.value.signature;
  return ok({
    bytes: sealed.value.bytes,
    signer,
    issuer,
    notAfter: usable.value.notAfter,
    stampedAt: timestamp?.at ?? null,
    stampedBy: timestamp?.by ?? null,
  });
}

/** The organisation's SM2 signature over the SM3 of the sealed file. */
async function sign(
  authority: SealAuthority,
  base: Buffer,
  { order, round, organisation }: Work,
): Promise<Result<Made>> {
  const subject = subjectOf('leadOrganisation', organisation);
  const { orderedAt: at } = order;
  const signed = await signDetached(authority, base, { subject, rehearsal: round.mode === 'rehearsal', at });
  if (!signed.ok) return signed;
  const { message, notAfter } = signed.value;
  const report = verifyDetached(base, message, { anchors: authority.anchors, at });
  if (!report?.sound || !report.timestamp)
    throw new Error(`the SM2 signature does not verify: ${report?.findings.join('')}`);
  const { signer, timestamp } = report;
  return ok({ bytes: message, signer, issuer: null, notAfter, stampedAt: timestamp.at, stampedBy: timestamp.by });
}

const LABELS: Record<SealOrderKind, string> = {
  leadOrganisation: '单位公章',
  legalRepresentative: '法定代表人名章',
  sm2Signature: '国密签名',
};

/** Whoever returns the application at the same moment waits or comes first; then the order is no longer open. */
async function settle(context: Context, { order, round }: Work, sha256: string): Promise<void> {
  const at = context.clock.now();
  await context.db.transaction().execute(async (trx) => {
    await lockApplication(trx, order.applicationId);
    if (!(await store.settleSealed(trx, order, sha256, at))) return;
    await signWhenWhole(trx, order, round);
    await context.log(trx, {
      at,
      action: 'sealApplication',
      outcome: 'done',
      subjectKind: 'application',
      subjectId: order.applicationId,
      applicationId: order.applicationId,
      detail: { seal: LABELS[order.kind], file: sha256, orderedAt: order.orderedAt.toISOString() },
    });
  });
}

/** The signature beside the file is over the file with all of its seals, so it is ordered with the last of them. */
async function signWhenWhole(trx: Trx, order: store.OrderRow, { compiled }: LoadedRound): Promise<void> {
  const kinds = requiredSeals(compiled).map(({ kind }) => kind);
  if ((await store.countSealed(trx, order.sourceSha256, kinds)) !== kinds.length) return;
  const { sourceSha256, applicationId, orderedBy, orderedAt } = order;
  await store.insertOrder(trx, {
    sourceSha256,
    applicationId,
    orderedBy,
    orderedAt,
    kind: 'sm2Signature',
    place: null,
  });
}

async function fail(context: Context, { order }: Work, { refusal }: Refused): Promise<void> {
  const at = context.clock.now();
  const { code, message, remedy } = refusal;
  await context.db.transaction().execute(async (trx) => {
    if (!(await store.settleFailed(trx, order.id, { code, message, ...(remedy && { remedy }) }, at))) return;
    await context.log(trx, {
      at,
      action: 'sealApplication',
      outcome: 'refused',
      subjectKind: 'application',
      subjectId: order.applicationId,
      applicationId: order.applicationId,
      detail: { seal: LABELS[order.kind], code, message },
    });
  });
}

/** Nothing has happened to the document; it is tried again a little later each time, and after the last a person is told. */
async function waitForService(context: Context, print: SealPrintRow, held: Date): Promise<void> {
  const work = await nextWork(context, print.sourceSha256);
  const pause = AGAIN_MS[print.attempts];
  if (work) {
    const authority = await authorityFor(context, work.round.mode);
    const problem = notAnswering(authority.ok ? authority.value.name : '电子签章服务');
    if (pause === undefined) {
      const remedy = '请稍后重新盖章；仍然不行的，请系统管理员查看签章服务，临近截止的请与发布通知的部门联系。';
      await fail(context, work, { ok: false, status: 503, refusal: { ...problem, remedy } });
    } else await store.noteProblem(context.db, work.order.id, problem);
  }
  const retry =
    pause === undefined
      ? undefined
      : { at: new Date(context.clock.now().getTime() + pause), attempts: print.attempts + 1 };
  await store.letGo(context.db, print.sourceSha256, held, retry);
}
