import { randomUUID } from 'node:crypto';
import { mightHave, type Placed, type Right, rightDefinition } from '@keshen/rules';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addActors,
  addAuthority,
  addNeighbour,
  addRecords,
  fingerprint,
  openMatrixRound,
  type Records,
  sampleOf,
  signedIn,
} from '../testing/matrix.ts';
import { addFurtherRecords, type FurtherRecords } from '../testing/matrix-records.ts';
import type { TestPerson } from '../testing/people.ts';
import { isState } from '../applications/index.ts';
import { TEST_CALLS } from '../testing/rounds.ts';
import { type Inject, startTestServer, type TestServer } from '../testing/server.ts';

type Owner = 'own' | 'otherOrganisation' | 'otherDepartment' | 'otherAuthority';
type AllRecords = Records & FurtherRecords;

let server: TestServer;
let actors: Record<string, TestPerson>;
let records: Record<Owner, AllRecords>;
let roundId: string;

beforeAll(async () => {
  server = await startTestServer({ at: '2026-03-10T10:00:00+08:00', env: { KESHEN_CALLS: TEST_CALLS } });
  roundId = await openMatrixRound(server);
  const { authorityId, departmentId, organisationId, otherDepartmentId, otherOrganisationId } = server.house;
  const here = { authorityId, departmentId, organisationId, roundId };
  const neighbourId = await addNeighbour(server, '邻单位丁');
  const there = { ...here, departmentId: otherDepartmentId, organisationId: otherOrganisationId };
  records = {
    own: await addAll({ ...here, mark: '本方甲' }),
    otherOrganisation: await addAll({ ...here, organisationId: neighbourId, mark: '邻单位丁' }),
    otherDepartment: await addAll({ ...there, mark: '外方乙' }),
    otherAuthority: await addAll(await addAuthority(server, roundId, '外省丙')),
  };
  actors = await addActors(server, records.own);
}, 60_000);
afterAll(() => server.close());

async function addAll(place: Parameters<typeof addRecords>[1]): Promise<AllRecords> {
  const made = await addRecords(server, place);
  return { ...made, ...(await addFurtherRecords(server, made)) };
}

/** How far up a record belongs: to one person alone, to an applicant, an organisation, a department or an authority. */
type Level = 'personal' | 'applicant' | 'organisation' | 'department' | 'authority';

/** Which record an address names by `:id`, and to whom it belongs. */
const KINDS: readonly [RegExp, Level, (of: AllRecords) => string][] = [
  [/^\/api\/applications\/:id/, 'applicant', ({ applicationId }) => applicationId],
  [/^\/api\/attachments\/:id/, 'applicant', ({ attachmentId }) => attachmentId],
  [/^\/api\/uploads\/:id/, 'applicant', ({ uploadId }) => uploadId],
  [/^\/api\/locked-changes\/:id/, 'applicant', ({ lockedChangeId }) => lockedChangeId],
  [/^\/api\/paper\/deliveries\/:id/, 'applicant', ({ deliveryId }) => deliveryId],
  [/^\/api\/rounds\/:id/, 'authority', (of) => of.roundId],
  [/^\/api\/extensions\/:id/, 'authority', ({ extensionId }) => extensionId],
  [/^\/api\/spot-checks\/:id/, 'authority', ({ spotCheckId }) => spotCheckId],
  [/^\/api\/lists\/:id/, 'department', ({ listId }) => listId],
  [/^\/api\/pledges\/:id/, 'department', ({ pledgeId }) => pledgeId],
  [/^\/api\/organisations\/:id/, 'organisation', ({ organisationId }) => organisationId],
  [/^\/api\/organisation\/(people|profiles)\/:id/, 'organisation', ({ colleagueId }) => colleagueId],
  [/^\/api\/organisation-documents\/:id/, 'organisation', ({ documentId }) => documentId],
  [/^\/api\/organisation(\/|-)changes\/:id/, 'organisation', ({ changeId }) => changeId],
  [/^\/api\/(organisation\/|hosted-)platforms\/:id/, 'organisation', ({ platformId }) => platformId],
  [/^\/api\/organisation\/deputies\/:id/, 'organisation', ({ colleagueId }) => colleagueId],
  [/^\/api\/organisation\/offers\/:id/, 'organisation', ({ offerId }) => offerId],
  [/^\/api\/data-requests\/:id/, 'organisation', ({ requestId }) => requestId],
  [/^\/api\/profile\/offers\/:id/, 'personal', ({ offerId }) => offerId],
  [/^\/api\/saved-views\/:id/, 'personal', ({ viewId }) => viewId],
  [/^\/api\/notices\/:id/, 'personal', ({ noticeId }) => noticeId],
  [/^\/api\/session\/sessions\/:id/, 'personal', ({ sessionId }) => sessionId],
  [/^\/api\/session\/identities\/:id/, 'personal', ({ identityId }) => identityId],
];

/** Addresses whose parameter names nothing that belongs to somebody, and why. */
const NOBODYS: Record<string, string> = {
  '/api/roles/people/:id': 'people of the whole installation, for the security administrator',
  '/api/roles/proposals/:id/decision': 'of the whole installation, for the security administrator',
  '/api/roles/grants/:id/end': 'of the whole installation, for the security administrator',
  '/api/outbox/:id/retry': 'of the whole installation, for the system administrator',
  '/api/audit/roots/:ordinal': 'one log for all, for the audit administrator',
  '/api/saved-views/:queue': 'the name of a list; the views are one’s own',
  '/api/notices/addresses/:channel': 'mail or text message; the address is one’s own',
};

/** Answered alike whatever the id is, and nothing happens: the own password is asked first; what is not there need not be deleted. */
const ALIKE = ['POST /api/session/identities/:id/remove', 'DELETE /api/saved-views/:id'];

/** Whether a record is out of somebody's reach, said without looking at the table. */
function isForeign(name: string, level: Level, owner: Owner): boolean {
  if (level === 'personal') return name !== 'applicant' || owner !== 'own';
  if (/^(system|security|audit)Administrator$|^disabled$/.test(name)) return true;
  if (owner === 'own' || level === 'authority') return owner === 'otherAuthority';
  if (/^(programmeOfficer|serviceCentre|integrityOfficer)$/.test(name)) return owner === 'otherAuthority';
  if (name === 'recommendingDepartment' || level === 'department') return owner !== 'otherOrganisation';
  return true;
}

type Route = {
  method: string;
  url: string;
  rights: Right[];
  useCase: boolean;
  body: unknown;
  query: unknown;
  level?: Level;
  id?: (of: AllRecords) => string;
};

function routes(): Route[] {
  return server.app.declaredRoutes.flatMap(({ method, url, config, schema }): Route[] => {
    if (method === 'HEAD' || url.includes('*') || !url.startsWith('/api/')) return [];
    const right = config?.right ?? [];
    const [, level, id] = KINDS.find(([pattern]) => pattern.test(url)) ?? [];
    const body = sampleOf(schema?.body as Parameters<typeof sampleOf>[0]);
    const query = sampleOf(schema?.querystring as Parameters<typeof sampleOf>[0]);
    const rights = typeof right === 'string' ? [right] : [...right];
    return [
      {
        method: String(method),
        url,
        rights,
        useCase: config?.toldBy === 'useCase',
        body,
        query,
        ...(id && level && { id, level }),
      },
    ];
  });
}

const send = async (inject: Inject, { method, url, body, query, id }: Route, of: AllRecords) => {
  const path = url
    .replace(':id', id?.(of) ?? '00000000-0000-4000-8000-000000000000')
    .replace(':action', 'withdraw')
    .replace(':step', 'organisation')
    .replace(':personId', of.colleagueId)
    .replaceAll(/:(\w+)/g, '1');
  const request = {
    method,
    url: path,
    ...(query !== undefined && { query }),
    ...(body !== undefined && { payload: body }),
  } as InjectOptions;
  return inject(request);
};

/** 400 and 415: the request was not understood, so no record was looked for. They are counted, and must be few. */
const OWNERS: readonly Owner[] = ['own', 'otherOrganisation', 'otherDepartment', 'otherAuthority'];
const REFUSED = [400, 401, 403, 404, 415];

test('whoever is not signed in, is disabled, or has no such role is refused on every route, and nothing changes', async () => {
  const before = await fingerprint(server);
  let tried = 0;
  for (const [name, person] of [['nobody', undefined], ...Object.entries(actors)] as [string, TestPerson?][]) {
    const inject = person ? await signedIn(server, person) : server.visitor;
    for (const route of routes()) {
      if (route.rights.some((right) => rightDefinition(right).who === 'anybody')) continue;
      const outside = name === 'nobody' || name === 'disabled';
      const asking = person && { personId: person.id, grants: person.grants };
      if (!outside && (route.rights.some((right) => mightHave(asking, right)) || route.useCase)) continue;
      const { statusCode, body } = await send(inject, route, records.own);
      expect({ name, route: `${route.method} ${route.url}`, statusCode }).toMatchObject({
        statusCode: outside ? 401 : 403,
      });
      expect(body).not.toContain('本方甲');
      tried += 1;
    }
  }
  console.log(`matrix over HTTP, without the role: ${tried} requests over ${routes().length} routes`);
  expect(tried).toBeGreaterThan(800);
  expect(await fingerprint(server)).toBe(before);
}, 300_000);

test('every address with a parameter names a kind of record that the matrix knows', () => {
  const urls = routes().map(({ url }) => url);
  const unknown = urls.filter(
    (url) => url.includes(':') && !Object.hasOwn(NOBODYS, url) && !KINDS.some(([pattern]) => pattern.test(url)),
  );
  expect(
    unknown,
    'add whose records these are to KINDS in rights/matrix.test.ts, or to NOBODYS with the reason',
  ).toEqual([]);
  const stale = [
    ...KINDS.filter(([pattern]) => !urls.some((url) => pattern.test(url))).map(([pattern]) => String(pattern)),
    ...Object.keys(NOBODYS).filter((url) => !urls.includes(url)),
  ];
  expect(stale).toEqual([]);
});

/** Status and code: what somebody learns of a record by being refused. */
const toldBy = ({ statusCode, body }: { statusCode: number; body: string }): string =>
  `${statusCode} ${/"refusal":\{"code":"(\w+)"/.exec(body)?.[1] ?? ''}`;

const overInstallation = (rights: readonly Right[], { grants }: TestPerson): boolean =>
  rights.some((right) => {
    const { who } = rightDefinition(right);
    return (
      typeof who !== 'string' &&
      who.some(({ role, scope }) => scope === 'installation' && grants.some((grant) => grant.role === role))
    );
  });

test('records of another department, organisation or authority do not exist for anybody, whatever is asked of them', async () => {
  const before = await fingerprint(server);
  const absent = Object.fromEntries(
    Object.entries(records.own).map(([key, value]) => [key, /^[0-9a-f-]{36}$/.test(value) ? randomUUID() : value]),
  ) as AllRecords;
  let tried = 0;
  let unread = 0;
  const wrong: object[] = [];
  const askAll = async (name: string, person: TestPerson): Promise<void> => {
    const inject = await signedIn(server, person);
    for (const route of routes()) {
      const { level, rights, method, url } = route;
      if (!level || overInstallation(rights, person)) continue;
      const owners = OWNERS.filter((owner) => isForeign(name, level, owner));
      const nothing = owners.length > 0 ? toldBy(await send(inject, route, absent)) : '';
      for (const owner of owners) {
        const answer = await send(inject, route, records[owner]);
        const told = toldBy(answer);
        const refused = REFUSED.includes(answer.statusCode) || ALIKE.includes(`${method} ${url}`);
        if (!refused || told !== nothing || answer.body.includes(records[owner].mark)) {
          wrong.push({ name, owner, route: `${method} ${url}`, told, nothing, body: answer.body.slice(0, 200) });
        }
        tried += 1;
        unread += Number(answer.statusCode === 400 || answer.statusCode === 415);
      }
    }
  };
  await Promise.all(Object.entries(actors).map(([name, person]) => askAll(name, person)));
  console.log(`matrix over HTTP, foreign records: ${tried} requests, ${unread} not understood`);
  expect(wrong).toEqual([]);
  expect(unread / tried).toBeLessThan(0.1);
  expect(tried).toBeGreaterThan(3000);
  expect(await fingerprint(server)).toBe(before);
}, 300_000);

test('what the table gives, the door does not refuse', async () => {
  const reached: Placed = { ...records.own, coEditorIds: [actors['coEditor']?.id ?? ''] };
  expect(reached.authorityId).toBe(server.house.authorityId);
  for (const [name, person] of Object.entries(actors)) {
    const inject = await signedIn(server, person);
    for (const route of routes()) {
      const asking = { personId: person.id, grants: person.grants };
      if (name === 'disabled' || route.method !== 'GET' || !route.rights.some((right) => mightHave(asking, right)))
        continue;
      const { statusCode, body } = await send(inject, route, records.own);
      expect({ name, url: route.url, statusCode }).not.toMatchObject({ statusCode: 401 });
      expect(body, `${name} ${route.url}`).not.toMatch(/^\{"refusal":\{"code":"not_your_role"/);
    }
  }
}, 300_000);

/** These name a second thing besides the record, which is not there: a column, a paper, somebody who helps to write. */
const NAMES_MORE = /\/(list-columns\/:column|papers\/:paper\/start|co-editors\/:personId)$/;
/** Refused by the door or by whose record it is: any other refusal comes after the rights. */
const BY_DOOR_OR_SCOPE = ['signed_out', 'not_found', 'not_your_role', 'not_your_step'];

/** Fresh records of the own organisation, in a state in which somebody has the right. */
async function inGivenState(right: Right, person: TestPerson): Promise<AllRecords | undefined> {
  const { db } = server.context;
  const { who } = rightDefinition(right);
  const holder =
    typeof who === 'string' ? undefined : who.find(({ role }) => person.grants.some((grant) => grant.role === role));
  if (!holder || holder.scope === 'installation') return undefined;
  await db
    .updateTable('organisationChange')
    .set({ decision: 'withdrawn', decidedAt: server.clock.now() })
    .where('organisationId', '=', records.own.organisationId)
    .where('decision', 'is', null)
    .execute();
  const fresh = await addAll({
    ...records.own,
    mark: `新${randomUUID().slice(0, 4)}`,
    ...(person.id === records.own.applicantId && { applicantId: person.id }),
  });
  const [state] = holder.states === 'all' ? [] : holder.states;
  if (right.startsWith('application.') && state !== undefined && isState(state)) {
    await db.updateTable('application').set({ state }).where('id', '=', fresh.applicationId).execute();
  }
  const standing = right === 'organisation.review' ? 'pending' : 'approved';
  await db.updateTable('organisation').set({ state: standing }).where('id', '=', fresh.organisationId).execute();
  return fresh;
}

test('what the table gives is not refused by the door or for whose it is, in writing either', async () => {
  const wrong: object[] = [];
  let tried = 0;
  for (const [name, person] of Object.entries(actors)) {
    for (const route of routes()) {
      const { rights, level, method, url } = route;
      const [right] = rights;
      if (
        method === 'GET' ||
        NAMES_MORE.test(url) ||
        !right ||
        rights.length > 1 ||
        level === undefined ||
        level === 'personal'
      )
        continue;
      if (/^(coEditor|anotherApplicant|disabled)$/.test(name)) continue;
      const fresh = await inGivenState(right, person);
      if (!fresh) continue;
      const told = toldBy(await send(server.as(person), route, fresh));
      if (BY_DOOR_OR_SCOPE.some((code) => told.endsWith(code))) wrong.push({ name, route: `${method} ${url}`, told });
      tried += 1;
    }
  }
  console.log(`matrix over HTTP, given writes: ${tried} requests`);
  expect(wrong).toEqual([]);
  expect(tried).toBeGreaterThan(40);
}, 300_000);
