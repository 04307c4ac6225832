import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addPerson, type TestPerson } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let first: TestPerson;
let second: TestPerson;
let somebody: TestPerson;
let count = 0;

beforeAll(async () => {
  server = await startTestServer();
  const { db } = server.context;
  first = await addPerson(db, 'security1', '安全甲', [{ role: 'securityAdministrator' }]);
  second = await addPerson(db, 'security2', '安全乙', [{ role: 'securityAdministrator' }]);
});
afterAll(() => server.close());
beforeEach(async () => {
  somebody = await addPerson(server.context.db, `somebody${++count}`, '何示例', []);
});

const propose = (who: TestPerson, given: object = {}) =>
  server.as(who)({
    method: 'POST',
    url: '/api/roles/proposals',
    payload: {
      personId: somebody.id,
      role: 'programmeOfficer',
      authorityId: server.house.authorityId,
      reason: '任职文件〔2026〕1号',
      ...given,
    },
  });
const decide = (who: TestPerson, id: string, decision: string, note = '') =>
  server.as(who)({ method: 'POST', url: `/api/roles/proposals/${id}/decision`, payload: { decision, note } });
const officerSees = async () => (await server.as(somebody)({ url: '/api/session' })).json().grants;
const end = (who: TestPerson, grantId: string, reason = '调离') =>
  server.as(who)({ method: 'POST', url: `/api/roles/grants/${grantId}/end`, payload: { reason } });
const grantsOf = (personId: string) =>
  server.context.db.selectFrom('roleGrant').selectAll().where('personId', '=', personId).execute();

test('a powerful role is proposed by one, and held only after another security administrator approved', async () => {
  const proposal = await propose(first);
  expect(proposal.statusCode).toBe(201);
  expect(proposal.json()).toMatchObject({
    label: '业务处室',
    place: '测试省科学技术厅',
    state: 'open',
    mayDecide: false,
  });
  expect(await officerSees()).toEqual([]);
  const own = await decide(first, proposal.json().id, 'approved');
  expect(own.statusCode).toBe(403);
  expect(own.json().refusal).toMatchObject({
    code: 'same_person',
    remedy: expect.stringContaining('另一位安全管理员'),
  });
  expect(await officerSees()).toEqual([]);
  expect((await decide(second, proposal.json().id, 'approved')).json()).toMatchObject({ state: 'approved' });
  expect(await officerSees()).toMatchObject([{ role: 'programmeOfficer', authorityName: '测试省科学技术厅' }]);
  const again = await decide(second, proposal.json().id, 'declined', '迟了');
  expect(again.json().refusal.message).toBe('这份提议已由安全乙批准。');
});

test('nobody decides on his own role, whoever proposed it', async () => {
  expect((await propose(first, { personId: first.id })).json().refusal.code).toBe('own_role');
  // An administrator is not even proposed for another role; one that stands from before is decided by others.
  expect((await propose(first, { personId: second.id })).json().refusal.code).toBe('three_administrators');
  const { id } = await server.context.db
    .insertInto('roleProposal')
    .values({
      personId: second.id,
      role: 'programmeOfficer',
      authorityId: server.house.authorityId,
      reason: '岗位调整',
      proposedBy: first.id,
      proposedAt: server.clock.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  expect((await decide(second, id, 'approved')).json().refusal.code).toBe('own_role');
  await expect(
    server.context.db
      .updateTable('roleProposal')
      .set({ decision: 'approved', decidedBy: second.id, decidedAt: server.clock.now() })
      .where('id', '=', id)
      .execute(),
  ).rejects.toThrow('check');
  expect((await decide(first, id, 'withdrawn')).json().state).toBe('withdrawn');
});

test('two who approve at the same moment give one role', async () => {
  const third = await addPerson(server.context.db, `security${count}x`, '安全丙', [{ role: 'securityAdministrator' }]);
  const { id } = (await propose(first)).json();
  const answers = await Promise.all([decide(second, id, 'approved'), decide(third, id, 'approved')]);
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409]);
  expect(await grantsOf(somebody.id)).toHaveLength(1);
  const [grant] = await grantsOf(third.id);
  expect((await end(first, grant?.id ?? '')).statusCode).toBe(204);
});

test('nobody combines two of the three administrators, also when both are proposed before either is approved', async () => {
  const [system, audit] = await Promise.all(
    ['systemAdministrator', 'auditAdministrator'].map((role) =>
      propose(first, { role, authorityId: undefined }).then((answer) => answer.json().id as string),
    ),
  );
  expect((await decide(second, system ?? '', 'approved')).statusCode).toBe(200);
  const refusal = (await decide(second, audit ?? '', 'approved')).json().refusal;
  expect(refusal).toMatchObject({ code: 'three_administrators' });
  expect(refusal.message).toContain('三人分任');
  expect((await propose(first, { role: 'securityAdministrator', authorityId: undefined })).json().refusal.code).toBe(
    'three_administrators',
  );
});

test.each([
  ['an officer without an authority', { authorityId: undefined }, 'authorityId'],
  ['an administrator of one authority', { role: 'systemAdministrator' }, 'authorityId'],
  ['a department without one', { role: 'recommendingDepartment' }, 'departmentId'],
  ['no reason', { reason: ' ' }, 'reason'],
])('%s is refused by name of the field', async (_what, given, where) => {
  expect((await propose(first, given)).json().refusal.where).toBe(where);
});

test('a declined proposal says why, and can be made again; one that waits cannot be made twice', async () => {
  const { id } = (await propose(first)).json();
  expect((await propose(second)).json().refusal.code).toBe('proposed_already');
  expect((await decide(second, id, 'declined')).json().refusal.where).toBe('note');
  expect((await decide(second, id, 'declined', '没有任职文件')).json().decisionNote).toBe('没有任职文件');
  expect((await propose(second)).statusCode).toBe(201);
});

test('one ends a powerful role at once, with a reason; the right is gone with the next request', async () => {
  const { id } = (await propose(first)).json();
  await decide(second, id, 'approved');
  const [grant] = await grantsOf(somebody.id);
  expect((await end(first, grant?.id ?? '', ' ')).json().refusal.where).toBe('reason');
  expect((await end(first, grant?.id ?? '')).statusCode).toBe(204);
  expect(await officerSees()).toEqual([]);
  const shown = (await server.as(first)({ url: `/api/roles/people/${somebody.id}` })).json();
  expect(shown.grants).toMatchObject([{ label: '业务处室', endReason: '调离' }]);
});

test('the last two security administrators stay, nobody ends his own role, and an organisation keeps its own', async () => {
  const [own] = await grantsOf(first.id);
  const [other] = await grantsOf(second.id);
  expect((await end(first, own?.id ?? '')).json().refusal.code).toBe('own_role');
  expect((await end(first, other?.id ?? '')).json().refusal.code).toBe('last_two');
  const [applicant] = await grantsOf(server.house.people.applicant.id);
  expect((await end(first, applicant?.id ?? '')).json().refusal.message).toContain('由所在单位自己管理');
});

test('people are found by name, login and role; only security administrators may look', async () => {
  const list = async (query: string) => (await server.as(first)({ url: `/api/roles/people?${query}` })).json();
  expect((await list('q=security1')).items).toMatchObject([{ name: '安全甲', grants: [{ label: '安全管理员' }] }]);
  expect((await list('role=recommendingDepartment')).total).toBe(2);
  expect((await list(`q=${encodeURIComponent('%')}`)).total).toBe(0);
  const sheet = await server.as(first)({ url: '/api/roles/people.xlsx' });
  expect(sheet.rawPayload.subarray(0, 2).toString()).toBe('PK');
  for (const role of ['applicant', 'programmeOfficer', 'systemAdministrator'] as const) {
    expect((await server.as(role)({ url: '/api/roles/people' })).statusCode).toBe(403);
    expect((await propose(server.house.people[role])).statusCode).toBe(403);
  }
  expect((await server.visitor({ url: '/api/roles/people' })).statusCode).toBe(401);
});

test('an account for an official opens nothing before a role is agreed on', async () => {
  const made = await server.as(first)({
    method: 'POST',
    url: '/api/roles/people',
    payload: { login: `official${count}`, name: '新来者' },
  });
  expect(made.json().link.path).toMatch(/^\/app\/set-password#/);
  expect(await grantsOf(made.json().id)).toEqual([]);
});

test('the system administrator sees how the house stands, and nobody else does', async () => {
  const house = await server.as('systemAdministrator')({ url: '/api/house' });
  expect(house.json()).toMatchObject({
    versions: { node: process.versions.node },
    warnings: expect.arrayContaining([expect.objectContaining({ message: '没有审计管理员，日志没有人看。' })]),
  });
  const examined = await server.as('systemAdministrator')({ method: 'POST', url: '/api/house/examination' });
  expect(examined.json()).toMatchObject({ faults: 0 });
  expect(examined.json().findings.length).toBeGreaterThan(8);
  expect((await server.as(first)({ url: '/api/house' })).statusCode).toBe(403);
  expect((await server.as('programmeOfficer')({ method: 'POST', url: '/api/house/examination' })).statusCode).toBe(403);
});
