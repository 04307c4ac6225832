import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, inject, test } from 'vitest';
import { freshDatabase } from '../testing/database.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const ID = '210102197803090012';
const PHONE = '13812345678';
const MAIL = 'wang.shili@example.cn';
const PASSWORD = 'wo-de-mi-ma-jiu-zhe-ge';

let dataDir: string;
afterAll(() => rm(dataDir, { recursive: true, force: true }));

test('in a whole run neither numbers nor passwords nor tokens come to the output or into the data folder', async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keshen-output-'));
  const { host, port, user } = inject('database');
  const { database } = await freshDatabase();
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      KESHEN_DATA: dataDir,
      DATABASE_URL: `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
    },
  });
  let output = '';
  const address = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /科申已启动：(\S+)/.exec(output)?.[1];
      if (url) resolve(url);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  const headers = { 'x-keshen': '1', 'content-type': 'application/json' };
  const post = (path: string, body: unknown, more: Record<string, string> = {}) =>
    fetch(`${address}${path}`, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) });
  const login = await post('/api/session', { login: 'shenbao-liaoning', password: 'keshen-yanlian' });
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const token = cookie.split('=')[1] ?? '';
  expect(token.length).toBeGreaterThan(30);
  await post('/api/session', { login: ID, password: PASSWORD });
  await post('/api/session', { login: MAIL, password: PASSWORD });
  await fetch(`${address}/api/applications?q=${ID}&phone=${PHONE}`, { headers: { cookie } });
  await fetch(`${address}/api/people/${ID}/${PHONE}/${MAIL}`, { headers: { cookie } });
  await fetch(`${address}/api/profile`, {
    method: 'PUT',
    headers: { ...headers, cookie },
    body: JSON.stringify({
      revision: 1,
      data: { idType: 'residentId', idNumber: ID, phone: PHONE, email: MAIL, wrong: ID },
    }),
  });
  await post('/api/account-links/use', { token: 'secret-token-of-a-link', password: PASSWORD }, { cookie });
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  for (const secret of [ID, PHONE, MAIL, PASSWORD, token, 'secret-token-of-a-link'])
    expect(output).not.toContain(secret);
  for (const name of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const content = await readFile(join(name.parentPath, name.name));
    for (const secret of [ID, PHONE, PASSWORD, token]) expect(content.includes(secret), name.name).toBe(false);
  }
}, 90_000);
