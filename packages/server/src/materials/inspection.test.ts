import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { EICAR, startTestClamd, type TestClamd } from '../testing/clamd.ts';
import { IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { pdfOf, tinyPdf } from '../testing/pdf.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { inspectPending } from './inspect-later.ts';

const PLEDGE = 'scienceDataPledge';
const SCRIPT = { catalogue: '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>' };
/** Three megabytes of an object that nothing refers to: looked into only after the receipt. */
const large = (parts: object, filling = '') =>
  pdfOf({
    ...parts,
    objects: [`<< /Length 3000000 >>\nstream\n${filling}${'x'.repeat(3_000_000 - filling.length)}\nendstream`],
  });

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let id: string;
const open = async (env: Record<string, string> = {}) => {
  server = await startTestServer({ at: IN_THE_WINDOW, env });
  journey = journeyOf(server);
  id = (await journey.create('applicant', await openTestRound(server, JOURNEY_CALL))).body.id;
};
const upload = (content: Buffer, material = PLEDGE) =>
  journey.upload('applicant', `/api/applications/${id}/materials/${material}?name=a.pdf`, content);
const materials = async () => (await journey.get('applicant', `/api/applications/${id}/materials`)).body;
const settled = () =>
  vi.waitUntil(async () => {
    const { attachments } = await materials();
    return !attachments.some((one: { inspection: { state: string } }) => one.inspection.state === 'checking');
  }, 10_000);
const storedFiles = async () => {
  const entries = await readdir(join(server.context.config.dataDir, 'files'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
};

describe('without antivirus', () => {
  beforeAll(() => open());
  afterAll(() => server.close());

  test('a script or a password is refused with a clear sentence, and nothing is kept', async () => {
    const before = await storedFiles();
    const script = await upload(pdfOf(SCRIPT));
    expect(script).toMatchObject({
      status: 422,
      body: { refusal: { code: 'unusable_pdf', where: `materials.${PLEDGE}` } },
    });
    expect(script.body.refusal.message).toContain('JavaScript');
    const folder = await mkdtemp(join(tmpdir(), 'keshen-locked-'));
    await writeFile(join(folder, 'plain'), tinyPdf('secret'));
    execFileSync('qpdf', ['--encrypt', 'user', 'owner', '256', '--', join(folder, 'plain'), join(folder, 'locked')]);
    const locked = await upload(await readFile(join(folder, 'locked')));
    await rm(folder, { recursive: true });
    expect(locked.body.refusal).toMatchObject({ message: expect.stringContaining('密码'), remedy: expect.any(String) });
    expect(await storedFiles()).toEqual(before);
  });

  test('a file says that it was not scanned', async () => {
    const { body } = await upload(tinyPdf('pledge'));
    expect(body.inspection).toEqual({ state: 'passed', notes: [], virus: 'not_scanned' });
  });

  test('what a person should know about a file stands beside it, and the file counts', async () => {
    const { body } = await upload(pdfOf({ content: 'BT /F1 12 Tf 72 200 Td (small) Tj ET', size: [400, 400] }));
    expect(body.inspection).toMatchObject({ state: 'hints', notes: ['第1页不是 A4 幅面，打印时会缩放'] });
  });

  test('a large file has its receipt at once and its pages soon after', async () => {
    const { body } = await upload(large({ content: 'BT /F1 12 Tf 72 720 Td (large) Tj ET', pages: 3 }));
    expect(body.inspection.state).toBe('checking');
    expect(body.pages).toBeUndefined();
    await settled();
    expect((await materials()).attachments).toMatchObject([
      { id: body.id, pages: 3, inspection: { state: 'passed', notes: [], virus: 'not_scanned' } },
    ]);
  });

  test('a large file that turns out unusable no longer counts, says why, and cannot be brought back', async () => {
    const { body } = await upload(large(SCRIPT));
    await settled();
    const { attachments, earlier } = await materials();
    expect(attachments).toEqual([]);
    expect(earlier.find((one: { id: string }) => one.id === body.id)).toMatchObject({
      inspection: { state: 'failed', notes: [expect.stringContaining('JavaScript')] },
    });
    expect(earlier.find((one: { id: string }) => one.id === body.id).removedByName).toBeUndefined();
    const restored = await journey.call('applicant', 'POST', `/api/attachments/${body.id}/restoration`);
    expect(restored).toMatchObject({ status: 422, body: { refusal: { code: 'failed_inspection' } } });
  });

  test('what was left unsettled when the server stopped is taken up again', async () => {
    const { body } = await upload(tinyPdf('left over'));
    const inspection = JSON.stringify({ state: 'checking', notes: [], virus: 'not_scanned' });
    await server.context.db
      .updateTable('attachment')
      .set({ inspection, pages: null })
      .where('id', '=', body.id)
      .execute();
    expect(await inspectPending(server.context, server.clock.now())).toBe(0);
    expect((await materials()).attachments).toMatchObject([{ id: body.id, pages: 1, inspection: { state: 'passed' } }]);
  });

  test('its pages are shown as pictures, to reviewers as well, and to nobody else', async () => {
    const { body } = await upload(pdfOf({ content: 'BT /F1 12 Tf 72 720 Td (page) Tj ET', pages: 2 }));
    const page = (who: Parameters<TestServer['as']>[0], number: number | string) =>
      server.as(who)({ url: `/api/attachments/${body.id}/pages/${number}` });
    const picture = await page('applicant', 2);
    expect(picture).toMatchObject({ statusCode: 200, headers: { 'content-type': 'image/jpeg' } });
    expect(picture.rawPayload.subarray(0, 3)).toEqual(Buffer.from('ffd8ff', 'hex'));
    expect((await page('applicant', 2)).rawPayload).toEqual(picture.rawPayload);
    expect((await page('organisationAdministrator', 1)).statusCode).toBe(200);
    expect((await page('otherApplicant', 1)).statusCode).toBe(404);
    expect((await page('applicant', 3)).json().refusal.code).toBe('no_such_page');
    expect((await page('applicant', 0)).statusCode).toBe(400);
    expect((await page('applicant', '1.5')).statusCode).toBe(400);
    expect((await server.visitor({ url: `/api/attachments/${body.id}/pages/1` })).statusCode).toBe(401);
  });
});

describe('with antivirus', () => {
  let clamd: TestClamd;
  const port = () => Number(clamd.address.split(':')[1]);
  beforeEach(async () => {
    clamd = await startTestClamd();
    await open({ KESHEN_CLAMD: clamd.address });
  });
  afterEach(async () => {
    await server.close();
    await clamd.close();
  });

  test('a clean file passes, EICAR is refused and not kept', async () => {
    expect((await upload(tinyPdf('clean'))).body.inspection).toMatchObject({ state: 'passed', virus: 'clean' });
    const before = await storedFiles();
    const infected = await upload(Buffer.concat([tinyPdf(), Buffer.from(`${EICAR}\n%%EOF`)]));
    expect(infected).toMatchObject({ status: 422, body: { refusal: { code: 'virus' } } });
    expect(infected.body.refusal.message).toContain('查出病毒');
    expect(await storedFiles()).toEqual(before);
  });

  test('a virus in a large file is found after its receipt, and nobody can open it', async () => {
    const { body } = await upload(large({}, EICAR));
    expect(body.inspection).toMatchObject({ state: 'checking', virus: 'waiting' });
    await settled();
    expect((await materials()).attachments).toEqual([]);
    const read = await journey.get('applicant', `/api/attachments/${body.id}`);
    expect(read).toMatchObject({ status: 403, body: { refusal: { code: 'virus' } } });
    expect((await journey.get('applicant', `/api/attachments/${body.id}/pages/1`)).status).toBe(403);
  });

  test('while antivirus is down a file is kept but neither opened nor submitted; once it answers, the file passes', async () => {
    const where = port();
    await clamd.close();
    const { status, body } = await upload(tinyPdf('waits'));
    expect(status).toBe(200);
    expect(body.inspection).toMatchObject({ state: 'waiting_for_scan', virus: 'waiting' });
    expect(await journey.get('applicant', `/api/attachments/${body.id}`)).toMatchObject({
      status: 409,
      body: { refusal: { code: 'waiting_for_scan', message: expect.stringContaining('查毒') } },
    });
    expect(await inspectPending(server.context, server.clock.now())).toBe(1);
    const snapshot = server.context.db.insertInto('snapshot').values({
      applicationId: id,
      ordinal: 1,
      content: '{}',
      hash: 'x',
      versionCode: 'x',
      takenBy: server.house.people.applicant.id,
      takenAt: server.clock.now(),
    });
    await expect(snapshot.execute()).rejects.toThrow('still being inspected');
    clamd = await startTestClamd({ port: where });
    expect(await inspectPending(server.context, server.clock.now())).toBe(0);
    expect((await materials()).attachments).toMatchObject([{ inspection: { state: 'passed', virus: 'clean' } }]);
    expect((await server.as('applicant')({ url: `/api/attachments/${body.id}` })).statusCode).toBe(200);
    await snapshot.execute();
  });
});
