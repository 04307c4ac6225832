import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { tinyPdf } from '../testing/pdf.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let id: string;
const PLEDGE = 'scienceDataPledge';
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  journey = journeyOf(server);
  const roundId = await openTestRound(server, JOURNEY_CALL);
  id = (await journey.create('applicant', roundId)).body.id;
  const { application } = await exampleOf('several-partners');
  await journey.save('applicant', id, 'partners', { revision: 0, data: application['partners'] ?? {} });
});
afterAll(() => server.close());

const place = (material: string, name: string, row?: string) =>
  `/api/applications/${id}/materials/${material}?${new URLSearchParams({ name, ...(row && { row }) }).toString()}`;
const present = async () => (await journey.get('applicant', `/api/applications/${id}`)).body.attachments;
/** The names of all files in the store, those under way included. */
const storedFiles = async () => {
  const entries = await readdir(join(server.context.config.dataDir, 'files'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
};

test('a file is stored, its hash confirmed, its pages counted, and it comes back as it was', async () => {
  const content = tinyPdf('data pledge');
  const { status, body } = await journey.upload('applicant', place(PLEDGE, '../承诺书\u0000.pdf'), content);
  expect(status).toBe(200);
  const sha256 = createHash('sha256').update(content).digest('hex');
  expect(body).toMatchObject({ material: PLEDGE, fileName: '承诺书.pdf', bytes: content.length, pages: 1, sha256 });
  expect(await server.context.files.has(sha256)).toBe(true);

  const file = await server.as('applicant')({ url: `/api/attachments/${body.id}` });
  expect(file.rawPayload.equals(content)).toBe(true);
  expect(file.headers).toMatchObject({
    'content-type': 'application/pdf',
    'x-content-type-options': 'nosniff',
    'content-disposition': `inline; filename="file"; filename*=UTF-8''${encodeURIComponent('承诺书.pdf')}`,
  });
  expect(file.headers['content-security-policy']).toContain("default-src 'none'");
});

test('a new file replaces the only one; the old one is kept but no longer counts', async () => {
  const [old] = await present();
  const { body } = await journey.upload('applicant', place(PLEDGE, '新承诺书.pdf'), tinyPdf('new pledge'));
  expect((await present()).map((one: { id: string }) => one.id)).toEqual([body.id]);
  expect((await server.as('applicant')({ url: `/api/attachments/${old.id}` })).statusCode).toBe(200);
});

test.each([
  ['a picture named .pdf', Buffer.from('89504e470d0a1a0a0000', 'hex'), 415, '实际是 PNG 图片'],
  ['an archive named .pdf', Buffer.from('504b030414000000', 'hex'), 415, 'ZIP'],
  ['words', Buffer.from('这不是 PDF'), 415, '改扩展名不改变文件的类型'],
  ['nothing', Buffer.alloc(0), 422, '空'],
  ['half a PDF', tinyPdf('cut').subarray(0, 200), 422, '损坏'],
])('%s is refused and nothing is kept', async (_what, content, status, says) => {
  const before = await storedFiles();
  const refused = await journey.upload('applicant', place(PLEDGE, '承诺书.pdf'), content);
  expect(refused.status).toBe(status);
  expect(refused.body.refusal).toMatchObject({ where: `materials.${PLEDGE}`, message: expect.stringContaining(says) });
  expect(await storedFiles()).toEqual(before);
});

test('one byte over the limit is refused, the limit itself is not the reason', async () => {
  const tooLarge = Buffer.concat([tinyPdf(), randomBytes(10_485_761 - tinyPdf().length)]);
  const refused = await journey.upload('applicant', place(PLEDGE, '大文件.pdf'), tooLarge);
  expect(refused).toMatchObject({
    status: 413,
    body: { refusal: { code: 'too_large', message: expect.stringContaining('10 MB') } },
  });
  const atTheLimit = await journey.upload('applicant', place(PLEDGE, '大文件.pdf'), tooLarge.subarray(0, -1));
  expect(atTheLimit.body.refusal?.code).not.toBe('too_large');
});

test('a file that changed on its way is refused', async () => {
  const response = await server.as('applicant')({
    method: 'PUT',
    url: place(PLEDGE, '承诺书.pdf'),
    headers: { 'content-type': 'application/pdf', 'x-sha256': 'a'.repeat(64) },
    payload: tinyPdf(),
  });
  expect(response.json().refusal.code).toBe('hash_differs');
});

test('a material asked for each partner belongs to a row that exists', async () => {
  const upload = (row?: string) => journey.upload('applicant', place('agreement', '协议.pdf', row), tinyPdf());
  expect((await upload()).body.refusal.code).toBe('wrong_row');
  expect((await upload('nobody')).body.refusal.code).toBe('wrong_row');
  expect((await upload('p1')).body).toMatchObject({ material: 'agreement', row: 'p1' });
  const other = await journey.upload('applicant', place(PLEDGE, '承诺书.pdf', 'p1'), tinyPdf());
  expect(other.body.refusal.code).toBe('wrong_row');
  expect((await journey.upload('applicant', place('unheardOf', 'x.pdf'), tinyPdf())).status).toBe(404);
});

test('facts beside a file are of their type', async () => {
  const { id: attachment } = (await present()).find((one: { material: string }) => one.material === 'agreement');
  const patch = (facts: object) => journey.call('applicant', 'PATCH', `/api/attachments/${attachment}`, { facts });
  expect((await patch({ languages: ['zh', 'en'], signedOn: '2025-10-01' })).body.facts).toEqual({
    languages: ['zh', 'en'],
    signedOn: '2025-10-01',
  });
  expect(await patch({ signedOn: '去年' })).toMatchObject({
    status: 422,
    body: { refusal: { code: 'wrong_type', message: expect.stringContaining('签订日期') } },
  });
});

test('a removed file no longer counts', async () => {
  const [first] = await present();
  expect((await journey.call('applicant', 'DELETE', `/api/attachments/${first.id}`)).status).toBe(204);
  expect((await journey.call('applicant', 'DELETE', `/api/attachments/${first.id}`)).status).toBe(404);
  expect((await present()).some((one: { id: string }) => one.id === first.id)).toBe(false);
});

test("nobody touches or opens somebody else's files", async () => {
  const [one] = await present();
  for (const who of ['otherApplicant', 'otherDepartment', 'recommendingDepartment'] as const) {
    expect((await journey.get(who, `/api/attachments/${one.id}`)).status, who).toBe(404);
    expect((await journey.upload(who, place(PLEDGE, 'x.pdf'), tinyPdf())).status, who).toBe(404);
    expect((await journey.call(who, 'DELETE', `/api/attachments/${one.id}`)).status, who).toBe(404);
  }
  expect((await journey.upload('organisationAdministrator', place(PLEDGE, 'x.pdf'), tinyPdf())).status).toBe(403);
  expect((await server.visitor({ url: `/api/attachments/${one.id}` })).statusCode).toBe(401);
});

test('after the window nothing is attached, and nothing is kept', async () => {
  server.clock.set('2025-11-28T17:00:00.001+08:00');
  const before = await storedFiles();
  const late = await journey.upload('applicant', place(PLEDGE, 'x.pdf'), tinyPdf('late'));
  expect(late).toMatchObject({ status: 403, body: { refusal: { code: 'window_closed' } } });
  expect(await storedFiles()).toEqual(before);
  server.clock.set(IN_THE_WINDOW);
});
