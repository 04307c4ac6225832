import type { Db } from '../platform/db/schema.ts';

/** An organisation of the authority that may take over an application. */
export const approvedOrganisation = (
  db: Db,
  authorityId: string,
  uscc: string,
): Promise<{ id: string; name: string; uscc: string } | undefined> =>
  db
    .selectFrom('organisation')
    .select(['id', 'name', 'uscc'])
    .where('authorityId', '=', authorityId)
    .where('uscc', '=', uscc)
    .where('state', '=', 'approved')
    .executeTakeFirst();
