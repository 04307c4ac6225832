import { loadavg } from 'node:os';
import {
  type Asking,
  type HeldRole,
  may,
  type Placed,
  type Right,
  RIGHT_KEYS,
  type Role,
  ROLES,
  SUBJECTS,
  subjectOf,
} from '@keshen/rules';
import { sql } from 'kysely';
import { reachesOf } from '../packages/server/src/applications/access.ts';
import { type Filters, searchApplications } from '../packages/server/src/applications/store-listing.ts';
import { connect } from '../packages/server/src/platform/db/connect.ts';
import { within } from '../packages/server/src/platform/db/reach.ts';
import type { Db } from '../packages/server/src/platform/db/schema.ts';
import { startServer } from './browser/own-server.ts';
import { asOwner, fillQueue, QUEUE } from './house/queue-of-a-department.ts';
import { machine, quantile, table, thousands, threadSeconds } from './measure.ts';

/** `decision`: µs of processor time, the mean over all cells and that of the slowest right. `lists`: ms, with the walls and without. */
export type RightsReport = {
  machine: string;
  load: number;
  decision: { cells: number; mean: number; slowest: { right: string; mean: number } };
  lists: { what: string; walled: number; open: number; ratio: number }[];
};

export const measureRights = async (): Promise<RightsReport> => ({
  machine: machine(),
  decision: decisions(),
  lists: await lists(),
  load: loadavg()[0] ?? NaN,
});

const HERE = { authorityId: 'A', departmentId: 'd', organisationId: 'o' };
const PLACES: Placed[] = [
  { ...HERE, applicantId: 'me', coEditorIds: ['guest'] },
  { ...HERE, applicantId: 'somebody', coEditorIds: [] },
  { authorityId: 'B', departmentId: 'x', organisationId: 'y', applicantId: 'somebody', coEditorIds: [] },
];
const ASKING: (Asking | undefined)[] = [
  undefined,
  ...(Object.keys(ROLES) as Role[]).map((role) => ({ personId: 'me', grants: [{ role, ...HERE }] })),
  // Somebody with every role at once looks longest.
  { personId: 'me', grants: (Object.keys(ROLES) as Role[]).map((role): HeldRole => ({ role, ...HERE })) },
];
const REPEATS = 200;

function decisions(): RightsReport['decision'] {
  let cells = 0;
  const rights = RIGHT_KEYS.map((right) => {
    const asked = cellsOf(right);
    cells += asked.length;
    const ask = (): void => {
      for (let repeat = 0; repeat < REPEATS; repeat += 1)
        for (const [asking, placed] of asked) may(asking, right, placed);
    };
    ask();
    return { right, cells: asked.length, seconds: threadSeconds(ask) };
  });
  const mean = (seconds: number, count: number): number => (seconds * 1e6) / (count * REPEATS);
  const slowest = rights
    .map(({ right, cells: count, seconds }) => ({ right, mean: mean(seconds, count) }))
    .reduce((most, one) => (one.mean > most.mean ? one : most));
  const all = rights.reduce((sum, { seconds }) => sum + seconds, 0);
  return { cells, mean: mean(all, cells), slowest };
}

function cellsOf(right: Right): [Asking | undefined, Placed][] {
  const states: readonly (string | undefined)[] = SUBJECTS[subjectOf(right)].states;
  return (states.length > 0 ? states : [undefined]).flatMap((state) =>
    ASKING.flatMap((asking) =>
      PLACES.map((placed): [Asking | undefined, Placed] => [
        asking,
        { ...placed, ...(state !== undefined && { state }) },
      ]),
    ),
  );
}

const TIMES = 100;
const ALL: Filters = { sort: 'updatedAt', descending: true, offset: 0, limit: 50 };
const ASKED: [string, Filters][] = [
  ['the first page', ALL],
  ['sorted by organisation', { ...ALL, sort: 'organisation' }],
  ['a word', { ...ALL, q: '储能' }],
  ['nobody assigned', { ...ALL, reviewer: 'none' }],
];
/** Who asks, and in which state the applications are that somebody in that role may see. */
const READERS = [
  { login: 'chushen-liaoning', whose: 'its department', state: 'recommended' },
  { login: 'keji-liaoning', whose: 'its authority', state: 'delivered' },
] as const;
const AUTHORITY = '辽宁省科学技术厅';
const OTHERS = ['jiangsu-2026-international', 'neimenggu-2026-cooperation', 'xinjiang-2025-sco'];

/** Six thousand applications of one authority beside as many of three others; walled and not, one after the other, time by time. */
async function lists(): Promise<RightsReport['lists']> {
  const server = await startServer();
  const { address, db: open } = await asOwner(server.data);
  const walled = connect(address, 1);
  try {
    await fillQueue(open, QUEUE);
    for (const call of OTHERS) {
      const place = call.split('-')[0] ?? '';
      await fillQueue(open, { call, applicant: `shenbao-${place}`, mark: place, rows: QUEUE.rows / OTHERS.length });
    }
    const measured = [];
    for (const { login, whose, state } of READERS) {
      await open.updateTable('application').set({ state }).execute();
      await sql`vacuum analyze application`.execute(open);
      const reaches = reachesOf(await askingOf(open, login));
      for (const [what, filters] of ASKED) {
        const ask = async (db: typeof open): Promise<{ ms: number; total: number }> => {
          const begun = performance.now();
          const { total } = await searchApplications(db, reaches, filters);
          return { ms: performance.now() - begun, total };
        };
        const times: { walled: number; open: number }[] = [];
        for (let time = -5; time < TIMES; time += 1) {
          const behind = await within([AUTHORITY], () => ask(walled));
          const before = await ask(open);
          if (behind.total !== before.total || behind.total === 0)
            throw new Error(`${what}: ${behind.total} and ${before.total}`);
          if (time >= 0) times.push({ walled: behind.ms, open: before.ms });
        }
        const median = (of: 'walled' | 'open'): number =>
          quantile(
            times.map((one) => one[of]),
            0.5,
          );
        const ratio = median('walled') / median('open');
        measured.push({ what: `${whose}: ${what}`, walled: median('walled'), open: median('open'), ratio });
      }
    }
    return measured;
  } finally {
    await walled.destroy();
    await open.destroy();
    await server.stop();
  }
}

async function askingOf(db: Db, login: string): Promise<Parameters<typeof reachesOf>[0]> {
  const grants = await db
    .selectFrom('actingGrant')
    .innerJoin('person', 'person.id', 'actingGrant.personId')
    .select(['personId', 'role', 'departmentId', 'authorityId'])
    .where('login', '=', login)
    .execute();
  return {
    personId: grants[0]?.personId ?? '',
    grants: grants.map(({ role, departmentId, authorityId }) => ({
      role,
      ...(departmentId && { departmentId }),
      ...(authorityId && { authorityId }),
    })),
  };
}

if (import.meta.main) {
  const report = await measureRights();
  if (process.argv.includes('--json')) console.log(JSON.stringify(report));
  else show(report);
}

function show({ machine: on, load, decision, lists: asked }: RightsReport): void {
  const { cells, mean, slowest } = decision;
  console.log(`On ${on}, load ${load.toFixed(1)}.\n`);
  console.log(
    `A decision, ${thousands(cells)} cells: ${mean.toFixed(2)} µs (1/${Math.round(20 / mean)} of the 20 allowed); slowest right ${slowest.right}: ${slowest.mean.toFixed(2)} µs.\n`,
  );
  console.log(
    table(
      ['list of 6,000 of 12,000 rows', 'with walls, ms', 'as owner, ms', 'ratio (aim 1.2)'],
      asked.map(({ what, walled, open, ratio }) => [what, walled.toFixed(1), open.toFixed(1), ratio.toFixed(2)]),
    ),
  );
}
