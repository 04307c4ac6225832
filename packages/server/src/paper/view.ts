import { type Clause, PAPER_STANDINGS, type PaperStanding } from '@keshen/rules';
import type { LoadedRound } from '../calls/index.ts';
import { versionCode } from '../platform/signing/index.ts';
import type { Duty } from './duties.ts';
import type { DeliveryRow, PaperSubject } from './store.ts';
import { BRINGERS, howOf, inWordsOf, sealsOf } from './words.ts';

export const subjectView = (subject: PaperSubject) => {
  const { kind, id, roundId, mode, number, title, organisationName, departmentName, versionCode: code } = subject;
  return { kind, id, roundId, mode, number, title, organisationName, departmentName, versionCode: code };
};

/** A duty as the screens show it; whoever is not at the desk does not see who brought it. */
export function dutyView(
  { subject, paper, due, held, online, standing, deliveries, startedOn }: Duty,
  round: LoadedRound,
) {
  const { words, clauses } = round.compiled;
  return {
    ...subjectView(subject),
    paper: paper.key,
    paperTitle: paper.title,
    clause: placesOf(clauses, paper.clauses),
    copies: paper.copies,
    held,
    missing: Math.max(0, paper.copies - held),
    how: howOf(paper, words),
    from: inWordsOf(BRINGERS[paper.through ?? paper.from], words),
    by: paper.through ?? paper.from,
    seals: sealsOf(paper, words),
    due: due.text,
    last: due.state === 'set' ? new Date(due.last).toISOString() : null,
    startsAt: paper.startsAt ?? null,
    startedOn: startedOn ?? null,
    online,
    standing,
    standingLabel: PAPER_STANDINGS[standing] satisfies string as string,
    deliveries: deliveries.map(deliveryView),
  };
}
export type DutyView = ReturnType<typeof dutyView>;

export const deliveryView = (row: DeliveryRow) => ({
  id: row.id,
  copies: row.copies,
  versionCode: row.versionCode,
  by: row.by,
  broughtBy: row.broughtBy,
  receivedAt: row.receivedAt.toISOString(),
  outcome: row.outcome,
  told: row.told,
  receiptCode: versionCode(row.hash),
  registeredBy: row.registeredByName,
  voidedAt: row.voidedAt?.toISOString() ?? null,
  voidReason: row.voidReason,
});

const placesOf = (clauses: readonly Clause[], ids: readonly string[]): string =>
  ids.map((id) => clauses.find((clause) => clause.id === id)?.at ?? id).join('、');

export const STANDING_ORDER: readonly PaperStanding[] = [
  'overdue',
  'incomplete',
  'due',
  'waiting',
  'completeLate',
  'complete',
];
