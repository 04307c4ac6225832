import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from '@playwright/test';
import { fillApplication, type Section } from './browser/filled-application.ts';
import { startServer } from './browser/own-server.ts';
import { asOwner } from './house/queue-of-a-department.ts';
import { machine, quantile, table } from './measure.ts';

/** Saves a second, one after the other: over HTTP, and by pgbench with the statements that change something; medians of the rounds. */
export type SavingReport = { machine: string; load: number; http: number; pgbench: number; ratio: number };

const CALL = 'liaoning-2026-international';
const SECTION = 'text';
const SECONDS = 4;
const ROUNDS = 3;
const PGBENCH = process.env['PGBENCH'] ?? 'pgbench';

/** Undefined where there is no pgbench. */
export async function measureSaving(): Promise<SavingReport | undefined> {
  if (spawnSync(PGBENCH, ['--version']).status !== 0) return undefined;
  const server = await startServer();
  const folder = await mkdtemp(join(tmpdir(), 'keshen-bench-'));
  const { address, db } = await asOwner(server.data);
  const client = await request.newContext({ baseURL: server.address });
  try {
    let data: Section = {};
    const id = await fillApplication(client, {
      call: CALL,
      example: 'enterprise',
      applicant: 'shenbao-liaoning',
      lengthen: (part, section) => {
        if (section === SECTION) data = part;
        return part;
      },
    });
    const { cookies } = await client.storageState();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const save = savingOverHttp(`${server.address}/api/applications/${id}/sections/${SECTION}`, cookie, data);
    const script = join(folder, 'save.sql');
    await writeFile(script, statements(id, data));
    if (typeof address === 'string') throw new Error('the server has a database of its own');
    const rounds: { http: number; pgbench: number; ratio: number }[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const { revision } = await db
        .selectFrom('applicationSection')
        .select('revision')
        .where('applicationId', '=', id)
        .where('section', '=', SECTION)
        .executeTakeFirstOrThrow();
      const http = await save(revision);
      const pgbench = savingByPgbench(script, address);
      // The first round warms up.
      if (round > 0) rounds.push({ http, pgbench, ratio: http / pgbench });
    }
    const median = (of: 'http' | 'pgbench' | 'ratio'): number =>
      quantile(
        rounds.map((one) => one[of]),
        0.5,
      );
    return {
      machine: machine(),
      load: loadavg()[0] ?? NaN,
      http: median('http'),
      pgbench: median('pgbench'),
      ratio: median('ratio'),
    };
  } finally {
    await client.dispose();
    await db.destroy();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function savingOverHttp(address: string, cookie: string, data: Section) {
  return async (seen: number): Promise<number> => {
    let revision = seen;
    const begun = performance.now();
    for (let saves = 1; ; saves += 1) {
      const answer = await fetch(address, {
        method: 'PUT',
        headers: { cookie, 'x-keshen': '1', 'content-type': 'application/json', origin: new URL(address).origin },
        body: JSON.stringify({ revision, data, saveId: randomUUID() }),
      });
      if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
      revision += 1;
      const seconds = (performance.now() - begun) / 1000;
      if (seconds >= SECONDS) return saves / seconds;
    }
  };
}

/** What a save asks of the database, without who asks and what the call says: lock, see the revision, write it and its history. */
function statements(id: string, data: Section): string {
  const json = JSON.stringify(data).replaceAll("'", "''").replaceAll(/:(\w)/g, ': $1');
  const of = `application_id = '${id}' and section = '${SECTION}'`;
  return [
    'begin;',
    `select a.*, r.*, o.name, d.name, p.name from application a join round r on r.id = a.round_id
       join organisation o on o.id = a.organisation_id join department d on d.id = a.department_id
       join person p on p.id = a.applicant_id where a.id = '${id}' for update of a;`,
    `select 1 from application_section_history where ${of} and save_id = gen_random_uuid();`,
    `select * from application_section where ${of};`,
    `update application_section set revision = revision + 1, data = '${json}', save_id = gen_random_uuid(), saved_at = now() where ${of};`,
    `insert into application_section_history select * from application_section where ${of};`,
    `update application set updated_at = now() where id = '${id}';`,
    'commit;',
  ]
    .map((statement) => statement.replaceAll(/\s*\n\s*/g, ' '))
    .join('\n');
}

function savingByPgbench(script: string, to: { host: string; port: number; user: string; database: string }): number {
  const { host, port, user, database } = to;
  const given = ['-n', '-M', 'prepared', '-c', '1', '-T', String(SECONDS), '-f', script];
  const { stdout, stderr } = spawnSync(PGBENCH, [...given, '-h', host, '-p', String(port), '-U', user, database], {
    encoding: 'utf8',
  });
  const found = /tps = ([\d.]+)/.exec(stdout);
  if (!found) throw new Error(`pgbench: ${stderr}`);
  return Number(found[1]);
}

if (import.meta.main) {
  const report = await measureSaving();
  if (process.argv.includes('--json')) console.log(JSON.stringify(report ?? null));
  else if (!report) console.log('pgbench is missing: nothing to compare with. Set PGBENCH to where it is.');
  else show(report);
}

function show({ machine: on, load, http, pgbench, ratio }: SavingReport): void {
  console.log(`On ${on}, load ${load.toFixed(1)}.\n`);
  const row = [http.toFixed(0), pgbench.toFixed(0), ratio.toFixed(2)];
  console.log(table(['saves a second over HTTP', 'pgbench, the same statements', 'ratio (aim 0.5)'], [row]));
}
