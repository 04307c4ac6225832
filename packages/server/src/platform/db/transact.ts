import type { Kysely } from 'kysely';
import type { Result } from '../http/result.ts';
import type { Database, Trx } from './schema.ts';

class RolledBack<T> extends Error {
  readonly result: Result<T>;
  constructor(result: Result<T>) {
    super('rolled back by a refusal');
    this.result = result;
  }
}

/** Runs `change` in one transaction. A refusal rolls it back as an exception would, and is then returned. */
export async function transact<T>(db: Kysely<Database>, change: (trx: Trx) => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await db.transaction().execute(async (trx) => {
      const result = await change(trx);
      if (!result.ok) throw new RolledBack(result);
      return result;
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.result;
    throw error;
  }
}
