import type { State } from '@keshen/rules';
import type { ExpressionBuilder } from 'kysely';
import type { Database, Db, Trx } from '../platform/db/schema.ts';

/** Whose paper somebody sees; each part by itself. */
export type PaperReach = {
  applicantId?: string;
  organisationId?: string;
  departmentId?: string;
  authorityId?: string;
};

/** What paper is a print of: an application, or a department's list (with which its pledge goes). */
export type PaperSubject = {
  kind: 'application' | 'list';
  id: string;
  roundId: string;
  authorityId: string;
  mode: 'live' | 'rehearsal';
  /** Of an application its number, of a list its code. */
  number: string;
  title: string;
  topic: string | null;
  state: State | null;
  /** The code on the print that counts now. */
  versionCode: string;
  organisationName: string | null;
  organisationId: string | null;
  departmentName: string;
  departmentId: string;
};

const ofRounds = (db: Db) =>
  db
    .selectFrom('application')
    .innerJoin('round', 'round.id', 'application.roundId')
    .innerJoin('organisation', 'organisation.id', 'application.organisationId')
    .innerJoin('department', 'department.id', 'application.departmentId')
    .select((select) => [
      select.val<'application' | 'list'>('application').as('kind'),
      'application.id',
      'application.roundId',
      'round.authorityId',
      'round.mode',
      'application.number',
      'application.title',
      'application.topic',
      'application.state',
      'organisation.name as organisationName',
      'organisation.id as organisationId',
      'department.name as departmentName',
      'department.id as departmentId',
    ])
    .select((select) => select.ref('application.versionCode').$notNull().as('versionCode'))
    .where('application.versionCode', 'is not', null)
    .$castTo<PaperSubject>();

const ofDepartments = (db: Db) =>
  db
    .selectFrom('recommendationList as list')
    .innerJoin('round', 'round.id', 'list.roundId')
    .innerJoin('department', 'department.id', 'list.departmentId')
    .select((select) => [
      select.val<'application' | 'list'>('list').as('kind'),
      'list.id',
      'list.roundId',
      'round.authorityId',
      'round.mode',
      'list.code as number',
      select.val('').as('title'),
      select.val<string | null>(null).as('topic'),
      select.val<State | null>(null).as('state'),
      'list.code as versionCode',
      select.val<string | null>(null).as('organisationName'),
      select.val<string | null>(null).as('organisationId'),
      'department.name as departmentName',
      'department.id as departmentId',
    ])
    .where('list.deliveredAt', 'is not', null)
    .where('list.voidedAt', 'is', null)
    .$castTo<PaperSubject>();

/** Those states have no paper to bring any more, or not yet. */
const WITHOUT: State[] = ['draft', 'withdrawn', 'not_recommended', 'not_admitted'];

export function applicationsInReach(db: Db, roundId: string, reaches: readonly PaperReach[]): Promise<PaperSubject[]> {
  return ofRounds(db)
    .where('application.roundId', '=', roundId)
    .where('application.state', 'not in', WITHOUT)
    .where((where) => where.or(reaches.map((reach) => within(where, reach))))
    .orderBy('application.number')
    .execute();
}

export async function listsInReach(db: Db, roundId: string, reaches: readonly PaperReach[]): Promise<PaperSubject[]> {
  const wide = reaches.filter(({ departmentId, authorityId }) => departmentId ?? authorityId);
  if (wide.length === 0) return [];
  return ofDepartments(db)
    .where('list.roundId', '=', roundId)
    .where((where) =>
      where.or(
        wide.map(({ departmentId, authorityId }) =>
          departmentId
            ? where('list.departmentId', '=', departmentId)
            : where('round.authorityId', '=', authorityId ?? ''),
        ),
      ),
    )
    .orderBy('department.name')
    .execute();
}

const within = (
  where: ExpressionBuilder<Database, 'application' | 'round' | 'organisation' | 'department'>,
  { applicantId, organisationId, departmentId, authorityId }: PaperReach,
) =>
  where.and([
    ...(applicantId ? [where('application.applicantId', '=', applicantId)] : []),
    ...(organisationId ? [where('application.organisationId', '=', organisationId)] : []),
    ...(departmentId ? [where('application.departmentId', '=', departmentId)] : []),
    ...(authorityId ? [where('round.authorityId', '=', authorityId)] : []),
  ]);

export const findApplicationSubject = (db: Db, id: string): Promise<PaperSubject | undefined> =>
  ofRounds(db).where('application.id', '=', id).executeTakeFirst();

export const findListSubject = (db: Db, id: string): Promise<PaperSubject | undefined> =>
  ofDepartments(db).where('list.id', '=', id).executeTakeFirst();

/** What a department delivered in a round. */
export const deliveredListSubject = (
  db: Db,
  of: { roundId: string; departmentId: string },
): Promise<PaperSubject | undefined> =>
  ofDepartments(db)
    .where('list.roundId', '=', of.roundId)
    .where('list.departmentId', '=', of.departmentId)
    .executeTakeFirst();

/** Two desks do not count the same copies twice: the second waits here. */
export const lockSubject = async (trx: Trx, { kind, id }: Pick<PaperSubject, 'kind' | 'id'>): Promise<void> => {
  const table = kind === 'application' ? 'application' : 'recommendationList';
  await trx.selectFrom(table).select('id').where('id', '=', id).forUpdate().execute();
};

export type DeliveryRow = {
  id: string;
  roundId: string;
  authorityId: string;
  mode: 'live' | 'rehearsal';
  paper: string;
  applicationId: string | null;
  listId: string | null;
  copies: number;
  versionCode: string;
  by: 'applicant' | 'organisation' | 'recommendingDepartment';
  broughtBy: string;
  receivedAt: Date;
  outcome: 'accepted' | 'incomplete' | 'late' | 'refused';
  told: string;
  statement: string;
  hash: string;
  registeredByName: string;
  registeredAt: Date;
  voidedAt: Date | null;
  voidReason: string | null;
};

const deliveries = (db: Db) =>
  db
    .selectFrom('paperDelivery as delivery')
    .innerJoin('round', 'round.id', 'delivery.roundId')
    .innerJoin('person', 'person.id', 'delivery.registeredBy')
    .selectAll('delivery')
    .select(['round.authorityId', 'round.mode', 'person.name as registeredByName'])
    .$castTo<DeliveryRow>();

export const deliveriesOfRound = (db: Db, roundId: string): Promise<DeliveryRow[]> =>
  deliveries(db).where('delivery.roundId', '=', roundId).orderBy('delivery.registeredAt', 'desc').execute();

export const deliveriesOf = (db: Db, { kind, id }: Pick<PaperSubject, 'kind' | 'id'>): Promise<DeliveryRow[]> =>
  deliveries(db)
    .where(kind === 'application' ? 'delivery.applicationId' : 'delivery.listId', '=', id)
    .orderBy('delivery.registeredAt', 'desc')
    .execute();

export const findDelivery = (db: Db, id: string): Promise<DeliveryRow | undefined> =>
  deliveries(db).where('delivery.id', '=', id).executeTakeFirst();

/** By the first 20 hexadecimal digits of the statement's hash, which the code on the receipt stands for. */
export const findDeliveryByHash = (db: Db, start: string): Promise<DeliveryRow | undefined> =>
  deliveries(db).where('delivery.hash', 'like', `${start}%`).executeTakeFirst();

export type NewDelivery = Omit<DeliveryRow, 'authorityId' | 'mode' | 'registeredByName' | 'voidedAt' | 'voidReason'> & {
  registeredBy: string;
};

export const insertDelivery = (trx: Trx, delivery: NewDelivery) =>
  trx.insertInto('paperDelivery').values(delivery).execute();

/** False when it was voided already. */
export async function markVoided(
  trx: Trx,
  { id, by, at, reason }: { id: string; by: string; at: Date; reason: string },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('paperDelivery')
    .set({ voidedAt: at, voidedBy: by, voidReason: reason })
    .where('id', '=', id)
    .where('voidedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0;
}

export const startsOfRound = (db: Db, roundId: string) =>
  db
    .selectFrom('paperStart')
    .innerJoin('application', 'application.id', 'paperStart.applicationId')
    .select(['applicationId', 'paper', 'startedOn'])
    .where('application.roundId', '=', roundId)
    .execute();

export const setStart = (
  trx: Trx,
  start: { applicationId: string; paper: string; startedOn: string; registeredBy: string; registeredAt: Date },
) =>
  trx
    .insertInto('paperStart')
    .values(start)
    .onConflict((conflict) =>
      conflict.columns(['applicationId', 'paper']).doUpdateSet({
        startedOn: start.startedOn,
        registeredBy: start.registeredBy,
        registeredAt: start.registeredAt,
      }),
    )
    .execute();
