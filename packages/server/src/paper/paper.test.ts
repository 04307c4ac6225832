import { createHash } from 'node:crypto';
import type { State } from '@keshen/rules';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tellCauses } from '../notices/index.ts';
import { journeyOf } from '../testing/journey.ts';
import { addPerson, type TestPerson, type TestRole } from '../testing/people.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let clerk: TestPerson;
let stranger: TestPerson;
let shanxi: string;
beforeAll(async () => {
  server = await startTestServer({ at: '2024-12-09T16:00:00+08:00' });
  journey = journeyOf(server);
  shanxi = await openTestRound(server, 'shanxi-2024-cooperation');
  clerk = await addPerson(server.context.db, 'clerk', '收件员', [
    { role: 'serviceCentre', authorityId: server.house.authorityId },
  ]);
  await server.context.db
    .insertInto('authority')
    .values({ id: 'other', name: '邻省科学技术厅', division: '220000' })
    .execute();
  stranger = await addPerson(server.context.db, 'stranger', '邻省收件员', [
    { role: 'serviceCentre', authorityId: 'other' },
  ]);
});
afterAll(() => server.close());

/** An application that stands in this state, with one submitted version. */
async function submitted(roundId: string, state: State, versionCode: string, topic?: string): Promise<string> {
  const { db } = server.context;
  const { house } = server;
  const round = db.selectFrom('round').select('checksum').where('id', '=', roundId);
  const at = new Date('2024-12-01T10:00:00+08:00');
  const { id } = await db
    .insertInto('application')
    .values({
      number: versionCode.slice(-9),
      roundId,
      filledUnder: (await round.executeTakeFirstOrThrow()).checksum,
      organisationId: house.organisationId,
      departmentId: house.departmentId,
      applicantId: house.people.applicant.id,
      state,
      versionCode,
      title: '书面材料的项目',
      topic: topic ?? null,
      createdAt: at,
      updatedAt: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('snapshot')
    .values({
      applicationId: id,
      ordinal: 1,
      content: '{}',
      hash: createHash('sha256').update(versionCode).digest('hex'),
      versionCode,
      takenBy: house.people.applicant.id,
      takenAt: at,
    })
    .execute();
  return id;
}

const bring = (code: string, change: object = {}, who: TestPerson = clerk) =>
  journey.call(who, 'POST', '/api/paper/deliveries', {
    code,
    paper: 'boundApplication',
    by: 'recommendingDepartment',
    broughtBy: '测试市科学技术局 王示例',
    copies: 5,
    seals: ['organisation', 'recommendingDepartment'],
    ...change,
  });

test('山西: five copies through the department, by the instant of receipt (四（一）、四（二）)', async () => {
  const id = await submitted(shanxi, 'recommended', 'AAAA-BBBB-CCCC-0001');
  const code = 'aaaa bbbb cccc 0001';

  expect((await bring(code, { by: 'organisation' })).body).toMatchObject({
    outcome: 'refused',
    told: expect.stringContaining('须先交组织推荐部门签章'),
  });
  expect((await bring(code, { seals: ['organisation'] })).body).toMatchObject({
    outcome: 'refused',
    told: expect.stringContaining('缺组织推荐部门盖章'),
  });
  expect((await bring(code, { copies: 3 })).body).toMatchObject({
    outcome: 'incomplete',
    told: expect.stringContaining('还缺2份'),
  });
  const scanned = await journey.call(clerk, 'POST', '/api/paper/scan', { code });
  expect(scanned.body).toMatchObject({
    number: expect.any(String),
    version: 'current',
    duties: [
      {
        paper: 'boundApplication',
        copies: 5,
        held: 3,
        missing: 2,
        standing: 'incomplete',
        clause: '四（一）、四（二）',
      },
    ],
  });

  server.clock.set('2024-12-09T17:00:00.001+08:00');
  expect((await bring(code, { copies: 2 })).body).toMatchObject({
    outcome: 'refused',
    told: expect.stringContaining('2024年12月9日 17:00截止（以收到为准）'),
  });
  const overdue = await journey.get(clerk, `/api/rounds/${shanxi}/papers?standing=overdue`);
  expect(overdue.body).toMatchObject({
    total: 1,
    counts: { overdue: 1 },
    items: [{ id, held: 3, standing: 'overdue' }],
  });
  // They came in time and are registered when the queue is gone.
  expect((await bring(code, { copies: 2, receivedAt: '2024-12-09T16:59:59+08:00' })).body).toMatchObject({
    outcome: 'accepted',
  });
  expect((await bring(code, { receivedAt: '2024-12-10T09:00:00+08:00' })).body.refusal.code).toBe('bad_receipt_time');
  const papers = await journey.get('applicant', `/api/applications/${id}/papers`);
  expect(papers.body.items).toMatchObject([{ standing: 'complete', held: 5 }]);

  const workbook = await server.as(clerk)({ url: `/api/rounds/${shanxi}/papers.xlsx` });
  expect(workbook.rawPayload.subarray(0, 2).toString()).toBe('PK');
  server.clock.set('2024-12-09T16:00:00+08:00');
});

test('a receipt proves what was taken; a wrong registration is voided and no longer counts', async () => {
  const id = await submitted(shanxi, 'recommended', 'AAAA-BBBB-CCCC-0002');
  const { body: taken } = await bring('AAAABBBBCCCC0002');
  const receipt = await server.as('applicant')({ url: `/api/paper/deliveries/${taken.id}/receipt.pdf` });
  expect(receipt.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  expect((await server.as('otherApplicant')({ url: `/api/paper/deliveries/${taken.id}/receipt.pdf` })).statusCode).toBe(
    404,
  );
  const seen = await server.visitor({ url: `/v/${taken.receiptCode}` });
  expect(seen.body).toContain('有这张回执');
  expect(seen.body).not.toContain('王示例');

  const away = (body: object, who: TestPerson | 'applicant' = clerk) =>
    journey.call(who, 'POST', `/api/paper/deliveries/${taken.id}/void`, body);
  expect((await away({ reason: '  ' })).body.refusal.code).toBe('reason_missing');
  expect((await away({ reason: '扫错了' }, stranger)).status).toBe(404);
  expect((await away({ reason: '扫错了' }, 'applicant')).status).toBe(403);
  expect((await away({ reason: '扫错了' })).status).toBe(204);
  expect((await away({ reason: '扫错了' })).body.refusal.code).toBe('already_voided');
  expect((await journey.get('applicant', `/api/applications/${id}/papers`)).body.items[0]).toMatchObject({
    held: 0,
    standing: 'due',
  });
  expect((await server.visitor({ url: `/v/${taken.receiptCode}` })).body).toContain('登记已撤销');
});

test('江苏: seven copies for the first topic, none for the fourth (三1)', async () => {
  server.clock.set('2026-05-18T10:00:00+08:00');
  const roundId = await openTestRound(server, 'jiangsu-2026-international');
  const first = await submitted(roundId, 'with_organisation', 'AAAA-BBBB-CCCC-0003', 'platformInbound');
  const fourth = await submitted(roundId, 'with_organisation', 'AAAA-BBBB-CCCC-0004', 'keyCountry');
  const copies = (number: number, code = 'AAAABBBBCCCC0003') =>
    bring(code, { paper: 'topicOneCopies', by: 'applicant', copies: number, seals: [] });
  expect((await copies(6)).body).toMatchObject({ outcome: 'incomplete', told: expect.stringContaining('还缺1份') });
  expect((await copies(1)).body).toMatchObject({ outcome: 'accepted' });
  expect((await copies(7, 'AAAABBBBCCCC0004')).body.refusal.code).toBe('paper_not_asked');
  const of = async (id: string) => (await journey.get('applicant', `/api/applications/${id}/papers`)).body.items;
  expect((await of(first)).map(({ paper }: { paper: string }) => paper)).toEqual(['topicOneCopies', 'boundCopy']);
  expect((await of(fourth)).map(({ paper }: { paper: string }) => paper)).toEqual(['boundCopy']);

  // Returned and submitted again: what lies at the desk is of another version.
  await server.context.db
    .updateTable('application')
    .set({ versionCode: 'AAAA-BBBB-CCCC-0005' })
    .where('id', '=', first)
    .execute();
  expect((await of(first))[0]).toMatchObject({ held: 0, standing: 'due' });
  expect((await copies(7)).body).toMatchObject({ outcome: 'refused', told: expect.stringContaining('较早的版本') });
});

test('新疆: within five working days from the registered day, the day itself not counting (二4)', async () => {
  server.clock.set('2025-09-26T15:00:00+08:00');
  const roundId = await openTestRound(server, 'xinjiang-2025-sco');
  const id = await submitted(roundId, 'delivered', 'AAAA-BBBB-CCCC-0006');
  const start = (startedOn: string, who: TestPerson | 'programmeOfficer' = 'programmeOfficer') =>
    journey.call(who, 'PUT', `/api/applications/${id}/papers/reviewedApplication/start`, { startedOn });
  const standing = async () => (await journey.get(clerk, `/api/rounds/${roundId}/papers`)).body.items[0];
  expect(await standing()).toMatchObject({
    standing: 'waiting',
    due: expect.stringContaining('实施方案论证通过后5个工作日内'),
  });
  expect((await start('2025-09-26', clerk)).status).toBe(403);
  expect((await start('2025-09-27')).body.refusal).toMatchObject({ code: 'bad_date', where: 'startedOn' });
  expect((await start('2025-09-26')).status).toBe(204);
  expect(await standing()).toMatchObject({ standing: 'due', due: expect.stringContaining('最迟2025年10月10日') });

  server.clock.set('2025-10-11T09:00:00+08:00');
  expect(await standing()).toMatchObject({ standing: 'overdue' });
  const late = await bring('AAAABBBBCCCC0006', {
    paper: 'reviewedApplication',
    by: 'organisation',
    copies: 2,
    seals: ['organisation', 'principalInvestigator'],
  });
  expect(late.body).toMatchObject({ outcome: 'late', told: expect.stringContaining('登记为逾期') });
  expect(await standing()).toMatchObject({ standing: 'completeLate' });
});

test('whoever answers for a paper is told when it was not taken, not when it was taken', async () => {
  server.clock.set('2024-12-09T16:00:00+08:00');
  const id = await submitted(shanxi, 'recommended', 'AAAA-BBBB-CCCC-0091');
  const toldOf = async (who: TestRole) => {
    await tellCauses(server.context, server.clock.now());
    const { items } = (await journey.get(who, '/api/notices?kind=paper')).body as { items: { link: string }[] };
    return items.filter(({ link }) => link.endsWith(id));
  };
  expect((await bring('AAAABBBBCCCC0091', { by: 'organisation' })).body.outcome).toBe('refused');
  expect((await bring('AAAABBBBCCCC0091')).body.outcome).toBe('accepted');
  for (const who of ['applicant', 'organisationAdministrator', 'recommendingDepartment'] as const) {
    expect(await toldOf(who), who).toMatchObject([
      {
        title: expect.stringMatching(/^没有收下：.+，书面材料的项目/),
        facts: expect.arrayContaining([
          { label: '登记结果', value: expect.stringContaining('须先交组织推荐部门签章') },
        ]),
      },
    ]);
  }
});

test('slips list what is still to be brought; forged and foreign codes are told apart', async () => {
  server.clock.set('2024-12-09T16:00:00+08:00');
  await submitted(shanxi, 'recommended', 'AAAA-BBBB-CCCC-0007');
  const slip = await server.as('recommendingDepartment')({ url: `/api/rounds/${shanxi}/paper-slip.pdf` });
  expect(slip.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  expect(
    (await server.as('otherDepartment')({ url: `/api/rounds/${shanxi}/paper-slip.pdf` })).json().refusal.code,
  ).toBe('nothing_to_bring');
  const scan = (code: string, who: TestPerson = clerk) => journey.call(who, 'POST', '/api/paper/scan', { code });
  expect((await scan('ZZZZ-ZZZZ-ZZZZ-ZZZZ')).body.refusal.code).toBe('unknown_code');
  expect((await scan('https://elsewhere.example/v/ABC')).body.refusal.code).toBe('not_ours');
  expect((await scan('AAAABBBBCCCC0007', stranger)).status).toBe(404);
  expect((await journey.call('applicant', 'POST', '/api/paper/scan', { code: 'AAAABBBBCCCC0007' })).status).toBe(403);
});

test('two desks at once do not count the same copies twice', async () => {
  const id = await submitted(shanxi, 'recommended', 'AAAA-BBBB-CCCC-0008');
  const both = await Promise.all([bring('AAAABBBBCCCC0008', { copies: 3 }), bring('AAAABBBBCCCC0008', { copies: 2 })]);
  expect(both.map(({ body }) => body.outcome).toSorted()).toEqual(['accepted', 'incomplete']);
  expect((await journey.get('applicant', `/api/applications/${id}/papers`)).body.items[0].held).toBe(5);
});

test('江苏: a list and the pledge that goes with it, two copies each, by 22 May 17:30 (三1、三3)', async () => {
  const { db } = server.context;
  const { departmentId, people } = server.house;
  server.clock.set('2026-05-22T17:30:00+08:00');
  const { id: roundId } = await db
    .selectFrom('round')
    .select('id')
    .where('callKey', '=', 'jiangsu-2026-international')
    .executeTakeFirstOrThrow();
  const made = { roundId, departmentId, content: '{}', hash: 'b'.repeat(64) };
  await db
    .insertInto('recommendationList')
    .values({
      ...made,
      ordinal: 1,
      code: 'BBBB-BBBB-BBBB-0001',
      exportedBy: people.recommendingDepartment.id,
      exportedAt: server.clock.now(),
    })
    .execute();
  await db
    .insertInto('departmentPledge')
    .values({
      ...made,
      code: 'BBBB-BBBB-BBBB-0002',
      madeBy: people.recommendingDepartment.id,
      madeAt: server.clock.now(),
    })
    .execute();
  const paper = (code: string, key: string, copies = 2) =>
    bring(code, { paper: key, copies, seals: ['recommendingDepartment'] });
  expect((await paper('BBBBBBBBBBBB0001', 'recommendationList')).body.refusal.code).toBe('list_not_delivered');
  await db
    .updateTable('recommendationList')
    .set({ deliveredAt: server.clock.now() })
    .where('roundId', '=', roundId)
    .execute();
  expect((await paper('BBBBBBBBBBBB0001', 'recommendationList', 1)).body.outcome).toBe('incomplete');
  expect((await paper('BBBBBBBBBBBB0002', 'departmentPledge')).body.outcome).toBe('accepted');
  const mine = await journey.get('recommendingDepartment', `/api/rounds/${roundId}/papers`);
  expect(mine.body.items.filter(({ kind }: { kind: string }) => kind === 'list')).toMatchObject([
    { paper: 'recommendationList', standing: 'incomplete', held: 1 },
    { paper: 'departmentPledge', standing: 'complete' },
  ]);
  server.clock.advance(1);
  expect((await paper('BBBBBBBBBBBB0001', 'recommendationList', 1)).body.outcome).toBe('refused');
});
