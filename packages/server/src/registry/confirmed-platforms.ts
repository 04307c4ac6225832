import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db/schema.ts';

export type ConfirmedPlatform = {
  authorityId: string;
  hostedPlatformId: string;
  source: string;
  asOf: string;
  platform: { id: string; uscc: string; kind: string; name: string; confirmed: true; ongoingCooperation: boolean };
};

/** A platform that a department confirmed for its host stands in the register beside the imported ones. */
export const addConfirmedPlatform = (trx: Trx, { platform, ...row }: ConfirmedPlatform) =>
  trx
    .insertInto('platformRecord')
    .values({ ...row, uscc: platform.uscc, content: JSON.stringify(platform) })
    .execute();

export const removeConfirmedPlatform = (trx: Trx, hostedPlatformId: string) =>
  trx.deleteFrom('platformRecord').where('hostedPlatformId', '=', hostedPlatformId).execute();

export const standsInRegister = async (
  db: Db,
  authorityId: string,
  { uscc, kind, name }: { uscc: string; kind: string; name: string },
): Promise<boolean> =>
  (await db
    .selectFrom('platformRecord')
    .select('id')
    .where('authorityId', '=', authorityId)
    .where('hostedPlatformId', 'is', null)
    .where('uscc', '=', uscc)
    .where(sql`content ->> 'kind'`, '=', kind)
    .where(sql`content ->> 'name'`, '=', name)
    .executeTakeFirst()) !== undefined;

/** What an import brings takes the place of the same platform confirmed here: nobody gets its bonus place twice. */
export async function giveWayToImported(trx: Trx, authorityId: string): Promise<void> {
  await sql`delete from platform_record mine using platform_record theirs
    where mine.authority_id = ${authorityId} and mine.hosted_platform_id is not null
      and theirs.authority_id = mine.authority_id and theirs.hosted_platform_id is null and theirs.uscc = mine.uscc
      and theirs.content ->> 'kind' = mine.content ->> 'kind'
      and theirs.content ->> 'name' = mine.content ->> 'name'`.execute(trx);
}
