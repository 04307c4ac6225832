import { requiredSeals } from '../applications/index.ts';
import { roundsOfAuthority } from '../calls/index.ts';
import { findOrganisation } from '../organisations/index.ts';
import type { Context } from '../platform/context.ts';
import type { ShownProblem } from '../platform/db/schema.ts';
import type { Mode } from './authority-for.ts';
import { type SealReminder, remindersOf } from './reminders.ts';
import { certificatesOf } from './store-certificates.ts';

export type CertificateView = {
  kind: string;
  algorithm: string;
  holder: string;
  issuer: string;
  notBefore: string;
  notAfter: string;
  state: 'usable' | 'ending' | 'ended' | 'unusable';
  problem?: ShownProblem;
  seenAt: string;
};

/** An organisation's seals, for each kind of round that asks for them, and what is to be arranged in time. */
export type OrganisationSeals = {
  modes: { mode: Mode; calls: string[]; authority?: string; certificates: CertificateView[] }[];
  reminders: SealReminder[];
};

const DAY_MS = 86_400_000;
/** A certificate that ends within a month is said to. */
const ENDING_MS = 30 * DAY_MS;

export async function readCertificates(
  context: Context,
  organisationId: string,
  now: Date,
): Promise<OrganisationSeals> {
  const organisation = await findOrganisation(context.db, organisationId);
  if (!organisation) throw new Error(`no organisation ${organisationId}`);
  const rounds = (await roundsOfAuthority(context, organisation.authorityId)).filter(
    ({ compiled }) => requiredSeals(compiled).length > 0,
  );
  const rows = await certificatesOf(context.db, [organisationId]);
  const modes = (['live', 'rehearsal'] as const).flatMap((mode) => {
    const calls = rounds.filter((round) => round.mode === mode).map(({ compiled }) => compiled.title);
    return calls.length > 0 ? [{ mode, calls }] : [];
  });
  return {
    modes: await Promise.all(
      modes.map(async ({ mode, calls }) => {
        const authority = await context.seals.of(mode === 'rehearsal').catch(() => undefined);
        return {
          mode,
          calls,
          ...(authority && { authority: authority.name }),
          certificates: rows
            .filter((row) => row.mode === mode)
            .map(({ kind, algorithm, holder, issuer, notBefore, notAfter, problem, seenAt }) => ({
              kind,
              algorithm,
              holder,
              issuer,
              notBefore: notBefore.toISOString(),
              notAfter: notAfter.toISOString(),
              state: stateOf({ notAfter, problem }, now),
              ...(problem && { problem }),
              seenAt: seenAt.toISOString(),
            })),
        };
      }),
    ),
    reminders: remindersOf(organisation, rounds, rows, now),
  };
}

function stateOf(
  { notAfter, problem }: { notAfter: Date; problem: ShownProblem | null },
  now: Date,
): CertificateView['state'] {
  if (notAfter < now) return 'ended';
  if (problem) return 'unusable';
  return notAfter.getTime() - now.getTime() < ENDING_MS ? 'ending' : 'usable';
}
