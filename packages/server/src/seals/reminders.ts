import { mechanismClause, type RequiredSeal, requiredSeals } from '../applications/index.ts';
import { closingOf, type LoadedRound } from '../calls/index.ts';
import type { OrganisationRow } from '../organisations/index.ts';
import { FORWARD } from './may-seal.ts';
import type { CertificateRow } from './store-certificates.ts';

/** A seal that is not there while the time for it runs out. */
export type SealReminder = {
  roundId: string;
  callTitle: string;
  mode: 'live' | 'rehearsal';
  clause?: { id: string; at: string };
  /** When the organisation can no longer forward. */
  closes: string;
  /** Names of the seals that are missing, or whose certificate ends before. */
  missing: string[];
};

const DAY_MS = 86_400_000;
const USUAL_DAYS = 7;

/** What one organisation is to be reminded of now: from as many days before the end as the call says, until the end. */
export const remindersOf = (
  organisation: Pick<OrganisationRow, 'id' | 'departmentId'>,
  rounds: readonly LoadedRound[],
  certificates: readonly CertificateRow[],
  now: Date,
): SealReminder[] =>
  rounds.flatMap((round): SealReminder[] => {
    const { compiled, mode } = round;
    const subject = { organisationId: organisation.id, departmentId: organisation.departmentId };
    const closes = closingOf(round, FORWARD.action, now, subject);
    const days = compiled.documents.sealedApplication?.remindDaysBefore ?? USUAL_DAYS;
    if (!closes || now > closes || closes.getTime() - now.getTime() > days * DAY_MS) return [];
    const missing = missingSeals(round, organisation.id, certificates, closes);
    if (missing.length === 0) return [];
    return [
      {
        roundId: round.round.id,
        callTitle: compiled.title,
        mode,
        ...mechanismClause(round, 'electronic_seal_before_forward'),
        closes: closes.toISOString(),
        missing,
      },
    ];
  });

/** Names of the seals that an organisation cannot use until the end: not there, not usable, or ending before. */
export const missingSeals = (
  { compiled, mode }: LoadedRound,
  organisationId: string,
  certificates: readonly CertificateRow[],
  closes: Date,
): string[] =>
  requiredSeals(compiled)
    .filter((seal) => !certificates.some((row) => isReady(row, { ...seal, mode, organisationId, closes })))
    .map(({ title }) => title);

type Asked = RequiredSeal & { organisationId: string; mode: string; closes: Date };

const isReady = (row: CertificateRow, asked: Asked): boolean =>
  row.organisationId === asked.organisationId &&
  row.mode === asked.mode &&
  row.kind === asked.kind &&
  row.algorithm === 'rsa-sha256' &&
  row.problem === null &&
  row.notAfter >= asked.closes;
