import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyChains } from '../platform/audit/verify-chains.ts';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { tinyPdf } from '../testing/pdf.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let roundId: string;
let journey: ReturnType<typeof journeyOf>;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  await bringRegistersUpToDate(server);
  roundId = await openTestRound(server, JOURNEY_CALL);
  journey = journeyOf(server);
});
afterAll(() => server.close());

/** The whole way of one application, each role signed in as itself. */
test('from an empty draft to the list that arrives at the programme officer', async () => {
  const { call, get, step, fill, answerAll, upload } = journey;
  const id = await fill('applicant', roundId, await exampleOf('university'));
  const at = `/api/applications/${id}`;

  const findings = (await get('applicant', `${at}/findings`)).body;
  expect(findings.verdicts.filter((verdict: { outcome: string }) => verdict.outcome === 'fail')).toEqual([]);
  expect(['ready', 'needs_person']).toContain(findings.rollUp);

  const submitted = await step('applicant', id, 'submit');
  expect(submitted.status, JSON.stringify(submitted.body)).toBe(200);
  expect(submitted.body).toMatchObject({ state: 'with_organisation', stateLabel: '待单位审核' });
  expect(submitted.body.versionCode).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);

  const unexplained = await step('organisationAdministrator', id, 'returnByOrganisation', {});
  expect(unexplained).toMatchObject({ status: 422, body: { refusal: { code: 'reason_missing', where: 'reason' } } });
  await step('organisationAdministrator', id, 'returnByOrganisation', { reason: '请核对合作单位名称' });
  const returned = (await get('applicant', at)).body;
  expect(returned).toMatchObject({
    state: 'returned_by_organisation',
    returnReason: { by: '单位管理员', reason: '请核对合作单位名称' },
    editing: { open: true },
  });

  const { revision, data } = returned.sections.project;
  await journey.save('applicant', id, 'project', {
    revision,
    data: { ...data, keywords: '海水淡化；分离膜；抗污染；界面' },
  });
  const again = (await step('applicant', id, 'submit')).body;
  expect(again.versionCode).not.toBe(submitted.body.versionCode);

  await answerAll('organisationAdministrator', id, 'organisation');
  const forwarded = await step('organisationAdministrator', id, 'forward');
  expect(forwarded.body).toMatchObject({ state: 'with_department', stateLabel: '待初审单位审核' });

  const early = await step('recommendingDepartment', id, 'recommend');
  expect(early).toMatchObject({ status: 422, body: { refusal: { code: 'checklist_open' } } });
  const items = await answerAll('recommendingDepartment', id, 'department');
  expect(items.length).toBeGreaterThanOrEqual(8);
  const recommended = await step('recommendingDepartment', id, 'recommend');
  expect(recommended.status, JSON.stringify(recommended.body)).toBe(200);
  expect(recommended.body.state).toBe('recommended');

  const list = (await call('recommendingDepartment', 'POST', `/api/rounds/${roundId}/lists`)).body;
  expect(list).toMatchObject({ ordinal: 1, entries: 1, state: 'current' });
  const unsealed = await call('recommendingDepartment', 'POST', `/api/lists/${list.id}/deliver`);
  expect(unsealed).toMatchObject({ status: 422, body: { refusal: { code: 'scan_missing' } } });
  const scan = `/api/lists/${list.id}/sealed-scan?name=${encodeURIComponent('盖章清单.pdf')}`;
  expect(await upload('recommendingDepartment', scan, tinyPdf(list.code))).toMatchObject({
    status: 200,
    body: { sealedScanName: '盖章清单.pdf' },
  });
  await upload('recommendingDepartment', `/api/lists/${list.id}/letter?name=letter.pdf`, tinyPdf());
  const delivered = await call('recommendingDepartment', 'POST', `/api/lists/${list.id}/deliver`);
  expect(delivered).toMatchObject({ status: 200, body: { state: 'delivered' } });
  expect((await call('recommendingDepartment', 'POST', `/api/lists/${list.id}/deliver`)).body).toEqual(delivered.body);

  const arrived = (await get('programmeOfficer', `/api/rounds/${roundId}/delivered`)).body;
  expect(arrived.items).toMatchObject([{ departmentName: '测试市科学技术局', applications: [{ id }] }]);
  expect((await get('programmeOfficer', at)).body.stateLabel).toBe('已报送科技厅');

  const events = (await get('applicant', `${at}/events`)).body.items;
  const done = events.filter((event: { outcome: string }) => event.outcome === 'done');
  expect(
    done.map((event: { action: string }) => event.action).filter((action: string) => !/attach|Checklist/.test(action)),
  ).toEqual(['createApplication', 'submit', 'returnByOrganisation', 'submit', 'forward', 'recommend', 'deliver']);
  const snapshots = await server.context.db
    .selectFrom('snapshot')
    .select('hash')
    .where('applicationId', '=', id)
    .execute();
  expect(snapshots).toHaveLength(2);
  expect((await verifyChains(server.context.db)).broken).toEqual([]);
});

test('an administrator, an unapproved organisation and a classified project start nothing, and nothing is kept', async () => {
  const { call, create } = journey;
  const before = await countApplications();
  expect(await create('organisationAdministrator', roundId)).toMatchObject({
    status: 403,
    body: { refusal: { code: 'administrator_cannot_apply', message: '单位管理员账号不能新建申报。' } },
  });
  const classified = await call('applicant', 'POST', '/api/applications', {
    roundId,
    topic: 'LN-GJ',
    notClassified: false,
  });
  expect(classified).toMatchObject({
    status: 422,
    body: { refusal: { code: 'classified', clause: { id: 'LN-4.5a' } } },
  });
  expect(classified.body.refusal.remedy).toContain('咨询');
  const { db } = server.context;
  const { otherOrganisationId } = server.house;
  await db.updateTable('organisation').set({ state: 'pending' }).where('id', '=', otherOrganisationId).execute();
  expect(await create('otherApplicant', roundId)).toMatchObject({
    status: 403,
    body: { refusal: { code: 'organisation_not_approved' } },
  });
  await db.updateTable('organisation').set({ state: 'approved' }).where('id', '=', otherOrganisationId).execute();
  expect(await countApplications()).toBe(before);
});

const countApplications = async () => (await server.context.db.selectFrom('application').select('id').execute()).length;

test('what the register knows of the organisation is filled in already', async () => {
  const { id } = (await journey.create('applicant', roundId)).body;
  const { sections, editing } = (await journey.get('applicant', `/api/applications/${id}`)).body;
  expect(sections.lead).toMatchObject({
    revision: 1,
    data: { name: '测试大学', kind: 'university', division: '210100' },
  });
  expect(editing).toEqual({ open: true });
});

test('a stale save is refused with both versions; the same save twice is one', async () => {
  const { id } = (await journey.create('applicant', roundId)).body;
  const saveId = randomUUID();
  const first = { revision: 0, data: { title: '第一个窗口' }, saveId };
  const saved = await journey.save('applicant', id, 'project', first);
  expect(saved).toMatchObject({ status: 200, body: { revision: 1 } });
  expect(await journey.save('applicant', id, 'project', first)).toEqual(saved);
  expect(await journey.save('applicant', id, 'project', { revision: 0, data: { title: '第二个窗口' } })).toMatchObject({
    status: 409,
    body: {
      refusal: { code: 'stale', current: { revision: 1, data: { title: '第一个窗口' }, savedByName: '申报人' } },
    },
  });
  const read = (await journey.get('applicant', `/api/applications/${id}`)).body;
  expect(read).toMatchObject({ title: '第一个窗口', sections: { project: { revision: 1 } } });
});

test('of two saves at the same moment one is kept and the other told', async () => {
  const { id } = (await journey.create('applicant', roundId)).body;
  const saves = await Promise.all(
    ['甲', '乙', '丙'].map((title) => journey.save('applicant', id, 'project', { revision: 0, data: { title } })),
  );
  expect(saves.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
});

test('entries of the wrong type are refused with their place, and nothing is overwritten', async () => {
  const { id } = (await journey.create('applicant', roundId)).body;
  await journey.save('applicant', id, 'budget', { revision: 0, data: { total: 30_000_000 } });
  const wrong = await journey.save('applicant', id, 'budget', { revision: 1, data: { total: '三十万', unheardOf: 1 } });
  expect(wrong).toMatchObject({ status: 422, body: { refusal: { code: 'wrong_type', where: 'budget.total' } } });
  expect(wrong.body.refusal.message).toContain('项目总预算');
  expect(wrong.body.refusal.current.problems).toHaveLength(2);
  const { sections } = (await journey.get('applicant', `/api/applications/${id}`)).body;
  expect(sections.budget).toMatchObject({ revision: 1, data: { total: 30_000_000 } });
  expect((await journey.save('applicant', id, 'nothing', { revision: 0, data: {} })).status).toBe(404);
});

test('an incomplete application is not submitted, and every reason is named', async () => {
  const { id } = (await journey.create('applicant', roundId)).body;
  const refused = await journey.step('applicant', id, 'submit');
  expect(refused.status).toBe(422);
  expect(['blocked', 'incomplete']).toContain(refused.body.refusal.code);
  expect(refused.body.refusal.findings.length).toBeGreaterThan(20);
  for (const finding of refused.body.refusal.findings) expect(finding.clause.id).toMatch(/^LN-/);
  expect((await journey.get('applicant', `/api/applications/${id}`)).body.state).toBe('draft');
});

test('pressing submit five times at once submits once, and all five get the same answer', async () => {
  const id = await journey.fill('applicant', roundId, await exampleOf('enterprise'));
  const answers = await Promise.all(Array.from({ length: 5 }, () => journey.step('applicant', id, 'submit')));
  for (const { status, body } of answers) expect([status, body]).toEqual([200, answers[0]?.body]);
  const { snapshots } = (await journey.get('applicant', `/api/applications/${id}`)).body;
  expect(snapshots).toHaveLength(1);
  await journey.step('applicant', id, 'withdraw', { reason: '测试结束' });
});

test('a submit that arrives again after a return does not submit what was returned', async () => {
  const id = await journey.fill('applicant', roundId, await exampleOf('enterprise'));
  const idempotencyKey = randomUUID();
  await journey.step('applicant', id, 'submit', { idempotencyKey });
  await journey.step('organisationAdministrator', id, 'returnByOrganisation', { reason: '退回' });
  const late = await journey.step('applicant', id, 'submit', { idempotencyKey });
  expect(late).toMatchObject({ status: 200, body: { state: 'returned_by_organisation' } });
  await journey.step('applicant', id, 'withdraw', { reason: '测试结束' });
});

test('the last millisecond of the window counts; the next one is refused, logged, and the draft stays readable (三1)', async () => {
  const punctual = await journey.fill('applicant', roundId, await exampleOf('institute'));
  const late = await journey.fill('applicant', roundId, await exampleOf('public-institution'));
  server.clock.set('2025-11-28T17:00:00.000+08:00');
  expect((await journey.step('applicant', punctual, 'submit')).status).toBe(200);
  server.clock.set('2025-11-28T17:00:00.001+08:00');
  const refused = await journey.step('applicant', late, 'submit');
  expect(refused).toMatchObject({
    status: 403,
    body: { refusal: { code: 'window_closed', clause: { at: '三1' }, at: '2025-11-28T09:00:00.001Z' } },
  });
  expect(refused.body.refusal.message).toContain('17:00:00.001');
  const saved = await journey.save('applicant', late, 'text', { revision: 1, data: {} });
  expect(saved).toMatchObject({ status: 403, body: { refusal: { code: 'window_closed' } } });
  const { items } = (await journey.get('applicant', `/api/applications/${late}/events`)).body;
  expect(items.at(-2)).toMatchObject({ action: 'submit', outcome: 'refused', at: '2025-11-28T09:00:00.001Z' });
  expect((await journey.get('applicant', `/api/applications/${late}`)).body).toMatchObject({
    state: 'draft',
    editing: { open: false },
  });
  // 16:50 at the organisation is not yet at the department: forwarding is what has to be in time.
  const forward = await journey.step('organisationAdministrator', punctual, 'forward');
  expect(forward).toMatchObject({ status: 403, body: { refusal: { code: 'window_closed' } } });
  server.clock.set(IN_THE_WINDOW);
  await journey.step('applicant', punctual, 'withdraw', { reason: '测试结束' });
});

test("other people's applications do not exist for them, and the attempt is logged", async () => {
  const { id } = (await journey.create('applicant', roundId)).body;
  for (const who of [
    'otherApplicant',
    'otherOrganisationAdministrator',
    'otherDepartment',
    'programmeOfficer',
    'systemAdministrator',
  ] as const) {
    expect((await journey.get(who, `/api/applications/${id}`)).status, who).toBe(404);
    expect((await journey.save(who, id, 'project', { revision: 0, data: {} })).status, who).toBe(404);
    expect((await journey.step(who, id, 'withdraw', { reason: '无' })).status, who).toBe(404);
    expect((await journey.get(who, `/api/applications/${id}/print.pdf`)).status, who).toBe(404);
  }
  expect((await journey.get('recommendingDepartment', `/api/applications/${id}`)).status).toBe(404);
  expect((await journey.step('organisationAdministrator', id, 'submit')).status).toBe(403);
  const unknown = await journey.get('applicant', `/api/applications/${randomUUID()}`);
  expect(unknown).toMatchObject({ status: 404, body: { refusal: { code: 'not_found' } } });
  const logged = await server.context.db
    .selectFrom('event')
    .select('personId')
    .where('applicationId', '=', id)
    .where('outcome', '=', 'refused')
    .execute();
  expect(logged.length).toBeGreaterThanOrEqual(20);
});

test('the same project through a second department is refused and the first one named (三1)', async () => {
  const example = await exampleOf('several-partners');
  const first = await journey.fill('applicant', roundId, example);
  await journey.step('applicant', first, 'submit');
  await journey.answerAll('organisationAdministrator', first, 'organisation');
  await journey.step('organisationAdministrator', first, 'forward');

  const second = await journey.fill('otherApplicant', roundId, example);
  const submitted = await journey.step('otherApplicant', second, 'submit');
  expect(submitted.status).toBe(422);
  const finding = submitted.body.refusal.findings.find((one: { rule: string }) => one.rule === 'no-duplicate');
  const { number } = (await journey.get('applicant', `/api/applications/${first}`)).body;
  expect(finding).toMatchObject({ outcome: 'fail', clause: { id: 'LN-3.1b' } });
  expect(JSON.stringify(finding)).toContain(example.application['project']?.['title']);
  expect(number).toMatch(/^2026-21-\d{6}$/);

  // Straight to the organisation, as it would be if both had been submitted at the same moment.
  await server.context.db
    .updateTable('application')
    .set({ state: 'with_organisation' })
    .where('id', '=', second)
    .execute();
  const judged = await journey.step('otherOrganisationAdministrator', second, 'forward');
  expect(judged.status).toBe(422);
  expect((await journey.step('recommendingDepartment', second, 'recommend')).status).toBe(404);
});

test('the checklist: a no needs a reason and stops the step, and counts only for what it judged', async () => {
  const id = await journey.fill('applicant', roundId, await exampleOf('enterprise'));
  await journey.step('applicant', id, 'submit');
  await journey.answerAll('organisationAdministrator', id, 'organisation');
  await journey.step('organisationAdministrator', id, 'forward');
  const [first = { key: '' }] = await journey.answerAll('recommendingDepartment', id, 'department');
  const url = `/api/applications/${id}/checklist/department/${encodeURIComponent(first.key)}`;
  const unexplained = await journey.call('recommendingDepartment', 'PUT', url, { answer: 'no', note: '' });
  expect(unexplained).toMatchObject({ status: 422, body: { refusal: { code: 'note_missing' } } });
  await journey.call('recommendingDepartment', 'PUT', url, { answer: 'no', note: '协议没有写明' });
  const denied = await journey.step('recommendingDepartment', id, 'recommend');
  expect(denied).toMatchObject({ status: 422, body: { refusal: { code: 'checklist_denied', where: first.key } } });
  expect((await journey.call('applicant', 'PUT', url, { answer: 'yes', note: '' })).status).toBe(403);

  await journey.step('recommendingDepartment', id, 'returnByDepartment', { reason: '请补充' });
  server.clock.advance(1000);
  await journey.step('applicant', id, 'submit');
  await journey.step('organisationAdministrator', id, 'forward');
  const { items } = (await journey.get('recommendingDepartment', `/api/applications/${id}/checklist/department`)).body;
  expect(items[0]).toMatchObject({ key: first.key, earlier: { answer: 'no', note: '协议没有写明' } });
  expect(items[0]).not.toHaveProperty('answer');
});

test('the list: filters, search, pages, and only what one may see; the same as a workbook', async () => {
  const mine = (await journey.get('applicant', '/api/applications?pageSize=3&sort=number')).body;
  expect(mine.items).toHaveLength(3);
  expect(mine.total).toBeGreaterThan(5);
  const found = (
    await journey.get('applicant', `/api/applications?q=${encodeURIComponent('主轴')}&state=with_department`)
  ).body;
  expect(found.items).toHaveLength(1);
  expect(found.items[0]).toMatchObject({ callTitle: '2026年度辽宁省国际科技合作计划', mode: 'live' });
  const departments = (await journey.get('recommendingDepartment', '/api/applications')).body.items;
  for (const { state } of departments) expect(['draft', 'with_organisation', 'withdrawn']).not.toContain(state);
  expect((await journey.get('systemAdministrator', '/api/applications')).body).toEqual({ items: [], total: 0 });
  expect((await journey.get('applicant', `/api/applications?q=${encodeURIComponent("%' or 1=1 --")}`)).body.total).toBe(
    0,
  );
  const workbook = await server.as('applicant')({ url: '/api/applications.xlsx?sort=-number' });
  expect(workbook.headers['content-type']).toContain('spreadsheetml');
  expect(workbook.rawPayload.subarray(0, 2).toString()).toBe('PK');
});

test('the buttons of each role follow the table, with the reason where the time is not now', async () => {
  const { items } = (await journey.get('recommendingDepartment', '/api/applications?state=with_department')).body;
  expect(items[0].steps.map((step: { action: string }) => step.action)).toEqual([
    'returnByDepartment',
    'declineRecommendation',
    'recommend',
  ]);
  server.clock.set('2025-12-02T17:00:00.001+08:00');
  const later = (await journey.get('recommendingDepartment', '/api/applications?state=with_department')).body;
  for (const step of later.items[0].steps)
    expect(step).toMatchObject({ open: false, why: expect.stringContaining('截止') });
  server.clock.set(IN_THE_WINDOW);
});
