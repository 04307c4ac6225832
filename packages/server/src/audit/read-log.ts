import { roleLabel, isRole } from '../accounts/index.ts';
import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import * as store from './store.ts';
import { labelOf, subjectInWords } from './words.ts';

/** One line of the log as its reader sees it. */
export type LogLine = Omit<store.LogEvent, 'at' | 'role'> & {
  at: string;
  role: string;
  label: string;
  subject: string;
};

export const lineOf = ({ at, role, ...event }: store.LogEvent): LogLine => ({
  ...event,
  at: at.toISOString(),
  role: role !== null && isRole(role) ? roleLabel(role) : '',
  label: labelOf(event.action),
  subject: subjectInWords(event.subjectKind, event.subjectId),
});

/** The filter as the log keeps it: who looked for what. */
export const filterInWords = ({ from, to, ...filter }: store.EventFilter): Record<string, string> => ({
  ...filter,
  ...(from && { from: from.toISOString() }),
  ...(to && { to: to.toISOString() }),
});

/** A page of the log. Who reads it is logged like everything else. */
export async function readLog(
  context: Context,
  by: By,
  filter: store.EventFilter,
  page: { offset: number; limit: number },
): Promise<{ items: LogLine[]; total: number }> {
  const { items, total } = await store.findEvents(context.db, filter, page);
  await logReading(context, by, 'readLog', { ...filterInWords(filter), shown: items.length });
  return { items: items.map(lineOf), total };
}

/** Every use of the log, and every attempt of somebody who may not, goes into one chain of the log. */
export const logReading = (
  { db, log }: Context,
  by: By,
  action: string,
  detail: Record<string, unknown> = {},
  outcome: 'done' | 'refused' = 'done',
): Promise<void> =>
  db.transaction().execute((trx) =>
    log(trx, {
      at: by.at,
      actor: by.actor,
      role: outcome === 'done' ? 'auditAdministrator' : undefined,
      action,
      outcome,
      subjectKind: 'log',
      subjectId: 'readings',
      detail,
      request: by.request,
    }),
  );
