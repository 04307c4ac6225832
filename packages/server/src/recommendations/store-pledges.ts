import type { Db, Trx } from '../platform/db/schema.ts';
import type { PledgeContent } from './pledge-content.ts';

export type PledgeRow = {
  id: string;
  roundId: string;
  departmentId: string;
  authorityId: string;
  code: string;
  content: PledgeContent;
  hash: string;
  madeAt: Date;
  scan: string | null;
  scanName: string | null;
  scanAt: Date | null;
};

const pledges = (db: Db) =>
  db
    .selectFrom('departmentPledge as pledge')
    .innerJoin('round', 'round.id', 'pledge.roundId')
    .select([
      'pledge.id',
      'pledge.roundId',
      'pledge.departmentId',
      'round.authorityId',
      'pledge.code',
      'pledge.content',
      'pledge.hash',
      'pledge.madeAt',
      'pledge.scan',
      'pledge.scanName',
      'pledge.scanAt',
    ])
    .$castTo<PledgeRow>();

export const findPledge = (db: Db, id: string): Promise<PledgeRow | undefined> =>
  pledges(db).where('pledge.id', '=', id).executeTakeFirst();

export const findPledgeByCode = (db: Db, code: string): Promise<PledgeRow | undefined> =>
  pledges(db).where('pledge.code', '=', code).executeTakeFirst();

export const pledgeOf = (
  db: Db,
  { roundId, departmentId }: { roundId: string; departmentId: string },
): Promise<PledgeRow | undefined> =>
  pledges(db).where('pledge.roundId', '=', roundId).where('pledge.departmentId', '=', departmentId).executeTakeFirst();

export const pledgesIn = (db: Db, roundId: string): Promise<PledgeRow[]> =>
  pledges(db).where('pledge.roundId', '=', roundId).execute();

export type NewPledge = Pick<PledgeRow, 'roundId' | 'departmentId' | 'code' | 'content' | 'hash' | 'madeAt'> & {
  madeBy: string;
};

/** A second one for the same department and round changes nothing: the first stands. */
export const insertPledge = (trx: Trx, { content, ...pledge }: NewPledge) =>
  trx
    .insertInto('departmentPledge')
    .values({ ...pledge, content: JSON.stringify(content) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();

export async function setPledgeScan(
  trx: Trx,
  id: string,
  scan: { sha256: string; bytes: number; name: string; by: string; at: Date },
): Promise<void> {
  const { sha256, bytes, name, by, at } = scan;
  await trx
    .insertInto('storedFile')
    .values({ sha256, bytes, storedAt: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const change = { scan: sha256, scanName: name, scanBy: by, scanAt: at };
  await trx.updateTable('departmentPledge').set(change).where('id', '=', id).execute();
}
