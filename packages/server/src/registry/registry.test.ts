import { makeResidentId } from '@keshen/rules';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { USCC } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { factsFor, importRegister } from './index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const person = makeResidentId('210102', '1970-01-01', '001');
const query = () => ({ authorityId: server.house.authorityId, people: [person], uscc: [USCC], asOf: '2026-04-01' });
const facts = () => factsFor(server.context.db, query());
const project = (change: object = {}) => ({
  id: 'P1',
  title: '示例项目',
  personId: person.toLowerCase(),
  uscc: USCC,
  role: 'principalInvestigator',
  state: 'ongoing',
  planYear: 2025,
  ...change,
});
const load = (register: 'projects' | 'misconduct' | 'platforms' | 'generalLimits', content: unknown) =>
  importRegister(server.context, {
    register,
    authorityId: server.house.authorityId,
    asOf: '2026-03-31',
    content,
    at: server.clock.now(),
  });

test('a register that was never imported is unknown, not empty', async () => {
  const { projects, misconduct, platforms, sources, organisations } = await facts();
  expect([projects, misconduct, platforms]).toEqual([undefined, undefined, undefined]);
  expect(sources?.projects).toBeUndefined();
  expect(organisations).toMatchObject([
    { uscc: USCC, kind: 'university', legalPerson: true, registeredOn: '2001-01-01' },
  ]);
  expect(organisations?.[0]).not.toHaveProperty('overdueCount');
});

test('an import is seen by the rules with its source and day, and only the people concerned', async () => {
  const other = project({
    id: 'P2',
    personId: makeResidentId('210102', '1980-01-01', '001'),
    uscc: '91210100MA0YANL2XX',
  });
  expect(await load('projects', [project(), project({ id: 'P3', state: 'overdue' }), other])).toEqual({
    ok: true,
    rows: 3,
  });
  const { projects, sources, organisations } = await facts();
  expect(projects?.map((row) => row['id'])).toEqual(expect.arrayContaining(['P1', 'P3']));
  expect(projects).toHaveLength(2);
  expect(sources?.projects).toEqual({ status: 'ok', asOf: '2026-03-31', name: '科技计划项目库' });
  expect(organisations?.[0]?.['overdueCount']).toBe(1);
});

test('a later import replaces the earlier; an empty one says that there is nothing', async () => {
  await load('misconduct', [
    { subject: 'person', subjectId: person, field: 'research', serious: true, until: '2027-01-01' },
  ]);
  expect((await facts()).misconduct).toHaveLength(1);
  await load('misconduct', []);
  expect((await facts()).misconduct).toEqual([]);
});

test('a register that is down has no list', async () => {
  await load('platforms', []);
  await server.context.db
    .updateTable('registerState')
    .set({ status: 'down' })
    .where('register', '=', 'platforms')
    .execute();
  const { platforms, sources } = await facts();
  expect(platforms).toBeUndefined();
  expect(sources?.platforms?.status).toBe('down');
});

test('another authority’s register is not seen', async () => {
  expect((await factsFor(server.context.db, { ...query(), authorityId: 'elsewhere' })).projects).toBeUndefined();
});

test('a faulty file changes nothing and names every row and column', async () => {
  await load('projects', [project()]);
  const result = await load('projects', [
    project({ state: 'going on' }),
    project({ planYear: '2025' }),
    project({ endDate: '2026-02-30' }),
    project({ colour: 'red' }),
    { title: '没有编号', state: 'ongoing' },
    'text',
  ]);
  expect(result).toMatchObject({
    ok: false,
    problems: [
      expect.stringMatching(/^第1行：“state”（项目状态）只能是：/),
      '第2行：“planYear”（计划年度）应为整数，现为 "2025"',
      expect.stringContaining('第3行：“endDate”'),
      expect.stringContaining('第4行：没有“colour”这一列'),
      '第5行：缺少“id”（项目编号）',
      '第6行：应是一个对象 { … }',
    ],
  });
  expect((await facts()).projects).toHaveLength(1);
});

test('a general limit without a subject holds for everybody, one with a subject for that person alone', async () => {
  expect((await facts()).generalLimits).toBeUndefined();
  const limit = (key: string, change: object = {}) => ({
    key,
    title: '在研项目合计不超过2项',
    from: '2025-01-01',
    ...change,
  });
  const stranger = makeResidentId('210102', '1980-01-01', '001');
  const rows = [
    limit('G1'),
    limit('G2', { subject: 'person', subjectId: person, satisfied: false }),
    limit('G3', { subjectId: stranger }),
  ];
  expect(await load('generalLimits', rows)).toEqual({ ok: true, rows: 3 });
  const { generalLimits } = await facts();
  expect(generalLimits?.map((row) => row['key']).toSorted()).toEqual(['G1', 'G2']);
});
