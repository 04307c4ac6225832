import { afterAll, beforeAll, expect, test } from 'vitest';
import { journeyOf } from '../../testing/journey.ts';
import { openTestRound, republish } from '../../testing/rounds.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';

// 内蒙古: 一级预算高校自审自荐；山西: 可走主管部门或所在市，但一家单位只走一个。
let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
const department = (id: string, kind: string, division: string, name?: string) =>
  server.context.db
    .updateTable('department')
    .set({ kind, division, ...(name && { name }) })
    .where('id', '=', id)
    .execute();
const organisation = (facts: object) =>
  server.context.db.updateTable('organisation').set(facts).where('id', '=', server.house.organisationId).execute();
const departmentOf = async (id: string) =>
  await server.context.db
    .selectFrom('application as a')
    .innerJoin('department as d', 'd.id', 'a.departmentId')
    .select(['d.id', 'd.name', 'd.kind', 'd.organisationId'])
    .where('a.id', '=', id)
    .executeTakeFirstOrThrow();

beforeAll(async () => {
  server = await startTestServer({ at: '2025-10-20T10:00:00+08:00' });
  journey = journeyOf(server);
});
afterAll(() => server.close());

test('who reviews is told while registering, with why and the clause; what is missing is asked for (二（一）1, 二（二）2)', async () => {
  await openTestRound(server, 'neimenggu-2026-cooperation');
  await department(server.house.departmentId, 'leagueCity', '150100');
  await department(server.house.otherDepartmentId, 'regionalDepartment', '150000');
  const ask = async (facts: object) =>
    (
      await server.visitor({
        method: 'POST',
        url: '/api/routing',
        payload: { authorityId: server.house.authorityId, division: '150100', kind: 'university', ...facts },
      })
    ).json();
  expect((await ask({})).registration).toMatchObject({ routes: [], missing: ['affiliation'] });
  const supervisorId = server.house.otherDepartmentId;
  const first = await ask({ affiliation: 'regional', firstLevelBudget: true, supervisorId });
  expect(first.registration.routes).toMatchObject([{ key: supervisorId, departmentName: '邻市科学技术局' }]);
  expect(first.calls).toMatchObject([
    { word: '归口管理部门', routes: [{ key: 'self', self: true, clause: { id: 'NM-2.2.2' } }] },
  ]);
  const local = await ask({ affiliation: 'local' });
  expect(local.calls[0].routes).toMatchObject([{ departmentName: '测试市科学技术局' }]);
});

test('a first-level university recommends itself: its administrator holds both seats, an outsider none (NM-2.2.2#1)', async () => {
  const { body: rounds } = await journey.get('applicant', '/api/rounds');
  const roundId: string = rounds.items[0].id;
  await organisation({ division: '150100', affiliation: 'regional', firstLevelBudget: true });
  const made = await journey.create('applicant', roundId);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const own = await departmentOf(made.body.id);
  expect(own).toMatchObject({
    name: '测试大学',
    kind: 'selfRecommending',
    organisationId: server.house.organisationId,
  });
  const { sections } = (await journey.get('applicant', `/api/applications/${made.body.id}`)).body;
  expect(sections.lead.data).toMatchObject({ recommendedBy: 'self', affiliation: 'regional' });
  const { body: me } = await journey.get('organisationAdministrator', '/api/session');
  expect(me.grants.map(({ role }: { role: string }) => role)).toEqual([
    'organisationAdministrator',
    'recommendingDepartment',
  ]);

  // As if it had been filled in and checked: what is left is the recommendation.
  await republish(server, roundId, { rules: [] });
  const { db } = server.context;
  await db.updateTable('application').set({ state: 'with_department' }).where('id', '=', made.body.id).execute();
  const outsider = await journey.step('recommendingDepartment', made.body.id, 'declineRecommendation', {
    reason: '不归我',
  });
  expect(outsider.status).toBe(404);
  const declined = await journey.step('organisationAdministrator', made.body.id, 'declineRecommendation', {
    reason: '本单位择优未入选',
  });
  expect(declined.body).toMatchObject({ state: 'not_recommended' });
});

test('a university that is no first-level budget unit goes to its supervisor (NM-2.2.2#2)', async () => {
  const { body: rounds } = await journey.get('applicant', '/api/rounds');
  await organisation({ firstLevelBudget: false, supervisorId: server.house.otherDepartmentId });
  const made = await journey.create('applicant', rounds.items[0].id);
  expect(await departmentOf(made.body.id)).toMatchObject({ id: server.house.otherDepartmentId, organisationId: null });
  const self = await journey.call('applicant', 'POST', '/api/applications', {
    roundId: rounds.items[0].id,
    notClassified: true,
    department: 'self',
  });
  expect(self.body.refusal).toMatchObject({
    code: 'not_your_department',
    where: 'department',
    clause: { id: 'NM-2.2.2' },
  });
});

test('an organisation’s second project through another department is refused, at creation and when it is forwarded (SX-2.6a#1)', async () => {
  server.clock.set('2024-11-20T10:00:00+08:00');
  const roundId = await openTestRound(server, 'shanxi-2024-cooperation');
  await department(server.house.departmentId, 'cityBureau', '140200', '大同市科学技术局');
  await department(server.house.otherDepartmentId, 'provincialDepartment', '140000', '山西省工业和信息化厅');
  await organisation({ division: '140200', affiliation: 'regional', supervisorId: server.house.otherDepartmentId });
  const create = (departmentId?: string) =>
    journey.call('applicant', 'POST', '/api/applications', {
      roundId,
      notClassified: true,
      ...(departmentId && { department: departmentId }),
    });
  const first = await create(server.house.departmentId);
  expect(first.status, JSON.stringify(first.body)).toBe(201);
  const second = await create(server.house.otherDepartmentId);
  expect(second.status).toBe(201);
  const { db } = server.context;
  await db.updateTable('application').set({ state: 'with_department' }).where('id', '=', first.body.id).execute();

  const third = await create(server.house.otherDepartmentId);
  expect(third.body.refusal).toMatchObject({ code: 'another_department', clause: { id: 'SX-2.6a' } });
  expect(third.body.refusal.message).toContain('已经“大同市科学技术局”申报');
  expect(third.body.refusal.remedy).toContain('请改由“大同市科学技术局”推荐');
  // Without a wish it goes where the others went, although the supervisor stands first in the table.
  expect(await departmentOf((await create()).body.id)).toMatchObject({ name: '大同市科学技术局' });

  const form = { completeness: { clause: 'SX-2.6a' }, sections: [] };
  await republish(server, roundId, { rules: [], materials: [], form, clauses: await withoutReviews(roundId) });
  await db.updateTable('application').set({ state: 'with_organisation' }).where('id', '=', second.body.id).execute();
  await journey.answerAll('organisationAdministrator', second.body.id, 'organisation');
  const forwarded = await journey.step('organisationAdministrator', second.body.id, 'forward');
  expect(forwarded.body.refusal).toMatchObject({ code: 'another_department', clause: { id: 'SX-2.6a' } });
});

/** The call's clauses without questions for people. */
async function withoutReviews(roundId: string) {
  const { compiled } = await server.context.db
    .selectFrom('round')
    .innerJoin('callVersion', 'callVersion.checksum', 'round.checksum')
    .select('compiled')
    .where('round.id', '=', roundId)
    .executeTakeFirstOrThrow();
  const clauses = compiled['clauses'] as { boundBy: { by: string }[] }[];
  return clauses.map((clause) => ({ ...clause, boundBy: clause.boundBy.filter(({ by }) => by !== 'review') }));
}
