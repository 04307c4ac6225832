import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db/schema.ts';

/** Accounts closed before `before`, not erased yet. `named`: an application, or an office once held, still needs to say who it was. */
export async function closedBefore(db: Db, before: Date): Promise<{ id: string; named: boolean }[]> {
  return db
    .selectFrom('person as p')
    .select('p.id')
    .select(({ exists, selectFrom, or }) =>
      or([
        exists(selectFrom('application as a').select('a.id').whereRef('a.applicantId', '=', 'p.id')),
        exists(
          selectFrom('roleGrant as g')
            .select('g.id')
            .whereRef('g.personId', '=', 'p.id')
            .where('g.role', '!=', 'applicant'),
        ),
      ])
        .$castTo<boolean>()
        .as('named'),
    )
    .where('p.disabledAt', '<', before)
    .where('p.erasedAt', 'is', null)
    .execute();
}

const HELD_FOR_A_PERSON = [
  'personProfile',
  'secondFactor',
  'linkedIdentity',
  'accountLink',
  'session',
  'noticeAddress',
  'noticePreference',
  'noticeQuiet',
] as const;

export async function erase(
  trx: Trx,
  personId: string,
  { keepName, erasedAt }: { keepName: boolean; erasedAt: Date },
): Promise<void> {
  for (const table of [...HELD_FOR_A_PERSON, 'personalDataRequest' as const])
    await trx.deleteFrom(table).where('personId', '=', personId).execute();
  await trx
    .updateTable('person')
    .set({
      erasedAt,
      passwordHash: '',
      ...(!keepName && { name: '已注销', login: sql<string>`'gone#' || id` }),
    })
    .where('id', '=', personId)
    .execute();
}

export async function forgetLinks(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('accountLink')
    .where('expiresAt', '<', before)
    .where(({ or, eb }) =>
      or([eb('usedAt', 'is not', null), eb('withdrawnAt', 'is not', null), eb('expiresAt', '<', before)]),
    )
    .execute();
}
