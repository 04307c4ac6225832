import { sql } from 'kysely';
import type { Db } from '../platform/db/schema.ts';

export type Refusal = {
  id: number;
  at: Date;
  action: string;
  detail: Record<string, unknown>;
  hash: string;
  applicationId: string;
  personName: string | null;
};

const refusals = (db: Db) =>
  db
    .selectFrom('event')
    .leftJoin('person', 'person.id', 'event.personId')
    .select(['event.id', 'event.at', 'event.action', 'event.detail', 'event.hash', 'person.name as personName'])
    .select((select) => select.ref('event.applicationId').$notNull().as('applicationId'))
    .where('event.outcome', '=', 'refused')
    .where('event.applicationId', 'is not', null);

/** An attempt on an application that was not accepted. */
export const findRefusal = (db: Db, id: number): Promise<Refusal | undefined> =>
  refusals(db).where('event.id', '=', id).executeTakeFirst();

/** The same by the first 20 hexadecimal digits of its place in the log, which the code on the proof stands for. */
export const findRefusalByHash = (db: Db, start: string): Promise<Refusal | undefined> =>
  refusals(db)
    .where(sql`left(event.hash, 20)`, '=', start)
    .executeTakeFirst();
