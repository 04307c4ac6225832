import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { tinyPdf } from '../testing/pdf.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
const applications: string[] = [];
const directory = mkdtempSync(join(tmpdir(), 'keshen-lists-'));
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  roundId = await openTestRound(server, JOURNEY_CALL);
  for (const name of ['university', 'enterprise'])
    applications.push(await journey.recommend(roundId, await exampleOf(name)));
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

const department = 'recommendingDepartment';
const exportList = () => journey.call(department, 'POST', `/api/rounds/${roundId}/lists`);
const overview = async () => (await journey.get(department, `/api/rounds/${roundId}/recommendations`)).body;
const textOf = (pdf: Buffer): string => {
  const path = join(directory, 'list.pdf');
  writeFileSync(path, pdf);
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
};
/** What the QR code on the first page says. */
const scan = (pdf: Buffer): string => {
  writeFileSync(join(directory, 'list.pdf'), pdf);
  const inside = { cwd: directory, encoding: 'utf8', stdio: 'pipe' } as const;
  execFileSync('pdftoppm', ['-r', '200', '-f', '1', '-l', '1', '-gray', '-png', 'list.pdf', 'page'], inside);
  return execFileSync('sh', ['-c', 'zbarimg -q --raw page*.png'], inside).trim();
};
const hasZbar = (() => {
  try {
    execFileSync('zbarimg', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test('the list holds everything recommended, in the columns of the call, and is the same file each time', async () => {
  const { status, body } = await exportList();
  expect(status).toBe(201);
  expect(body).toMatchObject({ ordinal: 1, entries: 2, state: 'current' });
  const print = () => server.as(department)({ url: `/api/lists/${body.id}/list.pdf` });
  const pdf = await print();
  expect(pdf.statusCode, pdf.body.slice(0, 300)).toBe(200);
  const text = textOf(pdf.rawPayload);
  for (const part of [
    '推荐项目清单',
    '测试市科学技术局',
    body.code,
    '合作国家',
    '60.00',
    '30.00',
    '初审单位（公章）',
    '合计 2 项',
  ]) {
    expect(text.replace(/\s+/g, ' '), part).toContain(part);
  }
  expect((await print()).rawPayload.equals(pdf.rawPayload)).toBe(true);

  const workbook = await server.as(department)({ url: `/api/lists/${body.id}/list.xlsx` });
  const { sheets } = await readXlsx(new Uint8Array(workbook.rawPayload));
  const rows = sheets[0]?.rows ?? [];
  expect(rows[2]?.[0]).toContain(body.code);
  expect(rows[4]).toContain('申请财政资金（万元）');
  expect(rows[5]?.[9]).toBe(30);
  expect(rows[7]?.[9]).toBe(60);
});

test.runIf(hasZbar)('the QR code on the paper leads to the page that says whether the list counts', async () => {
  const { current } = await overview();
  const pdf = (await server.as(department)({ url: `/api/lists/${current.id}/list.pdf` })).rawPayload;
  const url = new URL(scan(pdf));
  const page = await server.visitor({ url: url.pathname });
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('当前有效的清单');
  expect(page.body).toContain(current.code);
});

test('withdrawing a recommendation voids the list: it can no longer be sealed or delivered, and its QR says so', async () => {
  const { current } = await overview();
  const [first = ''] = applications;
  await journey.step(department, first, 'withdrawRecommendation', { reason: '材料有误' });
  const { lists } = await overview();
  expect(lists[0]).toMatchObject({ id: current.id, state: 'voided', voidReason: expect.stringContaining('撤销推荐') });
  const scanned = await journey.upload(
    department,
    `/api/lists/${current.id}/sealed-scan?name=a.pdf`,
    tinyPdf(current.code),
  );
  expect(scanned).toMatchObject({ status: 409, body: { refusal: { code: 'list_voided' } } });
  const delivered = await journey.call(department, 'POST', `/api/lists/${current.id}/deliver`);
  expect(delivered).toMatchObject({ status: 409, body: { refusal: { code: 'list_voided' } } });
  const page = await server.visitor({ url: `/v?code=${current.code.toLowerCase()}` });
  expect(page.body).toContain('已失效');
  const voided = await server.as(department)({ url: `/api/lists/${current.id}/list.pdf` });
  expect(textOf(voided.rawPayload)).toContain('本清单已失效');

  server.clock.advance(1000);
  await journey.answerAll(department, first, 'department');
  expect((await journey.step(department, first, 'recommend')).status).toBe(200);
});

test('a new export voids the one before', async () => {
  const before = (await exportList()).body;
  server.clock.advance(1000);
  const after = (await exportList()).body;
  expect(after.ordinal).toBe(before.ordinal + 1);
  expect(after.code).not.toBe(before.code);
  const { current, lists } = await overview();
  expect(current.id).toBe(after.id);
  expect(lists.find((list: { id: string }) => list.id === before.id)).toMatchObject({ state: 'voided' });
});

test('only a PDF scan of this very list is taken', async () => {
  const { current, lists } = await overview();
  const url = `/api/lists/${current.id}/sealed-scan?name=scan.pdf`;
  expect((await journey.upload(department, url, Buffer.from('no pdf'))).status).toBe(415);
  const other = await journey.upload(department, url, tinyPdf(lists.at(-1).code));
  expect(other).toMatchObject({ status: 422, body: { refusal: { code: 'another_list' } } });
  expect((await journey.upload(department, url, tinyPdf())).body.refusal).toMatchObject({
    code: 'code_needed',
    where: 'code',
  });
  const typed = (code: string) => journey.upload(department, `${url}&code=${encodeURIComponent(code)}`, tinyPdf());
  expect((await typed(lists.at(-1).code)).body.refusal.code).toBe('another_list');
  expect((await typed(` ${current.code.toLowerCase().replaceAll('-', ' ')} `)).body).toMatchObject({
    sealedScanName: 'scan.pdf',
  });
  const file = await server.as(department)({ url: `/api/lists/${current.id}/sealed-scan` });
  expect(file.rawPayload.equals(tinyPdf())).toBe(true);
});

test('another department sees and does nothing with it, the programme officer only what was delivered', async () => {
  const { current } = await overview();
  for (const who of ['otherDepartment', 'programmeOfficer', 'applicant'] as const) {
    expect((await journey.get(who, `/api/lists/${current.id}/list.pdf`)).status, who).toBe(404);
    expect((await journey.call(who, 'POST', `/api/lists/${current.id}/deliver`)).status, who).toBe(404);
  }
  expect((await journey.get('otherDepartment', `/api/rounds/${roundId}/recommendations`)).body.applications).toEqual(
    [],
  );
  expect((await journey.get('applicant', `/api/rounds/${roundId}/recommendations`)).status).toBe(404);
  expect((await journey.get('recommendingDepartment', `/api/rounds/${roundId}/delivered`)).status).toBe(404);
  const empty = await journey.call('otherDepartment', 'POST', `/api/rounds/${roundId}/lists`);
  expect(empty).toMatchObject({ status: 422, body: { refusal: { code: 'nothing_recommended' } } });
});

test('confirmed at 16:59, list at 17:01: refused and logged (三2)', async () => {
  const { current } = await overview();
  server.clock.set('2025-12-02T17:01:00+08:00');
  const letter = await journey.upload(department, `/api/lists/${current.id}/letter?name=letter.pdf`, tinyPdf());
  expect(letter).toMatchObject({ status: 403, body: { refusal: { code: 'window_closed', clause: { at: '三2' } } } });
  const logged = await server.context.db
    .selectFrom('event')
    .select('at')
    .where('subjectId', '=', current.id)
    .where('outcome', '=', 'refused')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  expect(logged.at.toISOString()).toBe('2025-12-02T09:01:00.000Z');
  server.clock.set('2025-12-02T17:00:00.000+08:00');
  await journey.upload(department, `/api/lists/${current.id}/letter?name=letter.pdf`, tinyPdf());
});

test('delivered as a whole, exactly at the end of the window; then nothing changes any more', async () => {
  const { current } = await overview();
  const delivered = await journey.call(department, 'POST', `/api/lists/${current.id}/deliver`);
  expect(delivered, JSON.stringify(delivered.body)).toMatchObject({ status: 200, body: { state: 'delivered' } });
  for (const id of applications) {
    expect((await journey.get('programmeOfficer', `/api/applications/${id}`)).body.state).toBe('delivered');
    const back = await journey.step(department, id, 'withdrawRecommendation', { reason: '撤' });
    expect(back).toMatchObject({ status: 409, body: { refusal: { code: 'wrong_state' } } });
  }
  expect((await exportList()).body.refusal.code).toBe('already_delivered');
  expect((await server.visitor({ url: `/v?code=${current.code}` })).body).toContain('已经报送');
});
