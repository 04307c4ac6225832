import type { Db } from '../platform/db/schema.ts';
import { containing } from '../platform/http/paging.ts';

export type EventFilter = {
  /** Login, or part of a name. */
  person?: string;
  action?: string;
  outcome?: 'done' | 'refused';
  subjectKind?: string;
  subjectId?: string;
  from?: Date;
  /** Exclusive. */
  to?: Date;
};

export type LogEvent = {
  id: number;
  at: Date;
  personName: string | null;
  login: string | null;
  role: string | null;
  action: string;
  outcome: 'done' | 'refused';
  subjectKind: string;
  subjectId: string;
  applicationNumber: string | null;
  detail: Record<string, unknown>;
  address: string | null;
  requestId: string | null;
  hash: string;
};

const matching = (db: Db, filter: EventFilter) => {
  const { person, action, outcome, subjectKind, subjectId, from, to } = filter;
  let found = db
    .selectFrom('event as e')
    .leftJoin('person as p', 'p.id', 'e.personId')
    .leftJoin('application as a', 'a.id', 'e.applicationId');
  if (person) {
    found = found.where((where) =>
      where.or([where('p.login', '=', person.toLowerCase()), where('p.name', 'ilike', containing(person))]),
    );
  }
  if (action) found = found.where('e.action', '=', action);
  if (outcome) found = found.where('e.outcome', '=', outcome);
  if (subjectKind) found = found.where('e.subjectKind', '=', subjectKind);
  if (subjectId) {
    found = found.where((where) => where.or([where('e.subjectId', '=', subjectId), where('a.number', '=', subjectId)]));
  }
  if (from) found = found.where('e.at', '>=', from);
  if (to) found = found.where('e.at', '<', to);
  return found;
};

const rows = (db: Db, filter: EventFilter) =>
  matching(db, filter)
    .select(['e.id', 'e.at', 'p.name as personName', 'p.login', 'e.role', 'e.action', 'e.outcome', 'e.subjectKind'])
    .select(['e.subjectId', 'a.number as applicationNumber', 'e.detail', 'e.address', 'e.requestId', 'e.hash'])
    .orderBy('e.id', 'desc');

/** More are not counted: nobody pages that far, and the count would take longer than the page. */
export const MOST_COUNTED = 10_000;

/** One page of the log, the newest first. `total` says at most MOST_COUNTED. */
export async function findEvents(
  db: Db,
  filter: EventFilter,
  page: { offset: number; limit: number },
): Promise<{ items: LogEvent[]; total: number }> {
  const { total } = await db
    .selectFrom(matching(db, filter).select('e.id').limit(MOST_COUNTED).as('m'))
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { items: await rows(db, filter).offset(page.offset).limit(page.limit).execute(), total };
}

const BATCH = 2000;

/** All of it, the newest first, a batch at a time. */
export async function* eachEvent(db: Db, filter: EventFilter): AsyncGenerator<LogEvent> {
  for (let below: number | undefined; ;) {
    const last = below;
    const batch = await rows(db, filter)
      .$if(last !== undefined, (query) => query.where('e.id', '<', last ?? 0))
      .limit(BATCH)
      .execute();
    yield* batch;
    below = batch.at(-1)?.id;
    if (batch.length < BATCH) return;
  }
}

/** The roots, the newest first, without their leaves. */
export const listRoots = (db: Db, limit: number) =>
  db
    .selectFrom('logRoot as r')
    .leftJoin('logStamp as s', 's.root', 'r.ordinal')
    .select(['r.ordinal', 'r.madeAt', 'r.firstEvent', 'r.lastEvent', 'r.hash', 's.authority', 's.stampedAt'])
    .orderBy('r.ordinal', 'desc')
    .limit(limit)
    .execute();

export const personOf = (db: Db, id: string) =>
  db
    .selectFrom('person')
    .select(['id', 'login', 'name', 'createdAt', 'disabledAt'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

export const grantsOf = (db: Db, personId: string) =>
  db
    .selectFrom('roleGrant as g')
    .leftJoin('organisation as o', 'o.id', 'g.organisationId')
    .leftJoin('department as d', 'd.id', 'g.departmentId')
    .leftJoin('authority as a', 'a.id', 'g.authorityId')
    .select(['g.role', 'g.grantedAt', 'g.endedAt', 'g.organisationId'])
    .select(['o.name as organisation', 'd.name as department', 'a.name as authority'])
    .where('g.personId', '=', personId)
    .orderBy('g.grantedAt')
    .execute();

export const sessionsOf = (db: Db, personId: string) =>
  db
    .selectFrom('session')
    .select(['createdAt', 'lastSeenAt', 'expiresAt', 'address', 'userAgent'])
    .where('personId', '=', personId)
    .orderBy('createdAt')
    .execute();

export const applicationsOf = (db: Db, personId: string) =>
  db
    .selectFrom('application')
    .select(['id', 'number', 'title', 'state', 'createdAt', 'submittedAt'])
    .where('applicantId', '=', personId)
    .orderBy('createdAt')
    .execute();

/** What a person did, the newest first; who filled in for many years gets the last of it. */
export const deedsOf = (db: Db, personId: string, limit: number) =>
  db
    .selectFrom('event')
    .select(['at', 'action', 'outcome', 'role', 'subjectKind', 'subjectId', 'address'])
    .where('personId', '=', personId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
