import { readXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { addPerson, type TestPerson } from '../testing/people.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

/** Identity numbers and mobile phones in clear. */
const NUMBERS = /(?<!\d)\d{6}(?:19|20)\d{9}[\dX]|(?<!\d)1[3-9]\d{9}(?!\d)/g;

let server: TestServer;
let auditor: TestPerson;
let id: string;
let roundId: string;
let journey: ReturnType<typeof journeyOf>;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  await bringRegistersUpToDate(server);
  auditor = await addPerson(server.context.db, 'auditor', '审计员', [{ role: 'auditAdministrator' }]);
  journey = journeyOf(server);
  roundId = await openTestRound(server, JOURNEY_CALL);
  id = await journey.recommend(roundId, await exampleOf('university'));
});
afterAll(() => server.close());

const events = (query: string) => journey.get(auditor, `/api/audit/events?${query}`);

test('the audit administrator finds events by person, action, outcome, subject and time; every look is logged', async () => {
  const { number } = (await journey.get('applicant', `/api/applications/${id}`)).body;
  await journey.step('applicant', id, 'submit');
  expect((await events('action=recommend')).body).toMatchObject({
    total: 1,
    items: [{ personName: '推荐部门', login: 'recommendingdepartment', applicationNumber: number, outcome: 'done' }],
  });
  expect((await events('person=applicant&action=submit&outcome=refused')).body.total).toBe(1);
  expect((await events(`subjectId=${number}&action=forward`)).body.total).toBe(1);
  expect((await events('to=2025-01-01T00:00:00Z')).body.total).toBe(0);
  expect((await events('from=2025-11-20T00:00:00%2B08:00&action=submit&outcome=done')).body.total).toBe(1);
  const looks = (await events('action=readLog&outcome=done')).body;
  expect(looks.items[0]).toMatchObject({ personName: '审计员', detail: { action: 'submit', outcome: 'done' } });
  expect((await events('colour=red')).status).toBe(200);
  expect((await events('outcome=maybe')).status).toBe(400);
});

test('nobody else reads the log, and who tried is in it', async () => {
  for (const who of ['systemAdministrator', 'programmeOfficer', 'applicant'] as const) {
    for (const url of ['/api/audit/events', '/api/audit/events.csv', '/api/audit/roots', '/api/audit/words']) {
      expect((await journey.get(who, url)).status).toBe(403);
    }
    expect((await journey.call(who, 'POST', '/api/audit/roots')).status).toBe(403);
    expect((await journey.call(who, 'POST', '/api/audit/verification')).status).toBe(403);
  }
  expect((await server.visitor({ url: '/api/audit/events' })).statusCode).toBe(401);
  const { items } = (await events('action=readLog&outcome=refused&person=systemadministrator')).body;
  expect(items).toHaveLength(6);
});

test('the export is streamed as CSV and as a workbook, whatever stands in it is no formula, and it is logged', async () => {
  await server.context.db.transaction().execute((trx) =>
    server.context.log(trx, {
      at: server.clock.now(),
      action: '=cmd',
      outcome: 'done',
      subjectKind: 'thing',
      subjectId: '1',
    }),
  );
  const csv = await server.as(auditor)({ url: '/api/audit/events.csv' });
  const lines = csv.body.trim().split('\r\n');
  expect(lines[0]?.replace('\uFEFF', '').split(',').slice(0, 3)).toEqual(['序号', '时间', '姓名']);
  expect(csv.body).toContain("'=cmd");
  const xlsx = await server.as(auditor)({ url: '/api/audit/events.xlsx?action=submit' });
  const { sheets } = await readXlsx(xlsx.rawPayload);
  expect(sheets[0]?.rows.length).toBe(3);
  expect((await events('action=exportLog')).body.items[0].detail).toEqual({ action: 'submit', kind: 'xlsx' });
});

test('roots are gathered and stamped on demand, kept as a file, and everything is proved', async () => {
  const made = (await journey.call(auditor, 'POST', '/api/audit/roots')).body;
  expect(made).toEqual({ made: 1, stamped: 1 });
  const { items } = (await journey.get(auditor, '/api/audit/roots')).body;
  expect(items[0]).toMatchObject({ ordinal: 1, firstEvent: 1, authority: '演练时间戳' });
  const file = await journey.get(auditor, '/api/audit/roots/1');
  expect(JSON.parse(file.body.statement)).toMatchObject({ format: 'keshen-root-1', ordinal: 1 });
  expect((await journey.get(auditor, '/api/audit/roots/9')).status).toBe(404);
  const verdict = (await journey.call(auditor, 'POST', '/api/audit/verification')).body;
  expect(verdict).toMatchObject({ broken: [], roots: { roots: 1, stamped: 1, faults: [] } });
});

test('a receipt is for whoever may read the application, and anybody can have it checked', async () => {
  const url = `/api/applications/${id}/receipt`;
  const receipt = (await journey.get('applicant', `${url}?action=submit`)).body;
  const { number, versionCode } = (await journey.get('applicant', `/api/applications/${id}`)).body;
  expect(receipt).toMatchObject({ action: 'submit', about: { number, versionCode, step: '提交单位审核' } });
  expect(receipt.root.stamp).toBeTypeOf('string');
  expect((await journey.get('recommendingDepartment', url)).body.action).toBe('recommend');
  for (const who of ['otherApplicant', 'otherDepartment'] as const)
    expect((await journey.get(who, url)).status).toBe(404);
  expect((await journey.get('applicant', `${url}?action=deliver`)).body.refusal.code).toBe('nothing_to_receipt');

  const check = async (payload: object) =>
    (await server.visitor({ method: 'POST', url: '/api/receipts/check', payload })).json();
  expect(await check(receipt)).toMatchObject({ genuine: true, checks: [{}, {}, {}, {}, {}] });
  expect(await check({ ...receipt, at: '2025-01-01T00:00:00.000Z' })).toMatchObject({ genuine: false });
  expect(await check({ ...receipt, extra: 1 })).toHaveProperty('refusal');
  expect(await check({ ...receipt, hash: '0'.repeat(64) })).toMatchObject({ genuine: false });
});

test('one value is shown in full to who gives a reason, which the log keeps; not to others, nor what is not personal', async () => {
  const reveal = (who: Parameters<typeof journey.call>[0], path: string, reason = '核对身份证件') =>
    journey.call(who, 'POST', `/api/applications/${id}/reveal`, { path, reason });
  const { application } = await exampleOf('university');
  const idNumber = application['principalInvestigator']?.['idNumber'];
  expect((await reveal('recommendingDepartment', 'principalInvestigator.idNumber')).body).toEqual({ value: idNumber });
  expect((await reveal('recommendingDepartment', 'principalInvestigator.idNumber', ' ')).status).toBe(422);
  expect((await reveal('recommendingDepartment', 'principalInvestigator.name')).status).toBe(404);
  expect((await reveal('recommendingDepartment', 'nothing.at[all].here')).status).toBe(404);
  expect((await reveal('otherDepartment', 'principalInvestigator.idNumber')).status).toBe(404);
  const [row] = (application['members']?.['list'] ?? []) as { id: string; idNumber: string }[];
  expect((await reveal('recommendingDepartment', `members.list[${row?.id}].idNumber`)).body.value).toBe(row?.idNumber);
  const { items } = (await events('action=revealValue&outcome=done')).body;
  expect(items.at(-1).detail).toEqual({ path: 'principalInvestigator.idNumber', reason: '核对身份证件' });
});

test('whoever reviews sees numbers in part, in the content as in the findings; the organisation sees them whole', async () => {
  const numbersOf = async (who: Parameters<typeof journey.get>[0]) => {
    const answers = await Promise.all(
      ['', '/facts', '/findings', '/events'].map((path) => journey.get(who, `/api/applications/${id}${path}`)),
    );
    return JSON.stringify(answers.map(({ body }) => body)).match(NUMBERS) ?? [];
  };
  expect(await numbersOf('recommendingDepartment')).toEqual([]);
  expect(await numbersOf('applicant')).not.toEqual([]);
  const { body } = await journey.get('recommendingDepartment', `/api/applications/${id}`);
  expect(body.sections.principalInvestigator.data).toMatchObject({
    idNumber: expect.stringMatching(/^\d{6}\*{8}\d{3}[\dX]$/),
    phone: expect.stringMatching(/^\d{3}\*{4}\d{4}$/),
  });
  const own = (await journey.get('organisationAdministrator', `/api/applications/${id}`)).body;
  expect(own.sections.principalInvestigator.data.name).toBe(body.sections.principalInvestigator.data.name);
  expect(own.sections.principalInvestigator.data.idNumber).toMatch(/^\d{17}[\dX]$/);
});

test('a print by whoever reviews is logged, the own one is not', async () => {
  for (const who of ['recommendingDepartment', 'applicant'] as const) {
    expect((await server.as(who)({ url: `/api/applications/${id}/print.pdf` })).statusCode).toBe(200);
  }
  expect((await events('action=printApplication')).body).toMatchObject({
    total: 1,
    items: [{ personName: '推荐部门' }],
  });
});

test('the phone of an organisation is in part for its department, and in full with a reason', async () => {
  const url = `/api/organisations/${server.house.organisationId}`;
  expect((await journey.get('applicant', url)).body.contactPhone).toBe('02400000000');
  expect((await journey.get('recommendingDepartment', url)).body.contactPhone).toBe('024****0000');
  const reveal = (who: Parameters<typeof journey.call>[0], reason: string) =>
    journey.call(who, 'POST', `${url}/reveal`, { reason });
  expect((await reveal('recommendingDepartment', '电话核实')).body).toEqual({ value: '02400000000' });
  expect((await reveal('recommendingDepartment', '')).status).toBe(422);
  expect((await reveal('otherDepartment', '电话核实')).status).toBe(404);
});

test('everybody gets what the system holds about them, and that is logged', async () => {
  const { body } = await journey.get('applicant', '/api/me/data');
  expect(body).toMatchObject({ person: { login: 'applicant' }, roles: [{ role: 'applicant' }] });
  expect(body.applications[0].sections.principalInvestigator.idNumber).toMatch(/^\d{17}[\dX]$/);
  expect(JSON.stringify(body)).not.toContain('passwordHash');
  const own = (await journey.get('organisationAdministrator', '/api/me/data')).body;
  expect(own.organisations[0].contactPhone).toBe('02400000000');
  expect((await events('action=exportOwnData')).body.total).toBe(2);
});

test('in the tables, and in the log, no identity number and no phone stands in clear', async () => {
  const { application } = await exampleOf('university');
  const draft = (await journey.create('otherApplicant', roundId)).body.id;
  const wrong = { name: '林示例', birthDate: '210102197001010018' };
  const refusal = await journey.save('otherApplicant', draft, 'principalInvestigator', { revision: 0, data: wrong });
  expect(refusal.body.refusal.message).toContain('210102197001010018');
  const numbers = ['210102197001010018'].concat(JSON.stringify(application).match(NUMBERS) ?? []);
  expect(numbers.length).toBeGreaterThan(2);
  const { rows } = await sql<{ text: string }>`
    select data::text as text from application_section union all select data::text from application_section_history
    union all select content from snapshot union all select detail::text from event`.execute(server.context.db);
  for (const number of numbers) expect(rows.filter(({ text }) => text.includes(number))).toEqual([]);
});
