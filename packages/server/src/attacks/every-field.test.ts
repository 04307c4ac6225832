import { randomUUID } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type TestPerson } from '../testing/people.ts';
import { openTestRound } from '../testing/rounds.ts';
import { IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

/** Just enough of OpenAPI to know where a route takes text. */
type Schema = {
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
};
type Operation = {
  parameters?: { name: string; in: 'path' | 'query'; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
type Route = { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; path: string; operation: Operation };

const EVIL = [
  "x'; update person set name = 'owned' where true; --",
  "' or '1'='1",
  '1) union select password_hash from person --',
  "x'||(select case when 1=1 then pg_sleep(5) end)||'",
  '../../../../etc/passwd',
  '{{7*7}}${7*7}<script>alert(1)</script>',
  '\u202Egnp.exe',
  '%00%27',
];

let server: TestServer;
let routes: Route[];
let people: TestPerson[];
let applicationId: string;
let roundId: string;

beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  const { db } = server.context;
  roundId = await openTestRound(server, JOURNEY_CALL);
  applicationId = (await journeyOf(server).create('applicant', roundId)).body.id;
  people = [
    ...Object.values(server.house.people).filter(({ login }) => !login.startsWith('other')),
    await addPerson(db, 'security', '安全示例', [{ role: 'securityAdministrator' }]),
    await addPerson(db, 'audit', '审计示例', [{ role: 'auditAdministrator' }]),
  ];
  const { paths } = (await server.visitor({ url: '/api/openapi.json' })).json() as {
    paths: Record<string, Record<string, Operation>>;
  };
  routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
      .map(([method, operation]) => ({ method: method.toUpperCase() as Route['method'], path, operation })),
  );
}, 60_000);
afterAll(() => server.close());

/** A value that the schema takes. */
function sample({
  type,
  format,
  enum: options,
  const: only,
  anyOf,
  properties,
  required,
  items,
  minimum,
}: Schema): unknown {
  if (only !== undefined) return only;
  if (options) return options[0];
  if (anyOf?.[0]) return sample(anyOf[0]);
  if (format === 'uuid') return randomUUID();
  if (format === 'date-time') return '2026-04-01T00:00:00Z';
  if (type === 'integer' || type === 'number') return minimum ?? 1;
  if (type === 'boolean') return true;
  if (type === 'array') return items ? [sample(items)] : [];
  if (type === 'object') {
    return Object.fromEntries((required ?? []).map((key) => [key, sample(properties?.[key] ?? {})]));
  }
  return 'x';
}

/** Every place in a body where text may stand, as a path of keys. */
function textsIn(schema: Schema, at: string[] = []): string[][] {
  if (schema.anyOf) return schema.anyOf.flatMap((one) => textsIn(one, at));
  if (schema.type === 'object') {
    return Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => textsIn(inner, [...at, key]));
  }
  if (schema.type === 'array' && schema.items) return textsIn(schema.items, [...at, '0']);
  return schema.type === 'string' ? [at] : [];
}

function withText(body: unknown, [key, ...rest]: string[], text: string): unknown {
  if (key === undefined) return text;
  if (Array.isArray(body)) return [withText(body[0], rest, text)];
  const object = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  return { ...object, [key]: withText(rest[0] === '0' ? [] : object[key], rest, text) };
}

const bodyOf = ({ operation }: Route): Schema | undefined => operation.requestBody?.content['application/json']?.schema;

/** The route's address with ids that are there, or with `put` in place of one parameter. */
function addressOf(route: Route, put: Record<string, string> = {}): string {
  const parameters = route.operation.parameters ?? [];
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const known = route.path.startsWith('/api/rounds') ? roundId : applicationId;
    const schema = parameters.find((one) => one.name === name)?.schema ?? {};
    return encodeURIComponent(put[name] ?? (schema.format === 'uuid' ? known : String(sample(schema))));
  });
  const query = parameters
    .filter((one) => one.in === 'query' && (one.required || put[one.name] !== undefined))
    .map((one) => `${one.name}=${encodeURIComponent(put[one.name] ?? String(sample(one.schema)))}`);
  return query.length > 0 ? `${path}?${query.join('&')}` : path;
}

function attacksOn(route: Route): InjectOptions[] {
  const { method, operation } = route;
  const schema = bodyOf(route);
  const valid = schema && sample(schema);
  const payload = schema && { payload: valid as object };
  const inParameters = (operation.parameters ?? [])
    .filter((one) => one.schema.type === 'string' && one.schema.format === undefined)
    .flatMap(({ name }) => EVIL.map((text) => ({ method, url: addressOf(route, { [name]: text }), ...payload })));
  const inBody = schema
    ? textsIn(schema).flatMap((at) =>
        EVIL.map((text) => ({ method, url: addressOf(route), payload: withText(valid, at, text) as object })),
      )
    : [];
  return [...inParameters, ...inBody];
}

/** Whoever gets furthest: somebody whom the door lets through. */
async function whoPasses(route: Route): Promise<TestPerson | undefined> {
  for (const person of people) {
    const schema = bodyOf(route);
    const answer = await server.as(person)({
      method: route.method,
      url: addressOf(route),
      ...(schema && { payload: sample(schema) as object }),
    });
    if (answer.statusCode !== 403 && answer.statusCode !== 401) return person;
  }
  return undefined;
}

const census = async () =>
  sql<{ people: string; hashes: string; tables: number; versions: string }>`
    select (select string_agg(name || login, ',' order by login) from person where login in ('applicant', 'security', 'audit')) as people,
      (select string_agg(password_hash, ',' order by login) from person where login in ('applicant', 'security', 'audit')) as hashes,
      (select count(*)::int from information_schema.tables where table_schema = 'public') as tables,
      (select string_agg(checksum, ',' order by checksum) from call_version) as versions`.execute(server.context.db);

test('SQL and other tongues in every text of every route of the OpenAPI document are text, nothing else', async () => {
  expect(routes.length).toBeGreaterThan(100);
  const before = await census();
  const faults: string[] = [];
  let sent = 0;
  for (const route of routes) {
    // Signing out and ending sessions would only end the attack.
    if (route.path === '/api/session' && route.method === 'DELETE') continue;
    const attacks = attacksOn(route);
    if (attacks.length === 0) continue;
    const person = await whoPasses(route);
    for (const attack of attacks) {
      const began = performance.now();
      const answer = await (person ? server.as(person) : server.visitor)(attack);
      sent += 1;
      const told = answer.body.slice(0, 2000);
      const leaks = /syntax error|pg_|\$argon2|at .*\.ts:\d+|root:x:/i.test(told.replaceAll(/pg_sleep\(5\)/g, ''));
      const slow = performance.now() - began > 4500;
      if (answer.statusCode >= 500 || leaks || slow) {
        faults.push(
          `${attack.method} ${String(attack.url)} ${JSON.stringify(attack.payload)} → ${answer.statusCode} ${told}`,
        );
      }
    }
  }
  expect(faults).toEqual([]);
  expect(sent).toBeGreaterThan(500);
  expect((await census()).rows).toEqual(before.rows);
}, 240_000);

test('another organisation, another department and another house get nothing by knowing an id', async () => {
  const strangers: TestPerson[] = [
    server.house.people.otherApplicant,
    server.house.people.otherOrganisationAdministrator,
    server.house.people.otherDepartment,
  ];
  const opened: string[] = [];
  const own = routes.filter(({ path }) => path.startsWith('/api/applications/{id}'));
  expect(own.length).toBeGreaterThan(20);
  for (const route of own) {
    for (const stranger of strangers) {
      const schema = bodyOf(route);
      const answer = await server.as(stranger)({
        method: route.method,
        url: addressOf(route),
        ...(schema && { payload: sample(schema) as object }),
      });
      if (answer.statusCode < 400) opened.push(`${stranger.login} ${route.method} ${route.path}`);
    }
  }
  expect(opened).toEqual([]);
}, 120_000);

test('every body that takes fields refuses one it does not know (mass assignment)', async () => {
  const open: string[] = [];
  for (const route of routes) {
    const schema = bodyOf(route);
    if (schema?.type !== 'object' || !schema.properties) continue;
    const person = await whoPasses(route);
    const payload = {
      ...(sample(schema) as object),
      role: 'systemAdministrator',
      isAdmin: true,
      applicantId: randomUUID(),
    };
    const answer = await (person ? server.as(person) : server.visitor)({
      method: route.method,
      url: addressOf(route),
      payload,
    });
    if (answer.statusCode < 400) open.push(`${route.method} ${route.path}`);
  }
  expect(open).toEqual([]);
}, 120_000);
