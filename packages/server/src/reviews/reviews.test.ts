import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type TestPerson } from '../testing/people.ts';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { openTestRound, republish } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
let second: TestPerson;
let checker: TestPerson;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  roundId = await openTestRound(server, JOURNEY_CALL);
  // One person leads all the projects here, which the call's rules do not allow.
  await republish(server, roundId, { rules: [] });
  const { authorityId, departmentId, organisationId } = server.house;
  const { db } = server.context;
  second = await addPerson(db, 'second', '部门第二人', [{ role: 'recommendingDepartment', authorityId, departmentId }]);
  checker = await addPerson(db, 'checker', '单位初核人', [
    { role: 'organisationReviewer', authorityId, organisationId },
  ]);
});
afterAll(() => server.close());

/** Several applications of one organisation, each at the department. */
async function atTheDepartment(title: string): Promise<string> {
  const { application, materials } = await exampleOf('university');
  const id = await journey.fill('applicant', roundId, {
    application: { ...application, project: { ...application['project'], title } },
    materials,
  });
  await journey.step('applicant', id, 'submit');
  await journey.answerAll('organisationAdministrator', id, 'organisation');
  const forwarded = await journey.step('organisationAdministrator', id, 'forward');
  expect(forwarded.status, JSON.stringify(forwarded.body)).toBe(200);
  return id;
}

const actionsOf = (body: { steps: { action: string }[] }) => body.steps.map(({ action }) => action);

test('where the department has a final sign-off, one reviews and another one signs', async () => {
  const { call, step, get, answerAll } = journey;
  const id = await atTheDepartment('复核签发试验项目一');
  expect(actionsOf((await get('recommendingDepartment', `/api/applications/${id}`)).body)).not.toContain(
    'completeDepartmentReview',
  );
  const lonely = await call('otherDepartment', 'PUT', '/api/review-settings', { finalSignOff: true });
  expect(lonely).toMatchObject({ status: 409, body: { refusal: { code: 'one_person_only' } } });
  const setting = await call('recommendingDepartment', 'PUT', '/api/review-settings', { finalSignOff: true });
  expect(setting).toMatchObject({ status: 200, body: { finalSignOff: true, step: 'department' } });
  expect(setting.body.reviewers).toHaveLength(2);

  await answerAll('recommendingDepartment', id, 'department');
  expect(await step('recommendingDepartment', id, 'recommend')).toMatchObject({
    status: 409,
    body: { refusal: { code: 'not_reviewed_first' } },
  });
  const assigned = { personId: second.id };
  expect(
    (await call('recommendingDepartment', 'PUT', `/api/applications/${id}/reviews/department/reviewer`, assigned))
      .status,
  ).toBe(204);
  expect(await step('recommendingDepartment', id, 'completeDepartmentReview')).toMatchObject({
    status: 403,
    body: { refusal: { code: 'assigned_to_another', message: '这份申报已指定由部门第二人初核。' } },
  });
  const reviewed = await step(second, id, 'completeDepartmentReview');
  expect(reviewed.body).toMatchObject({ state: 'reviewed_by_department', stateLabel: '初审单位初核通过，待签发' });
  expect(await step(second, id, 'recommend')).toMatchObject({
    status: 403,
    body: { refusal: { code: 'same_person' } },
  });
  expect((await step('recommendingDepartment', id, 'recommend')).body.state).toBe('recommended');
  await call('recommendingDepartment', 'PUT', '/api/review-settings', { finalSignOff: false });
});

test('an organisation has a reviewer of its own before the administrator forwards', async () => {
  const { call, step, fill, answerAll } = journey;
  await call('organisationAdministrator', 'PUT', '/api/review-settings', { finalSignOff: true });
  const id = await fill('applicant', roundId, await exampleOf('university'));
  await step('applicant', id, 'submit');
  await answerAll(checker, id, 'organisation');
  expect((await step(checker, id, 'forward')).status).toBe(403);
  expect((await step(checker, id, 'completeOrganisationCheck')).body.state).toBe('checked_by_organisation');
  expect((await step('organisationAdministrator', id, 'forward')).body.state).toBe('with_department');
  await call('organisationAdministrator', 'PUT', '/api/review-settings', { finalSignOff: false });
  await step('applicant', id, 'withdraw', { reason: '换一份' });
});

test('marked places come with the return; each is settled by changing it, and notes stay among the reviewers', async () => {
  const { call, get, step, save } = journey;
  const id = await atTheDepartment('标出修改处试验项目');
  const marks = `/api/applications/${id}/reviews/department/marks`;
  const remarks = `/api/applications/${id}/reviews/department/remarks`;
  const mark = (path: string, remark: string) => call('recommendingDepartment', 'PUT', marks, { path, remark });
  expect((await mark('project.keywords', '关键词与题目不符')).status).toBe(204);
  expect((await mark('materials.agreement', '协议缺签字页')).status).toBe(204);
  expect((await mark('project.summary', '要删的')).status).toBe(204);
  expect((await mark('project.summary', '')).status).toBe(204);
  expect(await mark('project.nothing', '没有')).toMatchObject({
    status: 422,
    body: { refusal: { code: 'no_such_place' } },
  });
  expect(await call('applicant', 'PUT', marks, { path: 'project.title', remark: '我' })).toMatchObject({ status: 403 });
  expect((await mark('project.title.first', '没有这一处')).status).toBe(422);
  await call('recommendingDepartment', 'POST', remarks, { kind: 'note', text: '内部：负责人去年有过延期' });
  await call('recommendingDepartment', 'POST', remarks, { kind: 'opinion', text: '研究基础扎实，同意推荐。' });

  const seen = async (who: 'applicant' | 'organisationAdministrator') =>
    (await get(who, `/api/applications/${id}/marks`)).body.items;
  expect(await seen('applicant')).toEqual([]);
  await step('recommendingDepartment', id, 'returnByDepartment', { reason: '见标出的各处' });
  expect(await seen('applicant')).toMatchObject([
    { path: 'project.keywords', label: expect.stringContaining('关键词'), remark: '关键词与题目不符', resolved: false },
    { path: 'materials.agreement', remark: '协议缺签字页', resolved: false },
  ]);
  const { revision, data } = (await get('applicant', `/api/applications/${id}`)).body.sections.project;
  await save('applicant', id, 'project', { revision, data: { ...data, keywords: '海水淡化；正渗透；膜；能耗' } });
  expect((await seen('applicant')).map(({ resolved }: { resolved: boolean }) => resolved)).toEqual([true, false]);

  for (const who of ['applicant', 'organisationAdministrator'] as const) {
    expect((await get(who, `/api/applications/${id}/reviews/department`)).status).toBe(403);
    const everything = JSON.stringify([
      (await get(who, `/api/applications/${id}`)).body,
      (await get(who, `/api/applications/${id}/events`)).body,
    ]);
    expect(everything).not.toContain('延期');
  }
  const desk = (await get(second, `/api/applications/${id}/reviews/department`)).body;
  expect(desk).toMatchObject({ opinion: { text: '研究基础扎实，同意推荐。' }, notes: [{ by: '推荐部门' }] });
});

test('a preview of many tells which succeed and why the others do not, and leaves nothing', async () => {
  const { call, get, answerAll } = journey;
  const ready = await atTheDepartment('批量试验甲：低温储能材料');
  const open = await atTheDepartment('批量试验乙：海上风电运维');
  await answerAll('recommendingDepartment', ready, 'department');
  const foreign = '11111111-1111-4111-8111-111111111111';
  const before = await server.context.db.selectFrom('event').select('id').execute();
  const preview = await call('recommendingDepartment', 'POST', '/api/applications/preview', {
    action: 'recommend',
    ids: [ready, open, foreign],
  });
  expect(preview.status, JSON.stringify(preview.body)).toBe(200);
  expect(preview.body.items).toMatchObject([
    { id: ready, title: '批量试验甲：低温储能材料' },
    { id: open, refusal: { code: 'checklist_open', clause: { id: expect.stringMatching(/^LN-/) } } },
    { id: foreign, refusal: { code: 'not_found' } },
  ]);
  expect(preview.body.items[0].refusal).toBeUndefined();
  expect((await get('recommendingDepartment', `/api/applications/${ready}`)).body.state).toBe('with_department');
  expect(await server.context.db.selectFrom('event').select('id').execute()).toHaveLength(before.length);
});

test('the queue is filtered by topic, findings, assigned reviewer, organisation and days left; views are a person’s own', async () => {
  const { call, get } = journey;
  const id = await atTheDepartment('筛选试验项目');
  await call('recommendingDepartment', 'PUT', `/api/applications/${id}/reviews/department/reviewer`, {
    personId: second.id,
  });
  const list = async (query: string) =>
    (await get('recommendingDepartment', `/api/applications?${query}`)).body.items.map((row: { id: string }) => row.id);
  expect(await list(`reviewer=${second.id}&state=with_department`)).toEqual([id]);
  expect(await list('reviewer=none')).not.toContain(id);
  const { findings, topic } = (await get('recommendingDepartment', `/api/applications/${id}`)).body;
  const kind = findings[0] ?? 'clear';
  expect(await list(`finding=${kind}`)).toContain(id);
  expect(await list('finding=against')).not.toContain(id);
  expect(await list(`topic=${topic}`)).toContain(id);
  expect(await list(`organisationId=${server.house.organisationId}&topic=none`)).toEqual([]);
  // The department has until 2 December 17:00, twelve days and seven hours away.
  expect(await list('dueWithin=12')).toEqual([]);
  expect(await list('dueWithin=13')).toContain(id);
  const choices = (await get('recommendingDepartment', '/api/applications/choices')).body;
  expect(choices.organisations).toEqual([{ id: server.house.organisationId, name: '测试大学' }]);
  expect(choices.reviewers).toEqual([{ id: second.id, name: '部门第二人' }]);

  const saved = await call('recommendingDepartment', 'PUT', '/api/saved-views/department', {
    name: '待我审',
    filters: { reviewer: second.id },
  });
  expect(saved.body.items).toMatchObject([{ name: '待我审' }]);
  expect((await get(second, '/api/saved-views/department')).body.items).toEqual([]);
  expect((await call(second, 'DELETE', `/api/saved-views/${saved.body.items[0].id}`)).status).toBe(204);
  expect((await get('recommendingDepartment', '/api/saved-views/department')).body.items).toHaveLength(1);
});
