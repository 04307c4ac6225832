import { FACT_LISTS } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import { checkRows } from './check-rows.ts';
import { replaceRows, saveState, type Register } from './store.ts';

export const isRegister = (text: string): text is Register =>
  ['projects', 'misconduct', 'platforms', 'generalLimits'].includes(text);

export type Import = {
  register: Register;
  authorityId: string;
  /** 'YYYY-MM-DD': the day the register's answer is from; rules show it as evidence. */
  asOf: string;
  /** What a user calls the register. */
  name?: string | undefined;
  content: unknown;
  at: Date;
};

/** Brings a register up to date: the file replaces what was there, or nothing changes and all problems come back. */
export async function importRegister(
  { db, log }: Pick<Context, 'db' | 'log'>,
  { register, authorityId, asOf, content, at, name = FACT_LISTS[register].source }: Import,
): Promise<{ ok: true; rows: number } | { ok: false; problems: string[] }> {
  const { rows, problems } = checkRows(register, content);
  if (problems.length > 0) return { ok: false, problems };
  await db.transaction().execute(async (trx) => {
    await replaceRows(trx, register, { authorityId, source: name, asOf, rows });
    await saveState(trx, { authorityId, register, name, asOf, status: 'ok' });
    await log(trx, {
      at,
      action: 'importRegister',
      outcome: 'done',
      subjectKind: 'register',
      subjectId: `${authorityId}:${register}`,
      detail: { rows: rows.length, asOf, name },
    });
  });
  return { ok: true, rows: rows.length };
}
