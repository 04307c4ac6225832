import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../../testing/journey.ts';
import type { TestPerson, TestRole } from '../../testing/people.ts';
import { tinyPdf } from '../../testing/pdf.ts';
import { openTestRound } from '../../testing/rounds.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';
import { openUploadFiles, sweepUploads } from './sweep-uploads.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let id: string;
const PLEDGE = 'scienceDataPledge';
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  journey = journeyOf(server);
  id = (await journey.create('applicant', await openTestRound(server, JOURNEY_CALL))).body.id;
  const { application } = await exampleOf('several-partners');
  await journey.save('applicant', id, 'partners', { revision: 0, data: application['partners'] ?? {} });
});
afterEach(() => server.clock.set(IN_THE_WINDOW));
afterAll(() => server.close());

type Who = TestRole | TestPerson;
const sha256Of = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const metadataOf = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');

const TUS = { 'tus-resumable': '1.0.0' };
const create = (who: Who, bytes: number, metadata: Record<string, string> = {}) =>
  server.as(who)({
    method: 'POST',
    url: '/api/uploads',
    headers: {
      ...TUS,
      'upload-length': String(bytes),
      'upload-metadata': metadataOf({ application: id, material: PLEDGE, filename: '承诺书.pdf', ...metadata }),
    },
  });
const head = (who: Who, url: string) => server.as(who)({ method: 'HEAD', url, headers: TUS });
const patch = (who: Who, url: string, offset: number, payload: Buffer) =>
  server.as(who)({
    method: 'PATCH',
    url,
    payload,
    headers: { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
  });
const begin = async (bytes: number, metadata?: Record<string, string>) =>
  String((await create('applicant', bytes, metadata)).headers.location);
const send = async (content: Buffer, metadata?: Record<string, string>) =>
  patch('applicant', await begin(content.length, metadata), 0, content);
const materials = async () => (await journey.get('applicant', `/api/applications/${id}/materials`)).body;
const underWay = () => readdir(join(server.context.config.dataDir, 'uploads'));

test('a file comes in pieces, and the answer to the last one is the receipt', async () => {
  const content = tinyPdf('in pieces');
  const created = await create('applicant', content.length, {
    sha256: sha256Of(content),
    filename: '../承诺\u0007书.pdf',
  });
  expect(created.statusCode).toBe(201);
  const url = String(created.headers.location);
  const first = await patch('applicant', url, 0, content.subarray(0, 100));
  expect(first).toMatchObject({ statusCode: 204, headers: { 'upload-offset': '100' } });
  expect((await materials()).unfinished).toMatchObject([{ fileName: '../承诺\u0007书.pdf', received: 100 }]);
  expect((await head('applicant', url)).headers).toMatchObject({
    'upload-offset': '100',
    'upload-length': String(content.length),
  });
  const last = await patch('applicant', url, 100, content.subarray(100));
  expect(last.statusCode).toBe(200);
  expect(last.headers['content-security-policy']).toBeDefined();
  expect(last.headers['access-control-allow-origin']).toBeUndefined();
  expect(last.json()).toMatchObject({
    material: PLEDGE,
    fileName: '承诺书.pdf',
    pages: 1,
    sha256: sha256Of(content),
    inspection: { state: 'passed', virus: 'not_scanned' },
  });
  expect(await server.context.files.has(sha256Of(content))).toBe(true);
  const { attachments, unfinished } = await materials();
  expect(attachments.map((one: { id: string }) => one.id)).toEqual([last.json().id]);
  expect(unfinished).toEqual([]);
  expect(await underWay()).toEqual([]);
});

test('a receipt whose answer was lost is given again', async () => {
  const content = tinyPdf('lost answer');
  const url = await begin(content.length);
  const receipt = await patch('applicant', url, 0, content);
  expect((await head('applicant', url)).headers['upload-offset']).toBe(String(content.length));
  const again = await journey.call('applicant', 'POST', `${url}/receipt`);
  expect(again).toMatchObject({ status: 200, body: { id: receipt.json().id } });
});

test('a receipt is not given for half a file', async () => {
  const url = await begin(1000);
  await patch('applicant', url, 0, Buffer.alloc(400));
  expect(await journey.call('applicant', 'POST', `${url}/receipt`)).toMatchObject({
    status: 409,
    body: { refusal: { code: 'not_all_there', current: { received: 400 } } },
  });
});

test('a piece goes where it belongs, and nothing is taken beyond what was announced', async () => {
  const content = tinyPdf('offsets');
  const url = await begin(content.length);
  await patch('applicant', url, 0, content.subarray(0, 50));
  for (const offset of [0, 49, 51]) {
    const wrong = await patch('applicant', url, offset, content.subarray(offset));
    expect(wrong, String(offset)).toMatchObject({ statusCode: 409 });
    expect(wrong.json().refusal.code).toBe('offset_differs');
  }
  const beyond = await patch('applicant', url, 50, Buffer.concat([content.subarray(50), Buffer.from('!')]));
  expect(beyond.statusCode).toBe(413);
  expect((await head('applicant', url)).headers['upload-offset']).toBe('50');
  expect((await patch('applicant', url, 50, content.subarray(50))).statusCode).toBe(200);
});

test('what arrives differently from what the sender hashed is refused and thrown away', async () => {
  const before = await underWay();
  const refused = await send(tinyPdf('changed on its way'), { sha256: 'a'.repeat(64) });
  expect(refused.statusCode).toBe(422);
  expect(refused.json().refusal).toMatchObject({ code: 'hash_differs', where: `materials.${PLEDGE}` });
  expect(await underWay()).toEqual(before);
});

test('one byte over the limit is refused before a byte is sent, the limit itself is not', async () => {
  const refused = await create('applicant', 10_485_761);
  expect(refused.statusCode).toBe(413);
  expect(refused.json().refusal).toMatchObject({ code: 'too_large', message: expect.stringContaining('10 MB') });
  const end = Buffer.from('\n%%EOF\n');
  const start = tinyPdf('as large as may be');
  const content = Buffer.concat([start, randomBytes(10_485_760 - start.length - end.length), end]);
  const stored = await send(content, { sha256: sha256Of(content) });
  expect(stored).toMatchObject({ statusCode: 200 });
  expect(stored.json()).toMatchObject({ bytes: 10_485_760, inspection: { state: 'checking' } });
});

test('an empty file is refused', async () => {
  const refused = await create('applicant', 0);
  expect(refused.json().refusal.code).toBe('empty_file');
});

test('rights, place and window are checked before a byte is sent', async () => {
  const refusals = async (who: Who, metadata: Record<string, string> = {}) => {
    const response = await create(who, 100, metadata);
    return `${response.statusCode} ${response.json().refusal.code}`;
  };
  expect(await refusals('otherApplicant')).toBe('404 not_found');
  expect(await refusals('organisationAdministrator')).toBe('403 not_your_step');
  expect(await refusals('applicant', { application: randomUUID() })).toBe('404 not_found');
  expect(await refusals('applicant', { application: "' or 1=1" })).toBe('404 not_found');
  expect(await refusals('applicant', { material: 'unheardOf' })).toBe('404 no_such_material');
  expect(await refusals('applicant', { material: 'agreement' })).toBe('422 wrong_row');
  expect(await refusals('applicant', { material: 'agreement', row: 'nobody' })).toBe('422 wrong_row');
  expect((await create('applicant', 100, { material: 'agreement', row: 'p1' })).statusCode).toBe(201);
  expect((await server.visitor({ method: 'POST', url: '/api/uploads', headers: TUS })).statusCode).toBe(401);
  server.clock.set('2025-11-28T17:00:00.001+08:00');
  expect(await refusals('applicant')).toBe('403 window_closed');
});

test("somebody else's upload does not exist, whatever is asked of it", async () => {
  const url = await begin(100);
  for (const who of ['otherApplicant', 'organisationAdministrator', 'programmeOfficer'] as const) {
    expect((await head(who, url)).statusCode, who).toBe(404);
    expect((await patch(who, url, 0, Buffer.alloc(10))).json().refusal.code, who).toBe('no_such_upload');
    expect((await journey.call(who, 'POST', `${url}/receipt`)).status, who).toBe(404);
    expect((await server.as(who)({ method: 'DELETE', url, headers: TUS })).statusCode, who).toBe(404);
  }
  expect((await server.visitor({ method: 'HEAD', url, headers: TUS })).statusCode).toBe(401);
  expect((await head('applicant', '/api/uploads/..%2f..%2fetc')).statusCode).toBe(400);
  expect((await head('applicant', url)).headers['upload-offset']).toBe('0');
});

test('what came after the window is refused; what was there in time counts though its receipt is asked for later', async () => {
  server.clock.set('2025-11-28T16:59:00+08:00');
  const content = tinyPdf('late');
  const [late, inTime] = [await begin(content.length), await begin(content.length)];
  await patch('applicant', late, 0, content.subarray(0, 200));
  await server.context.db
    .updateTable('upload')
    .set({ filledAt: server.clock.now() })
    .where('id', '=', inTime.split('/').at(-1) ?? '')
    .execute();
  await writeFile(join(server.context.config.dataDir, 'uploads', inTime.split('/').at(-1) ?? ''), content);
  server.clock.set('2025-11-28T17:00:00.001+08:00');
  const refused = await patch('applicant', late, 200, content.subarray(200));
  expect(refused).toMatchObject({ statusCode: 403 });
  expect(refused.json().refusal.code).toBe('window_closed');
  expect((await head('applicant', late)).statusCode).toBe(404);
  expect((await journey.call('applicant', 'POST', `${inTime}/receipt`)).status).toBe(200);
});

test('two uploads to one place at once: both arrive whole, the later one counts, the other is kept', async () => {
  const [one, two] = [tinyPdf('one of two'), tinyPdf('two of two')];
  const urls = [await begin(one.length), await begin(two.length)] as const;
  const answers = await Promise.all([patch('applicant', urls[0], 0, one), patch('applicant', urls[1], 0, two)]);
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  const { attachments, earlier } = await materials();
  const present = attachments.filter((file: { material: string }) => file.material === PLEDGE);
  expect(present).toHaveLength(1);
  const ids = answers.map((answer) => answer.json().id);
  expect(ids).toContain(present[0].id);
  const replaced = earlier.find((file: { id: string }) => ids.includes(file.id));
  expect(replaced).toMatchObject({ material: PLEDGE, removedByName: '申报人', storedByName: '申报人' });
});

test('the same piece sent twice at once is put down once', async () => {
  const content = tinyPdf('sent twice');
  const url = await begin(content.length);
  const answers = await Promise.all([patch('applicant', url, 0, content), patch('applicant', url, 0, content)]);
  const ids = new Set(answers.filter(({ statusCode }) => statusCode === 200).map((answer) => answer.json().id));
  expect(ids.size).toBe(1);
});

test('an upload that is given up is gone', async () => {
  const url = await begin(100);
  await patch('applicant', url, 0, Buffer.alloc(10));
  expect((await server.as('applicant')({ method: 'DELETE', url, headers: TUS })).statusCode).toBe(204);
  expect((await head('applicant', url)).statusCode).toBe(404);
  expect(await underWay()).not.toContain(url.split('/').at(-1));
});

test('an upload lives for two days, and its bytes go when it is swept', async () => {
  const url = await begin(100);
  await patch('applicant', url, 0, Buffer.alloc(10));
  const sweep = () => sweepUploads(server.context, openUploadFiles(server.context), server.clock.now());
  server.clock.advance(48 * 3600_000 - 1);
  await sweep();
  expect((await head('applicant', url)).statusCode).toBe(200);
  server.clock.advance(1);
  expect((await head('applicant', url)).statusCode).toBe(404);
  await sweep();
  expect(await underWay()).not.toContain(url.split('/').at(-1));
});

test('a replaced file is brought back with what was said about it, and the present one gives way', async () => {
  const [first, second] = [await send(tinyPdf('version 1')), await send(tinyPdf('version 2'))].map((one) => one.json());
  const restored = await journey.call('applicant', 'POST', `/api/attachments/${first.id}/restoration`);
  expect(restored).toMatchObject({ status: 200, body: { sha256: first.sha256, pages: 1 } });
  const { attachments, earlier } = await materials();
  expect(attachments.map((file: { id: string }) => file.id)).toContain(restored.body.id);
  expect(earlier.map((file: { id: string }) => file.id)).toContain(second.id);
  expect((await journey.call('applicant', 'POST', `/api/attachments/${restored.body.id}/restoration`)).status).toBe(
    409,
  );
  expect((await journey.call('otherApplicant', 'POST', `/api/attachments/${first.id}/restoration`)).status).toBe(404);
});

test('a program that does not speak the protocol gets a clear answer', async () => {
  const bare = await server.as('applicant')({ method: 'POST', url: '/api/uploads' });
  expect(bare.statusCode).toBe(412);
  expect(bare.json().refusal.code).toBe('upload_protocol');
  const noLength = await server.as('applicant')({ method: 'POST', url: '/api/uploads', headers: TUS });
  expect(noLength.statusCode).toBe(400);
  const crossSite = await server.app.inject({ method: 'POST', url: '/api/uploads', headers: TUS });
  expect(crossSite.json().refusal.code).toBe('cross_site');
  const wrongType = await server.as('applicant')({
    method: 'PATCH',
    url: await begin(10),
    headers: { ...TUS, 'upload-offset': '0', 'content-type': 'application/json' },
    payload: '{}',
  });
  expect(wrongType.statusCode).toBe(400);
});

test('names that a file may not have are made harmless', async () => {
  const nameOf = async (filename: string) => (await send(tinyPdf(randomUUID()), { filename })).json().fileName;
  expect(await nameOf('../../etc/passwd.pdf')).toBe('passwd.pdf');
  expect(await nameOf(`${'长'.repeat(300)}.pdf`)).toBe(`${'长'.repeat(116)}.pdf`);
  expect(await nameOf('承\u0000诺\u202E书.pdf')).toBe('承诺书.pdf');
  // As macOS writes é and ガ: letters and their marks apart.
  expect(await nameOf('re\u0301sume\u0301カ\u3099イド.pdf')).toBe('r\u00e9sum\u00e9\u30acイド.pdf');
});

test('what is stored is what was sent', async () => {
  const content = tinyPdf('round trip');
  const { sha256 } = (await send(content)).json();
  expect(await server.context.files.borrow(sha256, (path) => readFile(path))).toEqual(content);
});
