import { afterAll, beforeAll, expect, test } from 'vitest';
import { importRegister } from '../registry/index.ts';
import { cloneApplication } from '../testing/clone-application.ts';
import { bringRegistersUpToDate, exampleOf, journeyOf } from '../testing/journey.ts';
import { USCC } from '../testing/people.ts';
import { openTestRound, republish } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

// 江苏: 专题二每家 3 项；专题四、五合并，设区市和县（市）合用 6 项，高新区另计；平台的单独名额。
const CALL = 'jiangsu-2026-international';
let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
let keyCountry: string;
let beltRoad: string;
let count = 0;

beforeAll(async () => {
  server = await startTestServer({ at: '2026-05-11T10:00:00+08:00' });
  await bringRegistersUpToDate(server);
  const { db } = server.context;
  const place = (id: string, kind: string) =>
    db.updateTable('department').set({ kind, division: '320100' }).where('id', '=', id).execute();
  await place(server.house.departmentId, 'cityBureau');
  await place(server.house.otherDepartmentId, 'countyBureau');
  journey = journeyOf(server);
  roundId = await openTestRound(server, CALL);
  await republish(server, roundId, { rules: [] });
  await platforms([]);
  keyCountry = await toDepartment('university-key-country');
  beltRoad = await toDepartment('institute-belt-road');
}, 60_000);
afterAll(() => server.close());

/** A journeyed application, answered for by everybody up to the department. */
async function toDepartment(name: string): Promise<string> {
  const id = await journey.fill('applicant', roundId, await exampleOf(name, CALL));
  const submitted = await journey.step('applicant', id, 'submit');
  expect(submitted, JSON.stringify(submitted.body)).toMatchObject({ status: 200 });
  await journey.answerAll('organisationAdministrator', id, 'organisation');
  expect((await journey.step('organisationAdministrator', id, 'forward')).status).toBe(200);
  await journey.answerAll('recommendingDepartment', id, 'department');
  return id;
}

const another = (of: string, changed: { topic?: string; departmentId?: string; organisationId?: string } = {}) => {
  count += 1;
  const title = Array.from({ length: 12 }, (_, at) => String.fromCodePoint(0x4e00 + count * 131 + at * 977)).join('');
  return cloneApplication(server, of, { title, state: 'with_department', ...changed });
};

type Row = Record<string, unknown>;
const platforms = (rows: Row[]) =>
  importRegister(server.context, {
    authorityId: server.house.authorityId,
    register: 'platforms',
    name: '平台名录',
    asOf: '2026-05-01',
    content: rows,
    at: server.clock.now(),
  });
const recommend = (
  id: string,
  body: object = {},
  who: 'recommendingDepartment' | 'otherDepartment' = 'recommendingDepartment',
) => journey.step(who, id, 'recommend', body);
const left = async (who: 'recommendingDepartment' | 'otherDepartment' | 'organisationAdministrator', quota: string) => {
  const { body } = await journey.get(who, `/api/rounds/${roundId}/places`);
  return body.places.find((places: { quota: string }) => places.quota === quota);
};

test('a bonus place rests on a confirmed platform of the own house that runs no cooperation project (二3)', async () => {
  const base = {
    id: 'P1',
    uscc: USCC,
    kind: 'provincialKeyLab',
    name: '测试材料重点实验室',
    confirmed: true,
    ongoingCooperation: false,
  };
  await platforms([
    base,
    { ...base, id: 'P2', name: '有在研的实验室', ongoingCooperation: true },
    { ...base, id: 'P3', name: '没有认定的企业', kind: 'leadingEnterprise', confirmed: false },
    { ...base, id: 'P4', name: '别家的实验室', uscc: '12210200YANLJ00018' },
    { ...base, id: 'P5', name: '引智基地', kind: 'base111' },
    { ...base, id: 'P6', name: '没有写明的实验室', ongoingCooperation: null },
  ]);
  const refusals = await Promise.all(
    ['P2', 'P3', 'P4', 'P5', 'P6', 'P7'].map(
      async (platformId) => (await recommend(keyCountry, { platformId })).body.refusal,
    ),
  );
  expect(refusals.map(({ code }) => code)).toEqual(Array.from({ length: 6 }, () => 'no_bonus_place'));
  expect(refusals.map(({ message }) => message)).toEqual([
    '不能使用单独名额：“有在研的实验室”有在研的合作计划项目，不再给单独名额。',
    '不能使用单独名额：“没有认定的企业”还没有认定，没有单独名额。',
    `不能使用单独名额：“别家的实验室”的依托单位（统一社会信用代码12210200YANLJ00018）不是测试大学（${USCC}）。`,
    '不能使用单独名额：“引智基地”是学科创新引智基地，不在给单独名额的平台之列。',
    '不能使用单独名额：平台名录没有写明“没有写明的实验室”是否有在研的合作计划项目，核对不了。',
    '不能使用单独名额：平台名录里没有所选的平台。',
  ]);
  expect(refusals[0].clause.id).toBe('JS-2.3g');

  expect((await recommend(keyCountry, { platformId: 'P1' })).status).toBe(200);
  expect(await left('recommendingDepartment', 'keyCountryAndHmt')).toMatchObject({ taken: 0 });
  for (const column of ['agreement', 'complete', 'ethics', 'credit']) {
    const path = `/api/applications/${keyCountry}/list-columns/${column}`;
    expect((await journey.call('recommendingDepartment', 'PUT', path, { text: '是' })).status).toBe(200);
  }
  const contact = { name: '陈示例', phone: '025-00000000' };
  const list = (await journey.call('recommendingDepartment', 'POST', `/api/rounds/${roundId}/lists`, { contact })).body;
  const { content } = await server.context.db
    .selectFrom('recommendationList')
    .select('content')
    .where('id', '=', list.id)
    .executeTakeFirstOrThrow();
  expect(content['rows']).toMatchObject([expect.arrayContaining(['是：测试材料重点实验室'])]);
  const second = await another(keyCountry);
  expect((await recommend(second, { platformId: 'P1' })).body.refusal).toMatchObject({
    code: 'bonus_used_up',
    message: '“测试材料重点实验室”的单独名额共1项，已用1项，没有剩余。',
  });
  const offered = (await journey.get('recommendingDepartment', `/api/applications/${second}/places`)).body.bonus;
  expect(offered.find(({ platformId }: Row) => platformId === 'P1').why).toContain('已经用完');
});

test('county and city share the six places of topics 四 and 五, a zone has its own, belt and road counts apart (二3)', async () => {
  const { house } = server;
  const county = [
    await another(keyCountry, { departmentId: house.otherDepartmentId }),
    await another(keyCountry, { topic: 'hmt', departmentId: house.otherDepartmentId }),
  ];
  for (const id of county) expect((await recommend(id, {}, 'otherDepartment')).status).toBe(200);
  const city = [];
  for (let index = 0; index < 4; index += 1)
    city.push(await another(keyCountry, { topic: index % 2 ? 'hmt' : 'keyCountry' }));
  for (const id of city) expect((await recommend(id)).status).toBe(200);

  expect(await recommend(await another(keyCountry))).toMatchObject({
    status: 409,
    body: {
      refusal: {
        code: 'quota_used_up',
        message: '“专题四、专题五合并的推荐名额”（南京市合用）共6项，已推荐6项，没有剩余。',
        remedy: '本次通知没有撤销推荐这一步；确需调整名额的，请向省科技厅提出。',
        clause: { id: 'JS-2.3f' },
      },
    },
  });
  const countyAgain = await another(keyCountry, { departmentId: house.otherDepartmentId });
  expect((await recommend(countyAgain, {}, 'otherDepartment')).status).toBe(409);
  expect(await left('otherDepartment', 'keyCountryAndHmt')).toMatchObject({ granted: 6, taken: 6, left: 0 });

  expect((await recommend(beltRoad)).status).toBe(200);
  await server.context.db
    .updateTable('department')
    .set({ kind: 'nationalZone' })
    .where('id', '=', house.otherDepartmentId)
    .execute();
  expect((await recommend(countyAgain, {}, 'otherDepartment')).status).toBe(200);
  expect(await left('recommendingDepartment', 'keyCountryAndHmt')).toMatchObject({ taken: 6 });
  expect(await left('otherDepartment', 'keyCountryAndHmt')).toMatchObject({ granted: 3, taken: 1, left: 2 });
});

test('three places an institution in topic 二; the organisation sees what is left before it submits', async () => {
  expect(await left('organisationAdministrator', 'beltRoadPerInstitution')).toMatchObject({
    granted: 3,
    taken: 1,
    left: 2,
    holderName: '测试大学',
  });
  for (let index = 0; index < 2; index += 1) expect((await recommend(await another(beltRoad))).status).toBe(200);
  const fourth = await another(beltRoad);
  expect((await recommend(fourth)).body.refusal).toMatchObject({ code: 'quota_used_up', clause: { id: 'JS-2.3e' } });
  const { body } = await journey.get('recommendingDepartment', `/api/applications/${fourth}/places`);
  expect(body.places).toMatchObject([{ quota: 'beltRoadPerInstitution', left: 0 }]);
});

test('the science department adjusts with a reason, never below what is taken; the holder sees it at once', async () => {
  const { places } = (await journey.get('programmeOfficer', `/api/rounds/${roundId}/places`)).body;
  const pool = places.find(({ holder }: Row) => holder === 'prefecture:320100');
  const adjust = (who: 'programmeOfficer' | 'recommendingDepartment', body: object) =>
    journey.call(who, 'POST', `/api/rounds/${roundId}/places/adjustments`, {
      quota: pool.quota,
      holder: pool.holder,
      change: 1,
      reason: '上年执行好',
      ...body,
    });
  expect((await adjust('recommendingDepartment', {})).status).toBe(404);
  expect((await adjust('programmeOfficer', { reason: ' ' })).body.refusal.code).toBe('reason_missing');
  expect((await adjust('programmeOfficer', { change: -1 })).body.refusal).toMatchObject({
    code: 'already_taken',
    remedy: expect.stringContaining('最多可调减0项'),
  });
  expect((await adjust('programmeOfficer', {})).body).toMatchObject({ granted: 6, adjusted: 1, taken: 6, left: 1 });
  expect(await left('recommendingDepartment', 'keyCountryAndHmt')).toMatchObject({ left: 1 });
  expect((await recommend(await another(keyCountry, {}))).status).not.toBe(409);
  const after = (await journey.get('programmeOfficer', `/api/rounds/${roundId}/places`)).body;
  expect(after.adjustments).toMatchObject([{ change: 1, reason: '上年执行好', byName: '业务处室' }]);
});

test('read as counted at the submit, the fourth submit is refused, and withdrawing one frees its place (二3, 次读法)', async () => {
  const { db } = server.context;
  await db
    .updateTable('round')
    .set({ readings: JSON.stringify({ institutionCounting: 'submitted' }) })
    .where('id', '=', roundId)
    .execute();
  const drafts = [];
  for (let index = 0; index < 4; index += 1) {
    const id = await another(beltRoad);
    await db.updateTable('application').set({ state: 'draft' }).where('id', '=', id).execute();
    drafts.push(id);
  }
  const answers = [];
  for (const id of drafts) answers.push(await journey.step('applicant', id, 'submit'));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 409]);
  expect(answers[3]?.body.refusal.message).toBe(
    '“专题二每家高校、科研机构的名额（按提交计）”（测试大学）共3项，已提交3项，没有剩余。',
  );
  await journey.step('applicant', drafts[0] ?? '', 'withdraw', { reason: '换一个' });
  expect((await journey.step('applicant', drafts[3] ?? '', 'submit')).status).toBe(200);
});
