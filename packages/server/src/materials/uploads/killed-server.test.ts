import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../testing/database.ts';
import { tinyPdf } from '../../testing/pdf.ts';
import { type ServerProcess, startServerProcess } from '../../testing/server-process.ts';

const MATERIAL = 'scienceDataPledge';
const TUS = { 'x-keshen': '1', 'tus-resumable': '1.0.0' };
let dataDir: string;
let database: string;
let server: ServerProcess;
let cookie: string;

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${server.url}${path}`, { ...init, headers: { 'x-keshen': '1', cookie, ...(init.headers as object) } });
type Person = { login: string; password: string; role: string; authorityName?: string };
const told = async <T>(response: Promise<Response>): Promise<T> => (await (await response).json()) as T;
const askJson = async (path: string, body: object) => {
  const headers = { 'content-type': 'application/json' };
  return ask(path, { method: 'POST', body: JSON.stringify(body), headers });
};
const offsetOf = async (upload: string) =>
  Number((await ask(upload, { method: 'HEAD', headers: TUS })).headers.get('upload-offset'));

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keshen-killed-'));
  ({ database } = await freshDatabase());
  server = await startServerProcess({ dataDir, database });
  cookie = '';
  const { people } = await told<{ people: Person[] }>(ask('/api/demonstration'));
  const { login, password } = people.find(
    ({ role, authorityName = '' }) => role === 'applicant' && authorityName.includes('辽宁'),
  ) ?? { login: '', password: '' };
  const session = await askJson('/api/session', { login, password });
  cookie = (session.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
});
afterAll(async () => {
  await server.kill();
  await rm(dataDir, { recursive: true, force: true });
});

const pathOf = (upload: string) => join(dataDir, 'uploads', upload.split('/').at(-1) ?? '');

/** Sends from `offset`; the server is killed once most of `after` bytes more lie on its disk, at whatever byte it is then. */
async function sendUntilKilled(
  upload: string,
  { content, offset, after }: { content: Buffer; offset: number; after: number },
) {
  const sending = request(`${server.url}${upload}`, {
    method: 'PATCH',
    headers: {
      ...TUS,
      cookie,
      'upload-offset': offset,
      'content-type': 'application/offset+octet-stream',
      'content-length': content.length - offset,
    },
  });
  sending.on('error', () => {});
  for (let at = offset; at < offset + after; at += 65_521) {
    const room = sending.write(content.subarray(at, Math.min(at + 65_521, offset + after)));
    if (!room) await new Promise((resolve) => sending.once('drain', resolve));
  }
  const path = pathOf(upload);
  while ((await stat(path)).size < offset + after * 0.9) await new Promise((resolve) => setTimeout(resolve, 2));
  await server.kill();
  sending.destroy();
}

test('the server is killed in the middle of an upload, three times; it goes on exactly where the bytes ended', async () => {
  const { items } = await told<{ items: { id: string; callKey: string }[] }>(ask('/api/rounds'));
  const roundId = items.find(({ callKey }) => callKey.startsWith('liaoning'))?.id;
  const { id } = await told<{ id: string }>(askJson('/api/applications', { roundId, notClassified: true }));
  const start = tinyPdf('killed and resumed');
  const end = Buffer.from('\n%%EOF\n');
  const content = Buffer.concat([start, randomBytes(10_000_000 - start.length - end.length), end]);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const metadata = Object.entries({ application: id, material: MATERIAL, filename: '承诺书.pdf', sha256 })
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
  const created = await ask('/api/uploads', {
    method: 'POST',
    headers: { ...TUS, 'upload-length': String(content.length), 'upload-metadata': metadata },
  });
  const upload = created.headers.get('location') ?? '';

  let offset = 0;
  for (const after of [2_345_678, 1, 4_980_001]) {
    await sendUntilKilled(upload, { content, offset, after });
    server = await startServerProcess({ dataDir, database });
    const reached = await offsetOf(upload);
    expect(reached).toBeGreaterThanOrEqual(offset);
    expect(reached).toBeLessThanOrEqual(offset + after);
    const onDisk = await readFile(pathOf(upload));
    expect(onDisk.equals(content.subarray(0, reached))).toBe(true);
    offset = reached;
  }
  expect(offset).toBeGreaterThan(6_500_000);

  const receipt = ask(upload, {
    method: 'PATCH',
    body: content.subarray(offset),
    headers: { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
  });
  const attachment = await told<{ id: string }>(receipt);
  expect(attachment).toMatchObject({ sha256, bytes: content.length });
  const file = await ask(`/api/attachments/${attachment.id}`);
  expect(Buffer.from(await file.arrayBuffer()).equals(content)).toBe(true);
}, 120_000);
