import type { RoutedDepartment } from '@keshen/rules';
import type { Db, Trx } from '../../platform/db/schema.ts';

/** The departments of an authority that may be somebody's: not those that are another organisation's own. */
export const routableDepartments = (
  db: Db,
  authorityId: string,
  organisationId?: string,
): Promise<RoutedDepartment[]> =>
  db
    .selectFrom('department')
    .select(['id', 'name', 'kind', 'division'])
    .where('authorityId', '=', authorityId)
    .where((where) =>
      where.or([
        where('organisationId', 'is', null),
        ...(organisationId ? [where('organisationId', '=', organisationId)] : []),
      ]),
    )
    .orderBy('division')
    .orderBy('name')
    .execute();

type Self = { id: string; name: string; authorityId: string; division: string };

/**
 * The department that an organisation is for its own projects: the one it has, the one that the call lists under its name, or a new one.
 * `kind` is what its places are counted by.
 */
export async function ownDepartment(trx: Trx, organisation: Self, kind: string): Promise<string> {
  const { id: organisationId, name, authorityId, division } = organisation;
  const found = await trx
    .selectFrom('department')
    .select(['id', 'kind', 'organisationId'])
    .where('authorityId', '=', authorityId)
    .where((where) =>
      where.or([
        where('organisationId', '=', organisationId),
        where.and([where('name', '=', name), where('organisationId', 'is', null), where('kind', '=', kind)]),
      ]),
    )
    .orderBy('organisationId', (order) => order.asc().nullsLast())
    .executeTakeFirst();
  if (found) {
    if (found.kind !== kind || found.organisationId === null)
      await trx.updateTable('department').set({ organisationId, kind }).where('id', '=', found.id).execute();
    return found.id;
  }
  const made = await trx
    .insertInto('department')
    .values({ authorityId, name, kind, division, organisationId })
    .onConflict((conflict) => conflict.column('organisationId').doUpdateSet({ kind }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return made.id;
}
