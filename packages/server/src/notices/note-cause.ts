import { type NoticeRule, NOTICES } from '@keshen/rules';
import { type Event, type Log, record } from '../platform/audit/log.ts';
import { insertCause } from './store-causes.ts';

type Told = Pick<Event, 'action' | 'outcome' | 'subjectKind' | 'detail'> & { personId: string | null };

/** What the table of notices says of an event. */
export const rulesFor = ({ action, outcome, subjectKind, detail, personId }: Told): NoticeRule[] =>
  (NOTICES as readonly NoticeRule[]).filter(
    (rule) =>
      rule.action === action &&
      (rule.outcome ?? 'done') === outcome &&
      (rule.subjectKind ?? subjectKind) === subjectKind &&
      (rule.results?.some((result) => result === detail?.['result']) ?? true) &&
      // What a person was refused they saw themselves; an account that nobody handed out was made by its owner or by a command.
      (rule.outcome === 'refused' ? personId === null : rule.action !== 'addPerson' || personId !== null),
  );

/** Logs an event and, in the same transaction, notes that people are to be told of it: either both happen or neither. */
export const logAndNote: Log = async (trx, event) => {
  const id = await record(trx, event);
  const personId = event.actor?.personId ?? null;
  if (rulesFor({ ...event, personId }).length > 0) await insertCause(trx, id, event.at);
};
