import type { Role } from '@keshen/rules';
import type { Context } from '../context.ts';
import type { Actor } from '../db/actors.ts';
import type { Trx } from '../db/schema.ts';
import { transact } from '../db/transact.ts';
import type { Result } from '../http/result.ts';

/** Who asks, when the server received it, and from where. */
export type By = { actor: Actor; at: Date; request: { address: string; requestId: string } };

/** What is attempted on what; without a subject of its own, on the application. */
export type Attempted = {
  action: string;
  applicationId?: string;
  subject?: { kind: string; id: string };
};

/**
 * Runs a change in one transaction. A refusal rolls everything back and is then logged with the instant at which the request was
 * received, which it also tells.
 */
export async function attempt<T>(
  { db, log }: Pick<Context, 'db' | 'log'>,
  by: By,
  what: Attempted,
  change: (trx: Trx) => Promise<Result<T>>,
): Promise<Result<T>> {
  const result = await transact(db, change);
  if (result.ok) return result;
  const refusal = { ...result.refusal, at: by.at.toISOString() };
  await db.transaction().execute((trx) =>
    log(trx, {
      ...eventBy(by, what),
      outcome: 'refused',
      detail: { code: refusal.code, message: refusal.message },
    }),
  );
  return { ...result, refusal };
}

/** The part of a log entry that says who did what to what; outcome and detail are the caller's. */
export const eventBy = (by: By, { action, applicationId, subject }: Attempted, role?: Role) => ({
  at: by.at,
  actor: by.actor,
  role,
  action,
  subjectKind: subject?.kind ?? 'application',
  subjectId: subject?.id ?? applicationId ?? '',
  applicationId,
  request: by.request,
});
