import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../platform/db/connect.ts';
import { throughout, within } from '../platform/db/reach.ts';
import type { Db } from '../platform/db/schema.ts';
import { migrate } from '../platform/db/migrate.ts';
import { freshDatabase } from '../testing/database.ts';
import { addAuthority, addRecords, openMatrixRound } from '../testing/matrix.ts';
import { TEST_CALLS } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

/** Tables that belong to no authority, and why. A new table that leads to none has to be thought about, and put here. */
const SHARED: Record<string, string> = {
  migration: 'the schema itself',
  call_version: 'what was published is public',
  stored_file: 'bytes by their checksum: the same file once, whoever stored it; says nothing of whose it is',
  data_key: 'keys of the installation, wrapped',
  log_root: 'one log for all',
  log_stamp: 'one log for all',
  log_forgotten: 'one log for all',
  notice_cause: 'numbers of events that are still to be told',
  rate_count: 'how often an address asked',
  sign_in_attempt: 'before it is known who somebody is',
  spent_proof: 'before it is known who somebody is',
  person: 'one person, one account, whatever the authorities',
  session: 'of a person',
  half_session: 'of a person',
  second_factor: 'of a person',
  recovery_code: 'of a person',
  account_link: 'of a person',
  linked_identity: 'of a person',
  single_sign_on_attempt: 'of a person',
  person_profile: 'of a person',
  personal_data_request: 'of a person',
  saved_view: 'of a person',
  notice_address: 'of a person',
  notice_preference: 'of a person',
  notice_quiet: 'of a person',
};

let server: TestServer;
let house: Db;
let close: () => Promise<void>;
let authorities: [string, string];

beforeAll(async () => {
  server = await startTestServer({ at: '2026-03-10T10:00:00+08:00', env: { KESHEN_CALLS: TEST_CALLS } });
  const roundId = await openMatrixRound(server);
  const { authorityId, departmentId, organisationId } = server.house;
  await addRecords(server, { authorityId, departmentId, organisationId, roundId, mark: '甲省' });
  const other = await addAuthority(server, roundId, '乙省');
  await addRecords(server, other);
  authorities = [authorityId, other.authorityId];
  const { rows } = await sql<{ database: string }>`select current_database() as database`.execute(server.context.db);
  const address = { ...(await freshDatabase()), database: rows[0]?.database ?? '' };
  const connected = connect(address, 1);
  house = connected;
  close = () => connected.destroy();
});
afterAll(async () => {
  await close();
  await server.close();
});

const titles = async (): Promise<string[]> => {
  const { rows } = await sql<{ title: string }>`select * from application`.execute(house);
  return rows.map(({ title }) => title);
};

test('every table of the database has its wall, or a reason why it belongs to no authority', async () => {
  const { rows } = await sql<{ name: string; walled: boolean; forced: boolean; policies: number }>`
    select relname as name, relrowsecurity as walled, relforcerowsecurity as forced,
      (select count(*)::int from pg_policy where polrelid = c.oid) as policies
    from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`.execute(server.context.db);
  expect(rows.length).toBeGreaterThan(40);
  for (const { name, walled, forced, policies } of rows) {
    expect({ name, walled: walled && forced && policies > 0 }).toEqual({ name, walled: !Object.hasOwn(SHARED, name) });
  }
});

test('a bare `select * from application` shows each authority its own, and nothing where nobody has said whose', async () => {
  const [here, there] = authorities;
  expect(await within([here], titles)).toEqual(['题目甲省']);
  expect(await within([there], titles)).toEqual(['题目乙省']);
  expect(await within([], titles)).toEqual([]);
  expect(await titles()).toEqual([]);
  expect((await throughout(titles)).toSorted()).toEqual(['题目乙省', '题目甲省'].toSorted());
});

test('the same connection, handed from one request to the next, forgets whose it was, after a broken transaction too', async () => {
  const [here, there] = authorities;
  const broken = within([here], () =>
    house.transaction().execute(async (trx) => {
      expect((await trx.selectFrom('application').selectAll().execute()).length).toBe(1);
      await sql`select 1 / 0`.execute(trx);
    }),
  );
  await expect(broken).rejects.toThrow('division by zero');
  expect(await within([there], titles)).toEqual(['题目乙省']);
  expect(await titles()).toEqual([]);
});

test('nobody writes into another authority, takes a row over or gives one away', async () => {
  const [here, there] = authorities;
  const { rows } = await sql<{ id: string }>`select id from round where authority_id = ${there}`.execute(
    server.context.db,
  );
  const foreign = rows[0]?.id ?? '';
  await within([here], async () => {
    const updated = await house
      .updateTable('application')
      .set({ title: '改了' })
      .where('roundId', '=', foreign)
      .execute();
    expect(updated[0]?.numUpdatedRows).toBe(0n);
    const deleted = await house.deleteFrom('application').where('roundId', '=', foreign).execute();
    expect(deleted[0]?.numDeletedRows).toBe(0n);
    await expect(
      house
        .updateTable('application')
        .set({ roundId: foreign } as never)
        .execute(),
    ).rejects.toThrow('row-level security');
    await expect(
      house.insertInto('department').values({ authorityId: there, name: '新', kind: 'city', division: null }).execute(),
    ).rejects.toThrow('row-level security');
  });
  expect(await within([there], titles)).toEqual(['题目乙省']);
});

test('the house works in a role that passes no wall and cannot take one down', async () => {
  const { rows } = await sql<{ passes: boolean }>`
    select rolsuper or rolbypassrls as passes from pg_roles where rolname = current_user`.execute(house);
  expect(rows).toEqual([{ passes: false }]);
  for (const statement of [
    sql`alter table application disable row level security`,
    sql`drop policy own_authority on application`,
    sql`alter table event disable trigger user`,
    sql`truncate application cascade`,
  ]) {
    await expect(throughout(() => statement.execute(house))).rejects.toThrow(/must be owner|permission denied/);
  }
});

test('a number is given out once in the whole installation, and a chain goes on over what others may not see', async () => {
  const [here, there] = authorities;
  const hash = () => sql<{ hash: string | null }>`select last_event_hash('person', 'p') as hash`.execute(house);
  await server.context.db.transaction().execute((trx) =>
    server.context.log(trx, {
      at: server.clock.now(),
      action: 'signIn',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: 'p',
    }),
  );
  const heads = [await within([here], hash), await within([there], hash)].map(({ rows }) => rows[0]?.hash);
  expect(heads[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(heads[1]).toBe(heads[0]);
  const { rows } = await within([here], () => sql`select * from event`.execute(house));
  expect(rows).toEqual([]);
});

test('where the house connects as an ordinary owner of the tables, the walls stand for the owner as well', async () => {
  const { host, port } = await freshDatabase();
  const { db } = server.context;
  const name = `owner_${randomBytes(6).toString('hex')}`;
  await sql`create role ${sql.id(name)} login`.execute(db);
  await sql`create database ${sql.id(name)} owner ${sql.id(name)}`.execute(db);
  const address = { host, port, user: name, database: name };
  await migrate(address);
  const owner = connect(address, 1);
  const add = (id: string) => owner.insertInto('authority').values({ id, name: id, division: '210000' }).execute();
  await throughout(() => Promise.all([add('甲'), add('乙')]));
  const seen = async () => (await owner.selectFrom('authority').select('id').execute()).map(({ id }) => id);
  expect(await within(['甲'], seen)).toEqual(['甲']);
  expect(await seen()).toEqual([]);
  await owner.destroy();
});
