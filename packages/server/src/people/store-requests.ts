import { randomUUID } from 'node:crypto';
import type { Db, Trx } from '../platform/db/schema.ts';
import { keysOf, ownerOf } from '../platform/secrets/index.ts';

export type RequestKind = 'correction' | 'erasure';
export type DataRequest = {
  id: string;
  personId: string;
  personName: string;
  login: string;
  kind: RequestKind;
  text: string;
  /** What the name should be. */
  name: string | null;
  askedAt: Date;
  decision: 'done' | 'refused' | null;
  answer: string;
  decidedByName: string | null;
  decidedAt: Date | null;
};

/** Undefined when one of this kind waits already. */
export async function insertRequest(
  trx: Trx,
  { personId, kind, text, name, askedAt }: Pick<DataRequest, 'personId' | 'kind' | 'text' | 'name' | 'askedAt'>,
): Promise<string | undefined> {
  const keys = await keysOf(trx);
  const owner = ownerOf.person(personId);
  const row = await trx
    .insertInto('personalDataRequest')
    .values({
      id: randomUUID(),
      personId,
      kind,
      sealedText: keys.seal(owner, text),
      sealedName: name === null ? null : keys.seal(owner, name),
      askedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

const requests = (db: Db) =>
  db
    .selectFrom('personalDataRequest as r')
    .innerJoin('person as p', 'p.id', 'r.personId')
    .leftJoin('person as by', 'by.id', 'r.decidedBy')
    .selectAll('r')
    .select(['p.name as personName', 'p.login', 'by.name as decidedByName']);

type Row = Awaited<ReturnType<ReturnType<typeof requests>['execute']>>[number];

async function opened(db: Db, rows: Row[]): Promise<DataRequest[]> {
  const keys = await keysOf(db);
  return rows.map(({ sealedText, sealedName, decidedBy: _decidedBy, ...row }) => {
    const owner = ownerOf.person(row.personId);
    return {
      ...row,
      text: keys.open(owner, sealedText),
      name: sealedName === null ? null : keys.open(owner, sealedName),
    };
  });
}

export const requestsOf = async (db: Db, personId: string): Promise<DataRequest[]> =>
  opened(db, await requests(db).where('r.personId', '=', personId).orderBy('r.askedAt', 'desc').execute());

/** What waits first, then the newest. An organisation sees what its own applicants ask; `undefined` sees all. */
export async function listRequests(db: Db, organisationId: string | undefined): Promise<DataRequest[]> {
  const rows = await requests(db)
    .$if(organisationId !== undefined, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('roleGrant as g')
            .select('g.id')
            .whereRef('g.personId', '=', 'r.personId')
            .where('g.organisationId', '=', organisationId ?? '')
            .where('g.role', '=', 'applicant')
            .where('g.endedAt', 'is', null),
        ),
      ),
    )
    .orderBy('r.decidedAt', (order) => order.desc().nullsFirst())
    .orderBy('r.askedAt')
    .limit(200)
    .execute();
  return opened(db, rows);
}

export async function lockRequest(trx: Trx, id: string): Promise<DataRequest | undefined> {
  const rows = await requests(trx).where('r.id', '=', id).forUpdate('r').execute();
  return (await opened(trx, rows))[0];
}

export async function answerRequest(
  trx: Trx,
  id: string,
  answer: { decision: 'done' | 'refused'; answer: string; decidedBy: string; decidedAt: Date },
): Promise<void> {
  await trx.updateTable('personalDataRequest').set(answer).where('id', '=', id).execute();
}

export async function renamePerson(trx: Trx, personId: string, name: string): Promise<void> {
  await trx.updateTable('person').set({ name }).where('id', '=', personId).execute();
}

/** The roles that stand in the way of closing an account: somebody must first take them over. */
export const officesOf = (db: Db, personId: string) =>
  db
    .selectFrom('roleGrant')
    .select('role')
    .where('personId', '=', personId)
    .where('role', '!=', 'applicant')
    .where('endedAt', 'is', null)
    .execute();

export async function closeAccount(
  trx: Trx,
  personId: string,
  end: { endedAt: Date; endedBy: string; endReason: string },
): Promise<void> {
  await trx.updateTable('person').set({ disabledAt: end.endedAt }).where('id', '=', personId).execute();
  await trx.updateTable('roleGrant').set(end).where('personId', '=', personId).where('endedAt', 'is', null).execute();
  await trx.deleteFrom('session').where('personId', '=', personId).execute();
}
