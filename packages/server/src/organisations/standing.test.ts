import { afterAll, beforeAll, expect, test } from 'vitest';
import { importRegister } from '../registry/index.ts';
import { hostFacts } from '../quotas/index.ts';
import { journeyOf } from '../testing/journey.ts';
import { tinyPdf } from '../testing/pdf.ts';
import { USCC } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
beforeAll(async () => {
  server = await startTestServer();
  journey = journeyOf(server);
});
afterAll(() => server.close());

const ADMIN = 'organisationAdministrator';
const paper = async (kind: string): Promise<string> =>
  (await journey.upload(ADMIN, `/api/organisation/documents?kind=${kind}&name=a.pdf`, tinyPdf(kind))).body.id;
const ask = (fields: object, reason = '更名批复〔2026〕3号') =>
  journey.call(ADMIN, 'POST', '/api/organisation/changes', { fields, reason });
const profile = async () => (await journey.get(ADMIN, `/api/organisations/${server.house.organisationId}`)).body;

test('a change holds only when the department has approved it; before, after and who approved stay in the history', async () => {
  const before = await profile();
  const asked = await journey.call(ADMIN, 'POST', '/api/organisation/changes', {
    fields: { name: '测试科技大学', legalRepresentative: '王示例' },
    reason: '更名批复〔2026〕3号',
    documents: [await paper('changeProof')],
  });
  expect(asked.status, JSON.stringify(asked.body)).toBe(201);
  expect(asked.body.changes).toMatchObject([
    { field: 'name', before: '测试大学', after: '测试科技大学' },
    { field: 'legalRepresentative', before: '张示例', after: '王示例' },
  ]);
  expect((await profile()).name).toBe(before.name);
  expect((await ask({ address: '新址' })).body.refusal.code).toBe('change_open');
  const { id } = asked.body;
  expect((await journey.call('otherDepartment', 'POST', `/api/organisation-changes/${id}/approve`, {})).status).toBe(
    404,
  );
  expect((await journey.get('recommendingDepartment', '/api/organisation-changes')).body.items).toMatchObject([{ id }]);
  const both = await Promise.all([
    journey.call('recommendingDepartment', 'POST', `/api/organisation-changes/${id}/approve`, {}),
    journey.call('recommendingDepartment', 'POST', `/api/organisation-changes/${id}/decline`, { reason: '缺批复' }),
  ]);
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  const state = (await profile()).name;
  const { items } = (await journey.get(ADMIN, `/api/organisations/${server.house.organisationId}/history`)).body;
  expect(items.length).toBe(state === '测试科技大学' ? 1 : 0);
});

test.each([
  [{ name: '测试大学', division: '219999' }, 'division'],
  [{ kind: 'circus' }, 'kind'],
  [{ registeredOn: '2030-01-01' }, 'registeredOn'],
])('a change to what cannot be is refused: %o', async (fields, where) => {
  expect((await ask(fields)).body.refusal.where).toBe(where);
});

test('no reason, nothing changed, not an administrator: each is told', async () => {
  expect((await ask({ address: '别处' }, ' ')).body.refusal.code).toBe('reason_needed');
  expect((await ask({ kind: 'university' })).body.refusal.code).toBe('nothing_changed');
  const applicant = await journey.call('applicant', 'POST', '/api/organisation/changes', { fields: {}, reason: 'x' });
  expect(applicant.status).toBe(403);
});

test('a platform counts for bonus places once the department has confirmed it, and survives an import', async () => {
  const { db } = server.context;
  const known = () => hostFacts(db, server.house.authorityId, USCC);
  const platform = {
    kind: 'provincialKeyLab',
    name: '测试材料重点实验室',
    confirmedByAuthority: '测试省科学技术厅',
    confirmedOn: '2020-01-01',
    ongoingCooperation: false,
  };
  const asked = await journey.call(ADMIN, 'POST', '/api/organisation/platforms', {
    ...platform,
    documents: [await paper('platformProof')],
  });
  expect(asked.status, JSON.stringify(asked.body)).toBe(201);
  expect((await known()).platforms ?? []).toEqual([]);
  const url = `/api/hosted-platforms/${asked.body.id}`;
  expect((await journey.call('otherDepartment', 'POST', `${url}/confirm`, {})).status).toBe(404);
  expect((await journey.call('recommendingDepartment', 'POST', `${url}/confirm`, {})).status).toBe(200);
  expect((await known()).platforms).toMatchObject([{ name: platform.name, confirmed: true, ongoing: false }]);
  const imported = (content: object[]) =>
    importRegister(server.context, {
      authorityId: server.house.authorityId,
      register: 'platforms',
      name: '平台名录',
      asOf: '2026-04-01',
      content,
      at: server.clock.now(),
    });
  await imported([]);
  expect((await known()).platforms).toHaveLength(1);
  // The register brings the same platform: nobody gets its place twice.
  await imported([
    { id: 'P9', uscc: USCC, kind: platform.kind, name: platform.name, confirmed: true, ongoingCooperation: true },
  ]);
  expect((await known()).platforms).toMatchObject([{ id: 'P9', ongoing: true }]);
  const again = await journey.call(ADMIN, 'POST', '/api/organisation/platforms', {
    ...platform,
    documents: [await paper('platformProof')],
  });
  expect(again.body.refusal.code).toBe('in_register');
});

test('a deputy acts until the instant, logged as deputy, and neither delegates nor hands over', async () => {
  const deputy = server.house.people.applicant;
  const until = new Date(server.clock.now().getTime() + 3600_000).toISOString();
  const asAdministrator = { method: 'GET', url: '/api/organisation/people' } as const;
  expect((await server.as('applicant')(asAdministrator)).statusCode).toBe(403);
  const named = await journey.call(ADMIN, 'POST', '/api/organisation/deputies', {
    who: { personId: deputy.id },
    until,
  });
  expect(named.status, JSON.stringify(named.body)).toBe(201);
  expect((await server.as('applicant')(asAdministrator)).statusCode).toBe(200);
  const contact = { contactName: '赵示例', contactPhone: '024-11111111' };
  expect((await journey.call('applicant', 'PUT', '/api/organisation/contact', contact)).status).toBe(204);
  const entry = await server.context.db
    .selectFrom('event')
    .select(['personId', 'detail'])
    .where('action', '=', 'changeContact')
    .executeTakeFirstOrThrow();
  expect(entry).toMatchObject({ personId: deputy.id, detail: { deputy: true } });
  const further = { who: { personId: server.house.people.organisationAdministrator.id }, until };
  expect((await journey.call('applicant', 'POST', '/api/organisation/deputies', further)).body.refusal.code).toBe(
    'not_the_administrator',
  );
  server.clock.set(until);
  expect((await server.as('applicant')(asAdministrator)).statusCode).toBe(403);
});

test('a deputy’s right ends at once when the administrator ends it', async () => {
  const deputy = server.house.people.applicant;
  const until = new Date(server.clock.now().getTime() + 3600_000).toISOString();
  await journey.call(ADMIN, 'POST', '/api/organisation/deputies', { who: { personId: deputy.id }, until });
  expect((await journey.call(ADMIN, 'DELETE', `/api/organisation/deputies/${deputy.id}`)).status).toBe(204);
  expect((await server.as('applicant')({ url: '/api/organisation/people' })).statusCode).toBe(403);
  const over = await journey.call(ADMIN, 'POST', '/api/organisation/deputies', {
    who: { personId: deputy.id },
    until: '2020-01-01T00:00:00Z',
  });
  expect(over.body.refusal.where).toBe('until');
});

test('a hand-over ends the old grants and their deputies at once, and the department can do it when nobody is there', async () => {
  const { organisationId } = server.house;
  const deputy = server.house.people.applicant;
  const until = new Date(server.clock.now().getTime() + 3600_000).toISOString();
  await journey.call(ADMIN, 'POST', '/api/organisation/deputies', { who: { personId: deputy.id }, until });
  const handOver = { who: { login: 'xinguanli', name: '钱示例' }, reason: '原管理员调离' };
  const byOther = await journey.call(
    'otherDepartment',
    'POST',
    `/api/organisations/${organisationId}/hand-over`,
    handOver,
  );
  expect(byOther.status).toBe(403);
  const done = await journey.call(
    'recommendingDepartment',
    'POST',
    `/api/organisations/${organisationId}/hand-over`,
    handOver,
  );
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  expect(done.body.link.path).toMatch(/^\/app\/set-password#/);
  for (const role of [ADMIN, 'applicant'] as const)
    expect((await server.as(role)({ url: '/api/organisation/people' })).statusCode, role).toBe(403);
  const { administrator, deputies } = (
    await journey.get('recommendingDepartment', `/api/organisations/${organisationId}/administration`)
  ).body;
  expect(administrator).toMatchObject({ login: 'xinguanli' });
  expect(deputies).toEqual([]);
});
