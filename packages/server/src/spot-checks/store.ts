import type { Selectable } from 'kysely';
import type { Database, Db, Trx } from '../platform/db/schema.ts';

export type SpotCheckRow = Selectable<Database['spotCheck']> & {
  announcedByName: string;
  drawnByName: string | null;
  authorityId: string;
  authorityName: string;
};

const spotChecks = (db: Db) =>
  db
    .selectFrom('spotCheck as s')
    .innerJoin('round', 'round.id', 's.roundId')
    .innerJoin('authority', 'authority.id', 'round.authorityId')
    .innerJoin('person as announcer', 'announcer.id', 's.announcedBy')
    .leftJoin('person as drawer', 'drawer.id', 's.drawnBy')
    .selectAll('s')
    .select([
      'round.authorityId',
      'authority.name as authorityName',
      'announcer.name as announcedByName',
      'drawer.name as drawnByName',
    ]);

export const spotChecksOf = (db: Db, roundId: string): Promise<SpotCheckRow[]> =>
  spotChecks(db).where('s.roundId', '=', roundId).orderBy('s.announcedAt', 'desc').execute();

export const findSpotCheck = (db: Db, id: string): Promise<SpotCheckRow | undefined> =>
  spotChecks(db).where('s.id', '=', id).executeTakeFirst();

export const lockSpotCheck = (trx: Trx, id: string): Promise<SpotCheckRow | undefined> =>
  spotChecks(trx).where('s.id', '=', id).forUpdate('s').executeTakeFirst();

export type Announcement = Pick<
  SpotCheckRow,
  'roundId' | 'percent' | 'secret' | 'secretHash' | 'publicSource' | 'announcedBy' | 'announcedAt'
>;

export async function insertSpotCheck(trx: Trx, announcement: Announcement): Promise<string> {
  const { id } = await trx.insertInto('spotCheck').values(announcement).returning('id').executeTakeFirstOrThrow();
  return id;
}

export const markDrawn = (
  trx: Trx,
  id: string,
  draw: {
    publicValue: string;
    population: string[];
    populationHash: string;
    drawn: string[];
    drawnBy: string;
    drawnAt: Date;
  },
) =>
  trx
    .updateTable('spotCheck')
    .set({ ...draw, population: JSON.stringify(draw.population), drawn: JSON.stringify(draw.drawn) })
    .where('id', '=', id)
    .execute();

/** What reached the science department in a round, admitted or not. */
export async function deliveredNumbers(db: Db, roundId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('application')
    .select('number')
    .where('roundId', '=', roundId)
    .where('state', 'in', ['delivered', 'admitted', 'not_admitted'])
    .orderBy('number')
    .execute();
  return rows.map(({ number }) => number);
}

/** The applications of these numbers, as far as a screen names them. */
export const drawnRows = (db: Db, roundId: string, numbers: readonly string[]) =>
  numbers.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('application')
        .innerJoin('organisation', 'organisation.id', 'application.organisationId')
        .innerJoin('department', 'department.id', 'application.departmentId')
        .select([
          'application.id',
          'number',
          'title',
          'organisation.name as organisationName',
          'department.name as departmentName',
        ])
        .where('roundId', '=', roundId)
        .where('number', 'in', numbers)
        .execute();
