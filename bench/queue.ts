import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { startServer } from './browser/own-server.ts';
import { machine, quantile, table } from './measure.ts';

/** One department's six thousand applications, as its reviewers ask for them. Milliseconds of a whole request. */
export type QueueReport = { machine: string; rows: number; asked: { what: string; median: number; p90: number }[] };

const ROWS = 6_000;
const ORGANISATIONS = 200;
const TIMES = 40;
const REVIEWER = { login: 'chushen-liaoning', password: 'keshen-yanlian' };

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
    const cookie = await signIn(server.address);
    const ask = async (path: string): Promise<{ total: number }> => {
      const answer = await fetch(server.address + path, { headers: { cookie, 'x-keshen': '1' } });
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return (await answer.json()) as { total: number };
    };
    await fill(server.data);
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
    return { machine: machine(), rows: ROWS, asked };
  } finally {
    await server.stop();
  }
}

async function signIn(address: string): Promise<string> {
  const answer = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-keshen': '1', origin: address },
    body: JSON.stringify(REVIEWER),
  });
  if (!answer.ok) throw new Error(`sign in: ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

type Server = { withContext: (command: (context: { db: Kysely<unknown> }) => Promise<number>) => Promise<number> };

/** Rows as the list reads them; what stands in the applications is not asked for here. */
async function fill(data: string): Promise<void> {
  process.env['KESHEN_DATA'] = data;
  const { withContext }: Server = await import(join(import.meta.dirname, '../packages/server/src/cli/with-context.ts'));
  await withContext(async ({ db }) => {
    await sql`
      insert into organisation (authority_id, department_id, uscc, name, kind, legal_person, registered_on, division,
        legal_representative, contact_name, contact_phone, state, demonstration)
      select o.authority_id, o.department_id, 'BENCH' || n, '示例单位' || n, o.kind, true, o.registered_on, o.division,
        '某某', '某某', o.contact_phone, 'approved', true
      from organisation o join department d on d.id = o.department_id, generate_series(1, ${ORGANISATIONS}) n
      where d.name = '沈阳市科学技术局'`.execute(db);
    await sql`
      insert into application (number, round_id, filled_under, organisation_id, department_id, applicant_id, state, title, topic,
        submitted_at, created_at, updated_at, finding_kinds)
      select 'BENCH-' || lpad(n::text, 6, '0'), r.id, r.checksum, o.id, o.department_id, p.id, 'recommended',
        (array['海水淡化膜', '储能材料', '五轴加工', '草莓种苗', '海上风电', '疫苗佐剂'])[1 + n % 6] || '关键技术联合研究之' || n,
        'T' || n % 8, now() - n * interval '1 minute', now() - interval '9 days', now() - n * interval '7 seconds',
        case n % 5 when 0 then '{person}'::text[] when 1 then '{explained}'::text[] else '{}'::text[] end
      from generate_series(1, ${ROWS}) n
      join organisation o on o.uscc = 'BENCH' || (1 + n % ${ORGANISATIONS})
      join round r on r.call_key = 'liaoning-2026-international' and r.mode = 'rehearsal'
      join person p on p.login = 'shenbao-liaoning'`.execute(db);
    await sql`analyze`.execute(db);
    return 0;
  });
}

if (import.meta.main) {
  const report = await measureQueue();
  const rows = report.asked.map(({ what, median, p90 }) => [what, median.toFixed(1), p90.toFixed(1)]);
  console.log(`${report.machine}\n\n${table([`of ${report.rows} rows`, 'median ms', 'p90 ms'], rows)}`);
}
