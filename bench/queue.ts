import { startServer } from './browser/own-server.ts';
import { asOwner, fillQueue, QUEUE, signIn } from './house/queue-of-a-department.ts';
import { machine, quantile, table } from './measure.ts';

/** One department's six thousand applications, as its reviewers ask for them. Milliseconds of a whole request. */
export type QueueReport = { machine: string; rows: number; asked: { what: string; median: number; p90: number }[] };

const TIMES = 40;

const ASKED: [string, string][] = [
  ['the first page', 'state=recommended&pageSize=50'],
  ['page 100', 'state=recommended&pageSize=50&page=100'],
  ['sorted by organisation', 'sort=organisation&pageSize=50'],
  ['sorted by title', 'sort=-title&pageSize=50'],
  ['a word in title, number or organisation', `q=${encodeURIComponent('储能')}&pageSize=50`],
  ['a finding for a person, to be done in 20 days', 'finding=person&dueWithin=20&pageSize=50'],
  ['nobody assigned, oldest first', 'reviewer=none&sort=submittedAt&pageSize=50'],
];

export async function measureQueue(): Promise<QueueReport> {
  const server = await startServer();
  try {
    const cookie = await signIn(server.address, 'chushen-liaoning');
    const ask = async (path: string): Promise<{ total: number }> => {
      const answer = await fetch(server.address + path, { headers: { cookie, 'x-keshen': '1' } });
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return (await answer.json()) as { total: number };
    };
    const { db } = await asOwner(server.data);
    await fillQueue(db, QUEUE);
    await db.destroy();
    const asked = [];
    for (const [what, query] of ASKED) {
      const took: number[] = [];
      for (let time = -3; time < TIMES; time += 1) {
        const begun = performance.now();
        const { total } = await ask(`/api/applications?${query}`);
        if (total === 0) throw new Error(`nothing found: ${what}`);
        if (time >= 0) took.push(performance.now() - begun);
      }
      asked.push({ what, median: quantile(took, 0.5), p90: quantile(took, 0.9) });
    }
    return { machine: machine(), rows: QUEUE.rows, asked };
  } finally {
    await server.stop();
  }
}

if (import.meta.main) {
  const report = await measureQueue();
  const rows = report.asked.map(({ what, median, p90 }) => [what, median.toFixed(1), p90.toFixed(1)]);
  console.log(`${report.machine}\n\n${table([`of ${report.rows} rows`, 'median ms', 'p90 ms'], rows)}`);
}
