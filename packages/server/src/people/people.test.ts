import { makeResidentId } from '@keshen/rules';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { forgetPeople } from './index.ts';
import { addPerson, type TestPerson } from '../testing/people.ts';
import { openTestRound } from '../testing/rounds.ts';
import { IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let wang: TestPerson;
let number = 0;
let idNumber: string;

const profile = (change: object = {}) => ({
  idType: 'residentId',
  idNumber,
  gender: 'female',
  birthDate: '1978-03-09',
  degree: 'doctor',
  title: 'professor',
  titleRank: 'senior',
  academician: false,
  employment: 'inService',
  originalRetirementAge: 55,
  civilServant: false,
  phone: '13900001111',
  email: 'wang@example.cn',
  ...change,
});
const get = async (who: TestPerson) => (await server.as(who)({ url: '/api/profile' })).json();
const save = (who: TestPerson, revision: number, data: object) =>
  server.as(who)({ method: 'PUT', url: '/api/profile', payload: { revision, data } });
const decide = (
  decision: string,
  revision: number,
  note = '',
  who: 'organisationAdministrator' | 'otherOrganisationAdministrator' = 'organisationAdministrator',
) =>
  server.as(who)({
    method: 'POST',
    url: `/api/organisation/profiles/${wang.id}/decision`,
    payload: { decision, revision, note },
  });
const handOut = (who: 'organisationAdministrator' | 'otherOrganisationAdministrator', payload: object) =>
  server.as(who)({ method: 'POST', url: '/api/organisation/people', payload });
const answer = (who: TestPerson, offer: string, said: string) =>
  server.as(who)({ method: 'POST', url: `/api/profile/offers/${offer}/answer`, payload: { answer: said } });

beforeAll(async () => {
  server = await startTestServer({ at: '2025-06-10T10:00:00+08:00' });
});
afterAll(() => server.close());
beforeEach(async () => {
  number += 1;
  idNumber = makeResidentId('210102', '1978-03-09', `${String(number).padStart(2, '0')}2`);
  const { authorityId, organisationId } = server.house;
  wang = await addPerson(server.context.db, `wang${number}`, '王示例', [
    { role: 'applicant', authorityId, organisationId },
  ]);
});

test('the person fills in, the organisation confirms, and an edit after it needs a new confirmation', async () => {
  expect(await get(wang)).toMatchObject({ revision: 0, organisations: [{ name: '测试大学', state: 'none' }] });
  expect((await save(wang, 0, { degree: 'doctor' })).json()).toMatchObject({ revision: 1 });
  const unfinished = await decide('confirmed', 1);
  expect(unfinished.json().refusal).toMatchObject({ code: 'profile_incomplete' });
  expect(unfinished.json().refusal.message).toContain('证件号码');
  expect((await save(wang, 1, profile())).json()).toEqual({ revision: 2, missing: [] });
  expect(await get(wang)).toMatchObject({ organisations: [{ state: 'waiting' }], retirement: '2035年4月9日' });
  expect((await decide('confirmed', 1)).json().refusal.code).toBe('stale');
  expect((await decide('confirmed', 2)).statusCode).toBe(204);
  expect(await get(wang)).toMatchObject({ organisations: [{ state: 'confirmed' }] });
  expect((await save(wang, 2, profile())).json().revision).toBe(2);
  expect((await save(wang, 2, profile({ title: 'associateProfessor', titleRank: 'associateSenior' }))).statusCode).toBe(
    200,
  );
  expect(await get(wang)).toMatchObject({ revision: 3, organisations: [{ state: 'changed' }] });
  expect((await decide('returned', 3)).json().refusal.where).toBe('note');
  expect((await decide('returned', 3, '职称与聘书不符')).statusCode).toBe(204);
  expect(await get(wang)).toMatchObject({ organisations: [{ state: 'returned', note: '职称与聘书不符' }] });
});

test.each([
  ['an identity number with a wrong check digit', { idNumber: '210102197803090021' }, 'idNumber'],
  ['a birth date that the number denies', { birthDate: '1978-03-10' }, 'birthDate'],
  ['a sex that the number denies', { gender: 'male', originalRetirementAge: 60 }, 'gender'],
  ['an age between the classes', { originalRetirementAge: 58 }, 'originalRetirementAge'],
  ['a title that nobody has', { title: 'wizard' }, 'title'],
  ['a phone with letters', { phone: '1390000abcd' }, 'phone'],
])('%s is refused at its place, with nothing saved', async (_what, change, where) => {
  const refused = await save(wang, 0, profile(change));
  expect(refused.statusCode).toBe(422);
  expect(refused.json().refusal).toMatchObject({ code: 'invalid_profile', where });
  expect((await get(wang)).revision).toBe(0);
});

test('a field that a profile does not have is refused: nobody confirms himself (mass assignment)', async () => {
  for (const extra of [{ decision: 'confirmed' }, { personId: wang.id }, { name: '李示例' }]) {
    expect((await save(wang, 0, { ...profile(), ...extra })).statusCode).toBe(400);
  }
});

test('two windows: the second is told, not overwritten', async () => {
  await save(wang, 0, profile());
  const late = await save(wang, 0, profile({ degree: 'master' }));
  expect(late.json().refusal).toMatchObject({ code: 'stale', current: { revision: 1 } });
});

test('numbers are sealed in the table, and neither the log nor a foreign organisation gets them', async () => {
  await save(wang, 0, profile());
  const { db } = server.context;
  const { rows } = await sql<{ row: string }>`select row_to_json(p)::text as row from person_profile p`.execute(db);
  for (const secret of [idNumber, '13900001111', 'wang@example.cn', '1978-03-09'])
    expect(JSON.stringify(rows)).not.toContain(secret);
  const events = await db.selectFrom('event').select('detail').where('action', '=', 'saveProfile').execute();
  expect(JSON.stringify(events)).not.toContain(idNumber);
  const url = `/api/organisation/profiles/${wang.id}`;
  expect((await server.as('organisationAdministrator')({ url })).json().data.idNumber).toBe(idNumber);
  expect((await server.as('otherOrganisationAdministrator')({ url })).statusCode).toBe(404);
  expect((await decide('confirmed', 1, '', 'otherOrganisationAdministrator')).statusCode).toBe(404);
  expect((await server.as('otherApplicant')({ url })).statusCode).toBe(403);
});

test('the administrator finds who waits for a confirmation', async () => {
  await save(wang, 0, profile());
  const list = (query: string) =>
    server.as('organisationAdministrator')({ url: `/api/organisation/profiles?${query}` });
  const waiting = (await list(`state=waiting&q=${wang.login}`)).json();
  expect(waiting).toMatchObject({ total: 1, items: [{ id: wang.id, state: 'waiting' }] });
  expect((await list(`state=confirmed&q=${wang.login}`)).json().total).toBe(0);
});

test('one person, one account: another organisation invites the account that is there, and joining keeps the history', async () => {
  await save(wang, 0, profile());
  const made = await handOut('otherOrganisationAdministrator', { login: `second${number}`, name: '王示例', idNumber });
  expect(made.json()).toMatchObject({ offered: true, name: '王示例' });
  expect(made.json()).not.toHaveProperty('login');
  const { db } = server.context;
  expect(await db.selectFrom('person').select('id').where('login', '=', `second${number}`).execute()).toEqual([]);
  const again = await handOut('otherOrganisationAdministrator', { login: `third${number}`, name: '王示例', idNumber });
  expect(again.json().refusal.code).toBe('offered_already');
  const { offers } = await get(wang);
  expect(offers).toMatchObject([{ organisationName: '邻市研究院' }]);
  const stranger = server.house.people.otherApplicant;
  expect((await answer(stranger, offers[0].id, 'accepted')).statusCode).toBe(404);
  expect((await answer(wang, offers[0].id, 'accepted')).statusCode).toBe(204);
  const grants = await db.selectFrom('roleGrant').selectAll().where('personId', '=', wang.id).execute();
  expect(grants.filter(({ endedAt }) => endedAt === null)).toMatchObject([
    { role: 'applicant', organisationId: server.house.otherOrganisationId },
  ]);
  expect(grants.find(({ endedAt }) => endedAt !== null)).toMatchObject({
    organisationId: server.house.organisationId,
    endReason: '转入邻市研究院',
  });
  expect(await get(wang)).toMatchObject({ organisations: [{ name: '邻市研究院', state: 'waiting' }] });
  expect((await answer(wang, offers[0].id, 'declined')).json().refusal.code).toBe('offer_over');
});

test('a number that belongs to somebody else opens no second account and gives nothing away', async () => {
  await save(wang, 0, profile());
  const { authorityId, organisationId } = server.house;
  const li = await addPerson(server.context.db, `li${number}`, '李示例', [
    { role: 'applicant', authorityId, organisationId },
  ]);
  const taken = await save(li, 0, profile());
  expect(taken.json().refusal).toMatchObject({ code: 'identity_taken', where: 'idNumber' });
  expect(JSON.stringify(taken.json())).not.toContain(wang.login);
  const differs = await handOut('otherOrganisationAdministrator', { login: `x${number}y`, name: '赵示例', idNumber });
  expect(differs.json().refusal.code).toBe('name_differs');
  expect(JSON.stringify(differs.json())).not.toContain('王示例');
  const member = await handOut('organisationAdministrator', { login: `x${number}y`, name: '王示例', idNumber });
  expect(member.json().refusal.code).toBe('member_already');
});

test('two organisations hand out an account for one number at one moment: one account comes of it', async () => {
  const answers = await Promise.all([
    handOut('organisationAdministrator', { login: `one${number}`, name: '孙示例', idNumber }),
    handOut('otherOrganisationAdministrator', { login: `two${number}`, name: '孙示例', idNumber }),
  ]);
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
  const offered = answers.filter((one) => one.json().offered === true);
  expect(offered).toHaveLength(1);
  const { db } = server.context;
  const people = await db
    .selectFrom('person')
    .select('id')
    .where('login', 'in', [`one${number}`, `two${number}`])
    .execute();
  expect(people).toHaveLength(1);
});

test('an administrator who is invited hands the office over first', async () => {
  const { authorityId, organisationId, otherOrganisationId } = server.house;
  await save(wang, 0, profile());
  await handOut('otherOrganisationAdministrator', { login: `a${number}b`, name: '王示例', idNumber });
  const { db } = server.context;
  const administrator = server.house.people.organisationAdministrator;
  await db
    .updateTable('roleGrant')
    .set({ endedAt: server.clock.now() })
    .where('personId', '=', administrator.id)
    .execute();
  const grant = { role: 'organisationAdministrator' as const, authorityId, organisationId };
  await db
    .insertInto('roleGrant')
    .values({ personId: wang.id, ...grant })
    .execute();
  const { offers } = await get(wang);
  const refusal = (await answer(wang, offers[0].id, 'accepted')).json().refusal;
  expect(refusal).toMatchObject({ code: 'administrator_cannot_apply' });
  expect(refusal.message).toContain('测试大学');
  await db.updateTable('roleGrant').set({ endedAt: server.clock.now() }).where('personId', '=', wang.id).execute();
  await db.updateTable('roleGrant').set({ endedAt: null }).where('personId', '=', administrator.id).execute();
  expect(otherOrganisationId).not.toBe(organisationId);
});

test('who has left keeps the account, and the organisation sees that person no more', async () => {
  const leave = (reason: string) =>
    server.as('organisationAdministrator')({
      method: 'POST',
      url: `/api/organisation/people/${wang.id}/leave`,
      payload: { reason },
    });
  expect((await leave('')).json().refusal.where).toBe('reason');
  expect((await leave('退休')).statusCode).toBe(204);
  expect((await leave('退休')).statusCode).toBe(404);
  const session = (await server.as(wang)({ url: '/api/session' })).json();
  expect(session).toMatchObject({ person: { login: wang.login }, grants: [] });
});

test('新疆 二3: nothing is created before name, recommending department and the applicant are confirmed one by one', async () => {
  const roundId = await openTestRound(server, 'xinjiang-2025-sco');
  const create = (confirmed: string[]) =>
    server.as(wang)({ method: 'POST', url: '/api/applications', payload: { roundId, notClassified: true, confirmed } });
  const refusal = async (confirmed: string[]) => (await create(confirmed)).json().refusal;
  expect(await refusal([])).toMatchObject({ where: 'confirmed.organisation', clause: { id: 'XJ-2.3', at: '二3' } });
  expect((await refusal([])).message).toContain('测试大学');
  expect((await refusal(['organisation'])).message).toContain('测试市科学技术局');
  const all = ['organisation', 'department', 'applicant'];
  expect((await refusal(all)).message).toContain('还没有填写个人资料');
  await save(wang, 0, profile());
  expect((await refusal(all)).message).toContain('单位还没有确认');
  await decide('confirmed', 1);
  expect(await refusal(['organisation', 'department'])).toMatchObject({ where: 'confirmed.applicant' });
  await save(wang, 1, profile({ degree: 'master' }));
  expect((await refusal(all)).message).toContain('改过，须由单位重新确认');
  await decide('confirmed', 2);
  const created = await create(all);
  expect(created.statusCode).toBe(201);
  const url = `/api/applications/${created.json().id}/proposals/profile`;
  const { sections } = (await server.as(wang)({ url })).json();
  expect(sections.principalInvestigator).toMatchObject({
    name: '王示例',
    employer: '测试大学',
    idNumber,
    degree: 'master',
  });
});

const ask = (who: TestPerson, payload: object) => server.as(who)({ method: 'POST', url: '/api/me/requests', payload });
const answerRequest = (
  who: 'organisationAdministrator' | 'otherOrganisationAdministrator',
  id: string,
  decision: string,
) =>
  server.as(who)({
    method: 'POST',
    url: `/api/data-requests/${id}/answer`,
    payload: { decision, answer: '已按户口簿更正' },
  });

test('what is wrong about a person is put right on demand, by the own organisation only (个人信息保护法 第四十六条)', async () => {
  expect((await ask(wang, { kind: 'correction', text: ' ' })).json().refusal.where).toBe('text');
  const asked = await ask(wang, { kind: 'correction', text: '姓名录错', name: '汪示例' });
  const { id } = asked.json();
  expect((await ask(wang, { kind: 'correction', text: '再来' })).json().refusal.code).toBe('asked_already');
  expect((await answerRequest('otherOrganisationAdministrator', id, 'done')).statusCode).toBe(404);
  const list = (await server.as('organisationAdministrator')({ url: '/api/data-requests' })).json();
  expect(list.items).toContainEqual(expect.objectContaining({ id, text: '姓名录错', name: '汪示例' }));
  expect((await answerRequest('organisationAdministrator', id, 'done')).statusCode).toBe(204);
  expect((await get(wang)).name).toBe('汪示例');
  const own = (await server.as(wang)({ url: '/api/me/requests' })).json();
  expect(own.items).toMatchObject([{ decision: 'done', answer: '已按户口簿更正' }]);
  const { rows } = await sql<{ row: string }>`select row_to_json(r)::text as row from personal_data_request r`.execute(
    server.context.db,
  );
  expect(JSON.stringify(rows)).not.toContain('汪示例');
});

test('an account is closed on demand at once, and after three years nothing of the person is left (第四十七条)', async () => {
  await save(wang, 0, profile());
  const { id } = (await ask(wang, { kind: 'erasure', text: '不再申报' })).json();
  expect((await answerRequest('organisationAdministrator', id, 'done')).statusCode).toBe(204);
  expect((await server.as(wang)({ url: '/api/session' })).statusCode).toBe(401);
  const { db } = server.context;
  const person = () => db.selectFrom('person').selectAll().where('id', '=', wang.id).executeTakeFirstOrThrow();
  const closed = (await person()).disabledAt?.getTime() ?? 0;
  const years = (count: number): Date => new Date(closed + count * 365.25 * 86_400_000);
  expect(await forgetPeople(server.context, years(2.9))).toBe(0);
  expect(await forgetPeople(server.context, years(3.1))).toBe(1);
  expect(await person()).toMatchObject({ name: '已注销', login: `gone#${wang.id}` });
  const left = await db.selectFrom('personProfile').select('personId').where('personId', '=', wang.id).execute();
  expect(left).toEqual([]);
  expect(await forgetPeople(server.context, years(4))).toBe(0);
  const again = await handOut('organisationAdministrator', { login: `again${number}`, name: '王示例', idNumber });
  expect(again.json()).toHaveProperty('link');
});

test('an office is handed over before its holder can be closed', async () => {
  const { authorityId } = server.house;
  await server.context.db
    .insertInto('roleGrant')
    .values({ personId: wang.id, role: 'programmeOfficer', authorityId })
    .execute();
  const { id } = (await ask(wang, { kind: 'erasure', text: '不再申报' })).json();
  const refusal = (await answerRequest('organisationAdministrator', id, 'done')).json().refusal;
  expect(refusal).toMatchObject({ code: 'holds_office' });
  expect(refusal.message).toContain('业务处室');
});

test('an organisation neither closes nor takes over the account of somebody who also holds an office elsewhere', async () => {
  const { authorityId } = server.house;
  await server.context.db
    .insertInto('roleGrant')
    .values({ personId: wang.id, role: 'programmeOfficer', authorityId })
    .execute();
  const change = (path: string, payload: object = {}) =>
    server.as('organisationAdministrator')({
      method: 'POST',
      url: `/api/organisation/people/${wang.id}/${path}`,
      payload,
    });
  for (const answer of [await change('disable'), await change('reset-password', { withoutSecondFactor: true })]) {
    expect(answer.json().refusal).toMatchObject({ code: 'belongs_elsewhere' });
    expect(answer.json().refusal.message).toContain('测试省科学技术厅');
  }
  expect((await server.as(wang)({ url: '/api/session' })).statusCode).toBe(200);
});

test('who moved goes on reading what was filled in at the organisation of before, and changes nothing there', async () => {
  const roundId = await openTestRound(server, JOURNEY_CALL);
  const at = server.clock.now();
  server.clock.set(IN_THE_WINDOW);
  const { create, get: read, save: write } = journeyOf(server);
  const { id } = (await create(wang, roundId)).body;
  const { otherOrganisationId: organisationId, authorityId } = server.house;
  const { db } = server.context;
  await db.updateTable('roleGrant').set({ endedAt: at }).where('personId', '=', wang.id).execute();
  await db
    .insertInto('roleGrant')
    .values({ personId: wang.id, role: 'applicant', authorityId, organisationId })
    .execute();
  expect((await read(wang, `/api/applications/${id}`)).status).toBe(200);
  expect((await read(wang, '/api/applications')).body.items).toMatchObject([{ id }]);
  const saved = await write(wang, id, 'project', { revision: 0, data: { title: '改一改' } });
  expect(saved.status).toBeGreaterThanOrEqual(400);
  expect((await read('otherOrganisationAdministrator', `/api/applications/${id}`)).status).toBe(404);
  server.clock.set(at);
});
