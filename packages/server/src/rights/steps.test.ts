import { randomUUID } from 'node:crypto';
import { RIGHTS, STATE_KEYS, type State, type Step, STEPS } from '@keshen/rules';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addActors,
  addAuthority,
  addNeighbour,
  addRecords,
  fingerprint,
  openMatrixRound,
  type Records,
  signedIn,
} from '../testing/matrix.ts';
import { TEST_CALLS } from '../testing/rounds.ts';
import { type Inject, startTestServer, type TestServer } from '../testing/server.ts';
import {
  ASKED,
  type Asked,
  type Cell,
  cellsOf,
  disagreements,
  gives,
  isForeign,
  isTelling,
  type Owner,
  OWNERS,
  rulesOf,
} from '../testing/steps-matrix.ts';

/** As many at a time as the server has connections. */
const AT_A_TIME = 8;
const RULES = rulesOf();
/** Twice as many, and as long: with those that are refused for two reasons. */
const ALL_CELLS = process.env['KESHEN_MATRIX'] === 'all';

let server: TestServer;
let records: Record<Owner, Records>;
let who: Record<Asked, Inject>;
let seen: (Cell & { given: boolean })[];

beforeAll(async () => {
  server = await startTestServer({ at: '2026-03-10T10:00:00+08:00', env: { KESHEN_CALLS: TEST_CALLS } });
  const roundId = await openMatrixRound(server);
  const { authorityId, departmentId, organisationId, otherDepartmentId, otherOrganisationId } = server.house;
  const here = { authorityId, departmentId, organisationId, roundId };
  const neighbourId = await addNeighbour(server, '同部门的单位');
  records = {
    own: await addRecords(server, { ...here, mark: '本人甲' }),
    otherPerson: await addRecords(server, { ...here, mark: '同事乙' }),
    otherOrganisation: await addRecords(server, { ...here, organisationId: neighbourId, mark: '邻单位丙' }),
    otherDepartment: await addRecords(server, {
      ...here,
      departmentId: otherDepartmentId,
      organisationId: otherOrganisationId,
      mark: '邻部门丁',
    }),
    otherAuthority: await addRecords(server, await addAuthority(server, roundId, '外省戊')),
  };
  const actors = await addActors(server, records.own);
  const entries = ASKED.map(async (asked) => {
    const person = actors[asked];
    return [asked, person ? await signedIn(server, person) : server.visitor] as const;
  });
  who = Object.fromEntries(await Promise.all(entries)) as Record<Asked, Inject>;
}, 60_000);
afterAll(() => server.close());

type Target = Pick<Records, 'applicationId' | 'listId'>;

/** How an action is asked for. Reasons and files are left out, so that what the table gives mostly ends at the next check. */
function requestFor(action: string, { applicationId, listId }: Target): InjectOptions {
  const url = `/api/applications/${applicationId}`;
  switch (action) {
    case 'read':
      return { method: 'GET', url };
    case 'saveSection':
      return {
        method: 'PUT',
        url: `${url}/sections/project`,
        payload: { revision: 7, data: {}, saveId: randomUUID() },
      };
    case 'attach':
      return {
        method: 'PUT',
        url: `${url}/materials/agreement?name=a.pdf`,
        headers: { 'content-type': 'application/octet-stream' },
        payload: Buffer.from('x'),
      };
    case 'deliver':
      return { method: 'POST', url: `/api/lists/${listId}/deliver` };
    case 'changeAfterAdmission':
      return { method: 'POST', url: `${url}/locked-changes`, payload: { field: 'title', after: '', reason: '' } };
    default:
      return { method: 'POST', url: `${url}/steps/${action}`, payload: {} };
  }
}

/** Refused by the door, by whose record it is, or by its state; any other refusal is that of a check, which comes after the rights. */
const NOT_GIVEN = ['signed_out', 'not_found', 'not_your_role', 'not_your_step', 'wrong_state'];
const codeOf = ({ body }: LightMyRequestResponse): string => /"refusal":\{"code":"(\w+)"/.exec(body)?.[1] ?? '';

const setState = (state: State) =>
  server.context.db
    .updateTable('application')
    .set({ state })
    .where(
      'id',
      'in',
      OWNERS.map((owner) => records[owner].applicationId),
    )
    .execute();

/** An application of the same owner in the state, that may be used up. */
async function throwAway({ owner, state }: Cell): Promise<Target> {
  const { db } = server.context;
  const { applicationId, listId } = records[owner];
  const id = randomUUID();
  const row = await db.selectFrom('application').selectAll().where('id', '=', applicationId).executeTakeFirstOrThrow();
  await db
    .insertInto('application')
    .values({ ...row, id, number: `M-${id.slice(0, 13)}`, state })
    .execute();
  if (owner === 'own') {
    const shared = await db.selectFrom('coEditor').selectAll().where('applicationId', '=', applicationId).execute();
    await db
      .insertInto('coEditor')
      .values(shared.map((one) => ({ ...one, id: randomUUID(), applicationId: id })))
      .execute();
  }
  return { applicationId: id, listId };
}

const faults: string[] = [];

async function ask(cell: Cell, target: Target): Promise<Cell & { given: boolean }> {
  const answer = await who[cell.asked](requestFor(cell.action, target));
  const code = codeOf(answer);
  const given = answer.statusCode < 400 || !NOT_GIVEN.includes(code);
  const told = JSON.stringify({ ...cell, status: answer.statusCode, code });
  if (answer.statusCode >= 500) faults.push(`fault: ${told}`);
  if (isForeign(cell)) {
    const { mark } = records[cell.owner];
    if (answer.body.includes(mark)) faults.push(`tells of it: ${told}`);
    const asIfAbsent = ['signed_out', 'not_found', 'not_your_role'].includes(code);
    if (!asIfAbsent) faults.push(`tells that it is there: ${told}`);
  }
  return { ...cell, given };
}

async function askAll(cells: readonly Cell[], targetOf: (cell: Cell) => Promise<Target> | Target) {
  const answers: (Cell & { given: boolean })[] = [];
  const waiting = [...cells];
  const work = async (): Promise<void> => {
    for (let cell = waiting.pop(); cell; cell = waiting.pop()) answers.push(await ask(cell, await targetOf(cell)));
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return answers;
}

test('each step and the reading of an application, in each state, for everybody, over own and other people’s: as the table says', async () => {
  const every = cellsOf(RULES);
  expect(every.length).toBe(STATE_KEYS.length * STEPS.length * ASKED.length * OWNERS.length);
  const cells = ALL_CELLS ? every : every.filter((cell) => isTelling(RULES, cell));
  const refused: (Cell & { given: boolean })[] = [];
  for (const state of STATE_KEYS) {
    await setState(state);
    const before = await fingerprint(server);
    const toRefuse = cells.filter((cell) => cell.state === state && !gives(RULES, cell));
    refused.push(...(await askAll(toRefuse, ({ owner }) => records[owner])));
    expect(await fingerprint(server), state).toBe(before);
  }
  const given = await askAll(
    cells.filter((cell) => gives(RULES, cell)),
    throwAway,
  );
  seen = [...refused, ...given];
  console.log(`steps over HTTP: ${seen.length} of ${every.length} cells, ${given.length} given`);
  expect(faults).toEqual([]);
  expect(disagreements(RULES, seen)).toEqual([]);
  expect(seen.length).toBe(cells.length);
  expect(cells.length).toBeGreaterThan(8000);
}, 300_000);

test('a table with one holder more, one fewer, one scope wider or one state more is found out', () => {
  const changed = (action: string, change: (step: Step) => Step[]): string[] =>
    disagreements(
      rulesOf((STEPS as readonly Step[]).flatMap((step) => (step.action === action ? change(step) : step))),
      seen,
    );
  expect(disagreements(rulesOf(STEPS), seen)).toEqual([]);

  expect(changed('forward', (step) => [step, { ...step, role: 'organisationReviewer' }])).toContain(
    'the table gives, the server does not: organisationReviewer forward own with_organisation',
  );
  expect(changed('submit', () => [])).toContain('the table refuses, the server does not: applicant submit own draft');
  expect(changed('forward', (step) => [{ ...step, scope: 'department' }]).length).toBeGreaterThan(0);
  expect(changed('forward', (step) => [{ ...step, scope: 'installation' }])).toContain(
    'the table gives what is foreign: organisationAdministrator forward otherAuthority with_organisation',
  );
  expect(changed('submit', (step) => [{ ...step, from: [...step.from, 'delivered'] }])).toEqual([
    'the table gives, the server does not: applicant submit own delivered',
  ]);
});

test('a server whose table was changed is found out', async () => {
  const cell: Cell = { asked: 'organisationReviewer', action: 'forward', owner: 'own', state: 'with_organisation' };
  const foreign: Cell = { ...cell, asked: 'recommendingDepartment', action: 'recommend', owner: 'otherDepartment' };
  const { 'application.forward': forward } = RIGHTS;
  const holders = forward.who as unknown as { role: string; scope: string; states: readonly State[] }[];
  const holder = { role: 'organisationReviewer', scope: 'organisation', states: ['with_organisation'] as const };
  holders.push(holder);
  try {
    const answers = [await ask(cell, await throwAway(cell))];
    expect(disagreements(RULES, answers)).toEqual([
      'the table refuses, the server does not: organisationReviewer forward own with_organisation',
    ]);
  } finally {
    holders.splice(holders.indexOf(holder), 1);
  }
  expect(disagreements(RULES, await askAll([cell, foreign], throwAway))).toEqual([]);
});
