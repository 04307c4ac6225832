import { makeCreditCode } from '@keshen/rules';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { uploadPapers } from '../testing/papers.ts';
import type { TestRole } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let count = 0;
let registration: Record<string, unknown> & { administrator: Record<string, string> };

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

beforeEach(() => {
  count += 1;
  registration = {
    authorityId: server.house.authorityId,
    departmentId: server.house.departmentId,
    uscc: makeCreditCode('91', '210100', `MA0Y${String(count).padStart(4, '0')}`),
    name: `示例机器人有限公司${count}`,
    kind: 'enterprise',
    legalPerson: true,
    registeredOn: '2015-06-30',
    division: '210100',
    address: '沈阳市示例路1号',
    legalRepresentative: '孙示例',
    contactName: '周示例',
    contactPhone: '024-00000000',
    administrator: { login: `admin${count}`, name: '周示例', password: 'shi-yi-ge-chang-mi-ma' },
  };
});

const register = async (change: Record<string, unknown> = {}) => {
  const documents = await uploadPapers(server);
  return server.visitor({
    method: 'POST',
    url: '/api/organisations',
    payload: { ...registration, documents, ...change },
  });
};
const post = (role: TestRole, url: string, payload: object = {}) => server.as(role)({ method: 'POST', url, payload });
const signIn = async (login: string, password = 'shi-yi-ge-chang-mi-ma') => {
  const response = await server.visitor({ method: 'POST', url: '/api/session', payload: { login, password } });
  return {
    status: response.statusCode,
    cookies: Object.fromEntries(response.cookies.map((one) => [one.name, one.value])),
  };
};

test('an organisation registers, its department approves, its administrator hands out an account that works', async () => {
  const made = await register();
  expect(made.statusCode).toBe(201);
  const { id } = made.json();
  const { cookies } = await signIn(`admin${count}`);
  const handOut = () =>
    server.visitor({
      method: 'POST',
      url: '/api/organisation/people',
      cookies,
      payload: { login: `applicant${count}`, name: '吴示例', by: 'temporaryPassword' },
    });
  expect((await handOut()).json().refusal.code).toBe('not_approved');

  const approved = await post('recommendingDepartment', `/api/organisations/${id}/approve`, { note: '已核对证照' });
  expect(approved.json()).toMatchObject({
    id,
    state: 'approved',
    reviewNote: '已核对证照',
    departmentName: '测试市科学技术局',
  });

  const handedOut = await handOut();
  expect(handedOut.statusCode).toBe(201);
  const { login, temporaryPassword } = handedOut.json();
  expect((await signIn(login, temporaryPassword)).status).toBe(200);
  expect((await handOut()).json().refusal).toMatchObject({ code: 'login_taken', where: 'login' });

  const people = await server.visitor({ url: '/api/organisation/people', cookies });
  expect(people.json().items).toMatchObject([{ role: 'organisationAdministrator' }, { role: 'applicant', login }]);
  expect(people.body).not.toContain(temporaryPassword);
});

test.each([
  ['uscc', { uscc: '91210100MA0YANL1X0' }, '校验位'],
  ['uscc', { uscc: '12345' }, '18位'],
  ['kind', { kind: 'circus' }, '单位类型'],
  ['registeredOn', { registeredOn: '2026-02-30' }, '有效的日期'],
  ['registeredOn', { registeredOn: '2026-04-02' }, '晚于今天'],
  ['division', { division: '219999' }, '行政区划'],
  ['contactPhone', { contactPhone: '没有电话' }, '数字'],
  ['legalRepresentative', { legalRepresentative: '   ' }, '没有填写'],
  ['licence', { documents: [] }, '营业执照或法人证书'],
  ['documents', { documents: ['6f9619ff-8b86-4011-b42d-00cf4fc964ff'] }, '不在了'],
  ['departmentId', { departmentId: '6f9619ff-8b86-4011-b42d-00cf4fc964ff' }, '推荐部门'],
])('a wrong %s is refused with its name: %o', async (where, change, message) => {
  const response = await register(change);
  expect(response.statusCode).toBe(422);
  expect(response.json().refusal.where).toBe(where);
  expect(response.json().refusal.message).toContain(message);
});

test('what an organisation leaves open about its budget stays open, it does not become “no”', async () => {
  const kept: unknown[] = [];
  for (const firstLevelBudget of [null, false, true]) {
    const uscc = makeCreditCode('12', '210100', `MB2Y${String(kept.length).padStart(4, '0')}`);
    const administrator = { ...registration.administrator, login: `open${kept.length}` };
    const made = await register({ uscc, administrator, firstLevelBudget });
    expect(made.statusCode, made.body).toBe(201);
    const of = server.context.db.selectFrom('organisation').where('id', '=', made.json().id);
    kept.push((await of.select('firstLevelBudget').executeTakeFirstOrThrow()).firstLevelBudget);
  }
  expect(kept).toEqual([null, false, true]);
});

test('the administrator’s login and password are checked, and a refusal leaves nothing behind', async () => {
  const administrator = { ...registration.administrator, password: '1234567890' };
  expect((await register({ administrator })).json().refusal).toMatchObject({ where: 'administrator.password' });
  const taken = { ...registration.administrator, login: 'Applicant' };
  expect((await register({ administrator: taken })).json().refusal).toMatchObject({ where: 'administrator.login' });
  expect((await register()).statusCode).toBe(201);
});

test('one code registers once, however it is typed and however many press at once', async () => {
  const responses = await Promise.all(
    Array.from({ length: 5 }, (_, index) =>
      register({ administrator: { ...registration.administrator, login: `racer${count}x${index}` } }),
    ),
  );
  expect(responses.map((one) => one.statusCode).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409]);
  const uscc = ` ${String(registration['uscc']).toLowerCase()} `;
  expect((await register({ uscc })).json().refusal).toMatchObject({ code: 'already_registered', where: 'uscc' });
});

test('a rejected organisation reads why, registers again with the same login, and is approved', async () => {
  const { id } = (await register()).json();
  expect((await post('recommendingDepartment', `/api/organisations/${id}/reject`, { reason: ' ' })).statusCode).toBe(
    422,
  );
  await post('recommendingDepartment', `/api/organisations/${id}/reject`, { reason: '证照名称不符' });
  const { cookies } = await signIn(`admin${count}`);
  const seen = await server.visitor({ url: `/api/organisations/${id}`, cookies });
  expect(seen.json()).toMatchObject({ state: 'rejected', reviewNote: '证照名称不符' });

  expect((await register({ name: '更正后的名称' })).json()).toEqual({
    id,
    state: 'pending',
    departmentName: '测试市科学技术局',
  });
  expect((await server.visitor({ url: `/api/organisations/${id}`, cookies })).statusCode).toBe(401);
  expect((await signIn(`admin${count}`)).status).toBe(200);
  expect((await post('recommendingDepartment', `/api/organisations/${id}/approve`)).json().name).toBe('更正后的名称');
});

test('another department neither sees nor decides; nor does an applicant or a visitor', async () => {
  const { id } = (await register()).json();
  for (const role of ['otherDepartment', 'otherApplicant', 'otherOrganisationAdministrator'] as const) {
    expect((await server.as(role)({ url: `/api/organisations/${id}` })).statusCode, role).toBe(404);
  }
  expect((await post('otherDepartment', `/api/organisations/${id}/approve`)).statusCode).toBe(404);
  expect((await post('applicant', `/api/organisations/${id}/approve`)).statusCode).toBe(403);
  expect((await server.visitor({ url: `/api/organisations/${id}` })).statusCode).toBe(401);
  expect((await server.as('recommendingDepartment')({ url: `/api/organisations/${id}` })).json().state).toBe('pending');
});

test('two decisions on one organisation: the second is told of the first', async () => {
  const { id } = (await register()).json();
  const both = await Promise.all([
    post('recommendingDepartment', `/api/organisations/${id}/approve`),
    post('recommendingDepartment', `/api/organisations/${id}/reject`, { reason: '不符' }),
  ]);
  expect(both.map((one) => one.statusCode).toSorted((a, b) => a - b)).toEqual([200, 409]);
});

test('a department lists its own, filtered by state and by a word that is no pattern', async () => {
  await register({ name: '百分之百%研究院' });
  const list = async (query: string, role: TestRole = 'recommendingDepartment') =>
    (await server.as(role)({ url: `/api/organisations?${query}` })).json();
  const found = await list(`state=pending&q=${encodeURIComponent('百%研')}`);
  expect(found.items.map((one: { name: string }) => one.name)).toEqual(['百分之百%研究院']);
  expect((await list(`q=${encodeURIComponent('百_研')}`)).total).toBe(0);
  expect((await list('', 'otherDepartment')).items.map((one: { name: string }) => one.name)).toEqual(['邻市研究院']);
  expect((await list('pageSize=101')).refusal.where).toBe('pageSize');
});

test('an administrator closes, reopens and resets accounts of the own organisation only', async () => {
  const applicant = server.house.people.applicant;
  const change = (what: string, role: TestRole = 'organisationAdministrator', id = applicant.id) =>
    post(role, `/api/organisation/people/${id}/${what}`);
  expect((await change('disable', 'otherOrganisationAdministrator')).statusCode).toBe(404);
  expect(
    (await change('disable', 'organisationAdministrator', server.house.people.organisationAdministrator.id)).statusCode,
  ).toBe(404);
  expect((await change('disable', 'applicant')).statusCode).toBe(403);
  expect((await change('disable')).statusCode).toBe(204);
  expect((await server.as('applicant')({ url: '/api/session' })).statusCode).toBe(401);
  expect((await change('enable')).statusCode).toBe(204);
  expect((await server.as('applicant')({ url: '/api/session' })).statusCode).toBe(200);
  const { link } = (await change('reset-password')).json();
  expect(link.path).toMatch(/^\/app\/set-password#[\w-]{43}$/);
  expect((await server.as('applicant')({ url: '/api/session' })).statusCode).toBe(200);
});

test('every authority with its departments is public, for the registration page', async () => {
  const answer = (await server.visitor({ url: '/api/authorities' })).json();
  expect(answer.items[0]).toMatchObject({
    name: '测试省科学技术厅',
    departments: [{ kind: 'city' }, { kind: 'city' }],
  });
  expect(answer.organisationKinds.length).toBeGreaterThan(5);
});
