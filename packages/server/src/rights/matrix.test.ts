import { authoritiesWithin, mightHave, type Placed, type Right, rightDefinition } from '@keshen/rules';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addActors,
  addAuthority,
  addRecords,
  fingerprint,
  openMatrixRound,
  type Records,
  sampleOf,
} from '../testing/matrix.ts';
import type { TestPerson } from '../testing/people.ts';
import { TEST_CALLS } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let actors: Record<string, TestPerson>;
let records: Record<'own' | 'otherDepartment' | 'otherAuthority', Records>;

beforeAll(async () => {
  server = await startTestServer({ at: '2026-03-10T10:00:00+08:00', env: { KESHEN_CALLS: TEST_CALLS } });
  const roundId = await openMatrixRound(server);
  const { authorityId, departmentId, organisationId, otherDepartmentId, otherOrganisationId } = server.house;
  const own = await addRecords(server, { authorityId, departmentId, organisationId, roundId, mark: '本方甲' });
  const place = { authorityId, departmentId: otherDepartmentId, organisationId: otherOrganisationId, roundId };
  const otherDepartment = await addRecords(server, { ...place, mark: '外方乙' });
  const otherAuthority = await addRecords(server, await addAuthority(server, roundId, '外省丙'));
  records = { own, otherDepartment, otherAuthority };
  actors = await addActors(server, own);
}, 60_000);
afterAll(() => server.close());

/** Which record an address names by `:id`; undefined where it names none that belongs to somebody. */
const KINDS: readonly [RegExp, (of: Records) => string][] = [
  [/^\/api\/applications\/:id/, ({ applicationId }) => applicationId],
  [/^\/api\/rounds\/:id/, ({ roundId }) => roundId],
  [/^\/api\/attachments\/:id/, ({ attachmentId }) => attachmentId],
  [/^\/api\/lists\/:id/, ({ listId }) => listId],
  [/^\/api\/extensions\/:id/, ({ extensionId }) => extensionId],
  [/^\/api\/organisations\/:id/, ({ organisationId }) => organisationId],
  [/^\/api\/organisation\/(people|profiles)\/:id/, ({ colleagueId }) => colleagueId],
];
/** What stands above a single department or organisation. */
const OF_THE_AUTHORITY = /^\/api\/(rounds|extensions)\/:id/;

type Route = {
  method: string;
  url: string;
  rights: Right[];
  useCase: boolean;
  body: unknown;
  query: unknown;
  id?: (of: Records) => string;
};

function routes(): Route[] {
  return server.app.declaredRoutes.flatMap(({ method, url, config, schema }): Route[] => {
    if (method === 'HEAD' || url.includes('*') || !url.startsWith('/api/')) return [];
    const right = config?.right ?? [];
    const id = KINDS.find(([pattern]) => pattern.test(url))?.[1];
    const body = sampleOf(schema?.body as Parameters<typeof sampleOf>[0]);
    const query = sampleOf(schema?.querystring as Parameters<typeof sampleOf>[0]);
    const rights = typeof right === 'string' ? [right] : [...right];
    return [
      { method: String(method), url, rights, useCase: config?.toldBy === 'useCase', body, query, ...(id && { id }) },
    ];
  });
}

const send = async (who: TestPerson | undefined, { method, url, body, query, id }: Route, of: Records) => {
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
  return who ? server.as(who)(request) : server.visitor(request);
};

/** 400 and 415: the request was not understood, so no record was looked for. They are counted, and must be few. */
const REFUSED = [400, 401, 403, 404, 415];

test('whoever is not signed in, is disabled, or has no such role is refused on every route, and nothing changes', async () => {
  const before = await fingerprint(server);
  let tried = 0;
  for (const route of routes()) {
    if (route.rights.some((right) => rightDefinition(right).who === 'anybody')) continue;
    for (const [name, person] of [['nobody', undefined], ...Object.entries(actors)] as [string, TestPerson?][]) {
      const outside = name === 'nobody' || name === 'disabled';
      const asking = person && { personId: person.id, grants: person.grants };
      if (!outside && (route.rights.some((right) => mightHave(asking, right)) || route.useCase)) continue;
      const { statusCode, body } = await send(person, route, records.own);
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

test('records of another department, organisation or authority do not exist for anybody, whatever is asked of them', async () => {
  const before = await fingerprint(server);
  let tried = 0;
  let unread = 0;
  const wrong: object[] = [];
  for (const route of routes().filter(({ id }) => id)) {
    for (const [name, person] of Object.entries(actors)) {
      for (const foreign of ['otherDepartment', 'otherAuthority'] as const) {
        const asking = { personId: person.id, grants: person.grants };
        const everywhere = route.rights.some((right) => authoritiesWithin(asking, right) === 'all');
        if (everywhere) continue;
        const ofAuthority = person.grants.some(({ departmentId, organisationId }) => !departmentId && !organisationId);
        if (foreign === 'otherDepartment' && (ofAuthority || OF_THE_AUTHORITY.test(route.url))) continue;
        const { statusCode, body } = await send(person, route, records[foreign]);
        if (!REFUSED.includes(statusCode) || body.includes(records[foreign].mark)) {
          wrong.push({ name, foreign, route: `${route.method} ${route.url}`, statusCode, body: body.slice(0, 200) });
        }
        tried += 1;
        unread += Number(statusCode === 400 || statusCode === 415);
      }
    }
  }
  console.log(`matrix over HTTP, foreign records: ${tried} requests, ${unread} not understood`);
  expect(wrong).toEqual([]);
  expect(unread / tried).toBeLessThan(0.1);
  expect(tried).toBeGreaterThan(800);
  expect(await fingerprint(server)).toBe(before);
}, 300_000);

test('what the table gives, the door does not refuse', async () => {
  const reached: Placed = { ...records.own, coEditorIds: [actors['coEditor']?.id ?? ''] };
  expect(reached.authorityId).toBe(server.house.authorityId);
  for (const route of routes()) {
    for (const [name, person] of Object.entries(actors)) {
      const asking = { personId: person.id, grants: person.grants };
      if (name === 'disabled' || route.method !== 'GET' || !route.rights.some((right) => mightHave(asking, right)))
        continue;
      const { statusCode, body } = await send(person, route, records.own);
      expect({ name, url: route.url, statusCode }).not.toMatchObject({ statusCode: 401 });
      expect(body, `${name} ${route.url}`).not.toMatch(/^\{"refusal":\{"code":"not_your_role"/);
    }
  }
}, 300_000);
