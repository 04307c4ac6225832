import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneApplication } from '../testing/clone-application.ts';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { tinyPdf } from '../testing/pdf.ts';
import { openTestRound, republish } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
let recommended: string;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  roundId = await openTestRound(server, JOURNEY_CALL);
  // Who leads two projects is no question here.
  await republish(server, roundId, { rules: [] });
  recommended = await journey.recommend(roundId, await exampleOf('university'));
});
afterAll(() => server.close());

const statusesOf = (answers: { status: number }[]) => answers.map(({ status }) => status).toSorted();

test('submitting ten times at once submits once: one snapshot, one event, ten equal answers', async () => {
  const id = await journey.fill('applicant', roundId, await exampleOf('enterprise'));
  const answers = await Promise.all(Array.from({ length: 10 }, () => journey.step('applicant', id, 'submit')));
  expect(statusesOf(answers)).toEqual(Array<number>(10).fill(200));
  expect(new Set(answers.map(({ body }) => body.versionCode)).size).toBe(1);
  const { db } = server.context;
  expect(await db.selectFrom('snapshot').select('id').where('applicationId', '=', id).execute()).toHaveLength(1);
  const events = db.selectFrom('event').select('id').where('applicationId', '=', id).where('action', '=', 'submit');
  expect(await events.where('outcome', '=', 'done').execute()).toHaveLength(1);
});

test('ten windows save what each of them typed over the same revision: one is kept, nine are shown it', async () => {
  const { id } = (await journey.create('applicant', roundId)).body;
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, window) =>
      journey.save('applicant', id, 'project', {
        revision: 0,
        data: { title: `第${window}个窗口` },
        saveId: randomUUID(),
      }),
    ),
  );
  expect(statusesOf(answers)).toEqual([200, ...Array<number>(9).fill(409)]);
  const kept = (await journey.get('applicant', `/api/applications/${id}`)).body.sections.project;
  expect(kept.revision).toBe(1);
  for (const { body } of answers.filter(({ status }) => status === 409)) {
    expect(body.refusal).toMatchObject({ code: 'stale', current: { data: kept.data } });
  }
});

test('a recommendation withdrawn while its list is exported: the list either lacks it or is void', async () => {
  const { application, materials } = await exampleOf('university');
  const other = await journey.recommend(roundId, {
    application: { ...application, project: { ...application['project'], title: '另一个推荐的项目：极地冰芯同位素' } },
    materials,
  });
  for (let round = 0; round < 5; round += 1) {
    const [exported] = await Promise.all([
      journey.call('recommendingDepartment', 'POST', `/api/rounds/${roundId}/lists`),
      journey.step('recommendingDepartment', other, 'withdrawRecommendation', { reason: '重新核对' }),
    ]);
    expect(exported.status, JSON.stringify(exported.body)).toBeLessThan(300);
    await expectNoListNames(other);
    await server.context.db.updateTable('application').set({ state: 'recommended' }).where('id', '=', other).execute();
    const list = (await journey.call('recommendingDepartment', 'POST', `/api/rounds/${roundId}/lists`)).body;
    // Sealed while somebody takes a project off it: the scan comes in time or finds the list void, never onto a list that is not so.
    const scan = `/api/lists/${list.id}/sealed-scan?name=${encodeURIComponent('清单.pdf')}`;
    const [sealed] = await Promise.all([
      journey.upload('recommendingDepartment', scan, tinyPdf(list.code)),
      journey.step('recommendingDepartment', other, 'withdrawRecommendation', { reason: '重新核对' }),
    ]);
    expect([200, 409, 422]).toContain(sealed.status);
    const delivered = await journey.call('recommendingDepartment', 'POST', `/api/lists/${list.id}/deliver`);
    expect(delivered.status).toBe(409);
    await server.context.db.updateTable('application').set({ state: 'recommended' }).where('id', '=', other).execute();
  }
});

/** No list that still counts names a project that is not recommended. */
async function expectNoListNames(applicationId: string): Promise<void> {
  const named = await server.context.db
    .selectFrom('recommendationListEntry')
    .innerJoin('recommendationList', 'recommendationList.id', 'recommendationListEntry.listId')
    .select('recommendationList.code')
    .where('applicationId', '=', applicationId)
    .where('voidedAt', 'is', null)
    .execute();
  expect(named).toEqual([]);
}

test('confirmed in the second after the window: refused with its instant, logged, and the proof prints', async () => {
  const late = await cloneApplication(server, recommended, {
    title: '截止后一秒的项目：深海采样',
    state: 'with_department',
  });
  server.clock.set('2025-12-02T17:00:01+08:00');
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => journey.step('recommendingDepartment', late, 'recommend')),
  );
  for (const { status, body } of answers) {
    expect(status).toBe(403);
    expect(body.refusal).toMatchObject({
      code: 'window_closed',
      at: '2025-12-02T09:00:01.000Z',
      clause: { at: '三2' },
    });
  }
  const { items } = (await journey.get('recommendingDepartment', `/api/applications/${late}/events`)).body;
  const refused = items.filter(({ outcome }: { outcome: string }) => outcome === 'refused');
  expect(refused).toHaveLength(5);
  server.clock.set(IN_THE_WINDOW);
});
