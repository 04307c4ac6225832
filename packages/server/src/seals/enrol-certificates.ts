import { type By, eventBy } from '../applications/index.ts';
import { findOrganisation, type OrganisationRow } from '../organisations/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Refusal, type Result } from '../platform/http/result.ts';
import {
  lookUpSeal,
  SEAL_KINDS,
  type SealAlgorithm,
  type SealAuthority,
  type SealCertificateFacts,
  type SealKind,
  certificateFacts,
} from '../platform/seal/index.ts';
import { authorityFor, type Mode, notAnswering, subjectOf } from './authority-for.ts';
import { dropCertificate, putCertificate } from './store-certificates.ts';

/** What an organisation needs for a sealed application: two seals in the PDF, and its own SM2 signature beside it. */
export const WANTED: readonly { kind: SealKind; algorithm: SealAlgorithm }[] = [
  ...SEAL_KINDS.map((kind) => ({ kind, algorithm: 'rsa-sha256' as const })),
  { kind: 'leadOrganisation', algorithm: 'sm2-sm3' },
];

/**
 * Asks the authority for an organisation's certificates and notes what it says; in a rehearsal those that are missing or have ended are
 * issued. Answers why any cannot be used. A service that does not answer refuses, and what was known stays.
 */
export async function enrolCertificates(
  context: Context,
  { organisationId, mode, at }: { organisationId: string; mode: Mode; at: Date },
): Promise<Result<Refusal[]>> {
  const organisation = await findOrganisation(context.db, organisationId);
  if (!organisation) throw new Error(`no organisation ${organisationId}`);
  const authority = await authorityFor(context, mode);
  if (!authority.ok) return authority;
  try {
    const refusals: Refusal[] = [];
    for (const wanted of WANTED) {
      const refusal = await enrolOne(context, authority.value, organisation, { ...wanted, mode, at });
      if (refusal) refusals.push(refusal);
    }
    return ok(refusals);
  } catch {
    return refused(503, { ...notAnswering(authority.value.name), remedy: '请稍后再查；已经查到的仍在下面。' });
  }
}

/** The same for whoever administers the organisation, and logged. */
export async function enrolOwn(
  context: Context,
  by: By,
  { organisationId, mode }: { organisationId: string; mode: Mode },
): Promise<Result<Refusal[]>> {
  const enrolled = await enrolCertificates(context, { organisationId, mode, at: by.at });
  const what = { action: 'enrolSeals', subject: { kind: 'organisation', id: organisationId } };
  const outcome = enrolled.ok
    ? { outcome: 'done' as const, detail: { mode, problems: enrolled.value.map(({ code }) => code) } }
    : { outcome: 'refused' as const, detail: { mode, code: enrolled.refusal.code, message: enrolled.refusal.message } };
  const { db, log } = context;
  await db.transaction().execute((trx) => log(trx, { ...eventBy(by, what, 'organisationAdministrator'), ...outcome }));
  return enrolled;
}

type Wanted = (typeof WANTED)[number] & { mode: Mode; at: Date };

async function enrolOne(
  { db }: Context,
  authority: SealAuthority,
  organisation: OrganisationRow,
  { kind, algorithm, mode, at }: Wanted,
): Promise<Refusal | undefined> {
  const rehearsal = mode === 'rehearsal';
  const subject = subjectOf(kind, organisation);
  if (rehearsal) await authority.issue(subject, algorithm, rehearsal);
  const key = { organisationId: organisation.id, mode, kind, algorithm };
  const found = await authority.find(subject, algorithm, rehearsal);
  if (!found.ok) {
    await dropCertificate(db, key);
    return found.refusal;
  }
  const usable = await lookUpSeal(authority, { subject, algorithm, rehearsal, at });
  const facts: SealCertificateFacts = certificateFacts(found.value);
  const problem = usable.ok ? null : problemOf(usable.refusal);
  await putCertificate(db, { ...key, ...facts, problem, seenAt: at });
  return usable.ok ? undefined : usable.refusal;
}

const problemOf = ({ code, message, remedy }: Refusal) => ({ code, message, ...(remedy && { remedy }) });
