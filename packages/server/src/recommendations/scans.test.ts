import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { degrees, PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EICAR, startTestClamd, type TestClamd } from '../testing/clamd.ts';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let clamd: TestClamd;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
let current: { id: string; code: string; pages: number };
const directory = mkdtempSync(join(tmpdir(), 'keshen-scans-'));
const department = 'recommendingDepartment';

beforeAll(async () => {
  clamd = await startTestClamd();
  server = await startTestServer({ at: IN_THE_WINDOW, env: { KESHEN_CLAMD: clamd.address } });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  roundId = await openTestRound(server, JOURNEY_CALL);
  for (const name of ['university', 'enterprise', 'institute', 'public-institution', 'several-partners'])
    await journey.recommend(roundId, await exampleOf(name));
  await exported();
});
afterAll(async () => {
  await server.close();
  await clamd.close();
  rmSync(directory, { recursive: true });
});

async function exported(): Promise<void> {
  const { body, status } = await journey.call(department, 'POST', `/api/rounds/${roundId}/lists`);
  expect(status, JSON.stringify(body)).toBe(201);
  current = { ...body, pages: (await PDFDocument.load(await pdfOf(`/api/lists/${body.id}/list.pdf`))).getPageCount() };
  server.clock.advance(1000);
}
const pdfOf = async (url: string): Promise<Buffer> => (await server.as(department)({ url })).rawPayload;

/** Paper as a scanner gives it: pictures of the pages, a little askew, with no text layer. */
async function scanned(pdf: Buffer, pages?: number[], { dpi = 150, angle = 0.8 } = {}): Promise<Buffer> {
  writeFileSync(join(directory, 'in.pdf'), pdf);
  execFileSync('pdftoppm', ['-r', String(dpi), '-gray', '-jpeg', 'in.pdf', 'page'], { cwd: directory });
  const count = (await PDFDocument.load(pdf)).getPageCount();
  const digits = String(count).length;
  const out = await PDFDocument.create();
  for (const number of pages ?? Array.from({ length: count }, (_, at) => at + 1)) {
    const bytes = readFileSync(join(directory, `page-${String(number).padStart(digits, '0')}.jpg`));
    const image = await out.embedJpg(bytes);
    const { width, height } = image.scale(72 / dpi);
    const page = out.addPage([width, height]);
    page.drawImage(image, { x: 0, y: 0, width, height, rotate: degrees(angle) });
  }
  return Buffer.from(await out.save());
}
const upload = (scan: Buffer, query = '') =>
  journey.upload(department, `/api/lists/${current.id}/sealed-scan?name=scan.pdf${query}`, scan);

test('a scan of the current list is recognised by the codes on its pages, without anybody typing', async () => {
  const { status, body } = await upload(await scanned(await pdfOf(`/api/lists/${current.id}/list.pdf`)));
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.scanReading).toContain('各页二维码与清单一致');
  expect(clamd.scanned.length).toBeGreaterThan(0);
});

test('every page has to be there', async () => {
  const pdf = await pdfOf(`/api/lists/${current.id}/list.pdf`);
  expect(current.pages).toBeGreaterThan(1);
  const short = await upload(await scanned(pdf, [1]));
  expect(short).toMatchObject({ status: 422, body: { refusal: { code: 'pages_missing' } } });
  expect(short.body.refusal.message).toContain(`共${current.pages}页，扫描件只有1页`);
  const twice = await upload(
    await scanned(
      pdf,
      Array.from({ length: current.pages }, () => 1),
    ),
  );
  expect(twice).toMatchObject({ status: 422, body: { refusal: { code: 'pages_unread', where: 'pages' } } });
  expect(twice.body.refusal.message).toContain('第2');
  const confirmed = await upload(
    await scanned(
      pdf,
      Array.from({ length: current.pages }, () => 1),
    ),
    '&allPages=true',
  );
  expect(confirmed.body.scanReading).toContain('由上传人核对');
});

test('a scan of the list before, of another department, of a rehearsal or of an application says which it is', async () => {
  const before = await scanned(await pdfOf(`/api/lists/${current.id}/list.pdf`));
  await exported();
  const outdated = await upload(before);
  expect(outdated).toMatchObject({ status: 422, body: { refusal: { code: 'another_list' } } });
  expect(outdated.body.refusal.message).toContain('第1次导出的清单');
  expect(outdated.body.refusal.message).toContain('已失效');

  const of = async (change: object) => {
    const { db } = server.context;
    const { id: _id, ...row } = await db
      .selectFrom('recommendationList')
      .selectAll()
      .where('id', '=', current.id)
      .executeTakeFirstOrThrow();
    const content = { ...(row.content as object), ...change };
    const code = `TEST-${Math.random()
      .toString(36)
      .slice(2, 6)
      .toUpperCase()
      .replaceAll(/[ILOU]/g, 'X')}-AAAA-BBBB`;
    const other = { departmentId: row.departmentId, roundId: row.roundId, ...change };
    const { id } = await db
      .insertInto('recommendationList')
      .values({
        code,
        content: JSON.stringify(content),
        hash: row.hash,
        ordinal: 99,
        exportedBy: row.exportedBy,
        exportedAt: row.exportedAt,
        departmentId: other.departmentId,
        roundId: other.roundId,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  };
  const theirs = await of({ departmentId: server.house.otherDepartmentId, department: '邻市科学技术局' });
  const their = await server.as('otherDepartment')({ url: `/api/lists/${theirs}/list.pdf` });
  const neighbour = await upload(await scanned(their.rawPayload));
  expect(neighbour.body.refusal.message).toContain('邻市科学技术局');

  const rehearsalId = await openTestRound(server, JOURNEY_CALL, { mode: 'rehearsal' });
  const played = await of({ roundId: rehearsalId, mode: 'rehearsal' });
  const rehearsed = await upload(await scanned(await pdfOf(`/api/lists/${played}/list.pdf`)));
  expect(rehearsed.body.refusal.message).toContain('演练');

  const { applications } = (await journey.get(department, `/api/rounds/${roundId}/recommendations`)).body;
  const form = await pdfOf(`/api/applications/${applications[0].id}/print.pdf`);
  const application = await upload(await scanned(form, [1]));
  expect(application).toMatchObject({ status: 422, body: { refusal: { code: 'another_paper' } } });
  expect(application.body.refusal.message).toContain('申报书');
});

test('a scan with a virus is refused, and none is taken while antivirus does not answer', async () => {
  const pdf = await pdfOf(`/api/lists/${current.id}/list.pdf`);
  const infected = Buffer.concat([pdf.subarray(0, pdf.length - 6), Buffer.from(`%${EICAR}\n%%EOF\n`)]);
  expect(await upload(infected)).toMatchObject({ status: 422, body: { refusal: { code: 'virus' } } });
  await clamd.close();
  expect(await upload(pdf)).toMatchObject({ status: 503, body: { refusal: { code: 'virus_scan_waiting' } } });
});
