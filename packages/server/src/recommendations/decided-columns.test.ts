import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringRegistersUpToDate, exampleOf, journeyOf } from '../testing/journey.ts';
import { tinyPdf } from '../testing/pdf.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

const JIANGSU = 'jiangsu-2026-international';
const contact = { name: '陈示例', phone: '025-00000000' };
const department = 'recommendingDepartment';
let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
let id: string;

beforeAll(async () => {
  server = await startTestServer({ at: '2026-05-12T10:00:00+08:00' });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  roundId = await openTestRound(server, JIANGSU);
  id = await journey.recommend(roundId, await exampleOf('university-key-country', JIANGSU));
});
afterAll(() => server.close());

const exportList = (body: object = { contact }) =>
  journey.call(department, 'POST', `/api/rounds/${roundId}/lists`, body);
const decide = (column: string, text: string, who: 'recommendingDepartment' | 'otherDepartment' = department) =>
  journey.call(who, 'PUT', `/api/applications/${id}/list-columns/${column}`, { text });
const overview = async () => (await journey.get(department, `/api/rounds/${roundId}/recommendations`)).body;
const columnsToDecide = ['agreement', 'complete', 'ethics', 'credit'];

test('附件：有一列没有审定不能导出，指出哪一项的哪一列', async () => {
  expect((await overview()).columns.map(({ key }: { key: string }) => key)).toEqual(columnsToDecide);
  expect((await exportList({})).body.refusal.code).toBe('contact_missing');
  for (const column of columnsToDecide.slice(1)) expect((await decide(column, '是')).status).toBe(200);
  const { status, body } = await exportList();
  expect([status, body.refusal.code]).toEqual([422, 'columns_undecided']);
  expect(body.refusal.message).toContain('项目合作文件是否符合要求');
  expect(body.refusal.where).toBe(`${id}.agreement`);
});

test('another department, the applicant and an unknown column get nowhere', async () => {
  expect((await decide('agreement', '是', 'otherDepartment')).status).toBe(404);
  const applicant = await journey.call('applicant', 'PUT', `/api/applications/${id}/list-columns/agreement`, {
    text: '是',
  });
  expect(applicant.status).toBe(404);
  expect((await decide('title', '改个名字')).body.refusal.code).toBe('no_such_column');
});

test('附件：十一列、页首的联系人和电话、两条备注', async () => {
  await decide('agreement', '是');
  const { status, body } = await exportList();
  expect(status, JSON.stringify(body)).toBe(201);
  const workbook = await server.as(department)({ url: `/api/lists/${body.id}/list.xlsx` });
  const rows = (await readXlsx(new Uint8Array(workbook.rawPayload))).sheets[0]?.rows ?? [];
  expect(rows[1]).toEqual(expect.arrayContaining(['项目主管部门联系人：陈示例', '联系电话：025-00000000']));
  expect(rows[4]).toHaveLength(11);
  expect(rows[5]?.slice(6)).toEqual(['是', '是', '是', '是', '否']);
  expect(rows.flat().filter((cell) => typeof cell === 'string' && /^［[12]］/.test(cell))).toHaveLength(2);
  const pdf = await server.as(department)({ url: `/api/lists/${body.id}/list.pdf` });
  expect(pdf.statusCode).toBe(200);
});

test('a changed decision voids the exported list; the same one again does not', async () => {
  const { current } = await overview();
  await decide('credit', '是');
  expect((await overview()).current.id).toBe(current.id);
  await decide('credit', '否');
  expect((await overview()).lists[0]).toMatchObject({ id: current.id, state: 'voided' });
  await decide('credit', '是');
  expect((await exportList()).status).toBe(201);
});

test('二4：没有主管部门签字盖章的承诺书不能报送', async () => {
  const { current } = await overview();
  const scanned = await journey.upload(
    department,
    `/api/lists/${current.id}/sealed-scan?name=a.pdf&code=${current.code}`,
    tinyPdf(),
  );
  expect(scanned.status, JSON.stringify(scanned.body)).toBe(200);
  const deliver = () => journey.call(department, 'POST', `/api/lists/${current.id}/deliver`);
  const refused = await deliver();
  expect(refused).toMatchObject({ status: 422, body: { refusal: { code: 'pledge_missing', clause: { at: '二4' } } } });

  const url = `/api/rounds/${roundId}/pledge?name=pledge.pdf`;
  expect((await journey.upload(department, url, tinyPdf())).body.refusal.code).toBe('pledge_not_printed');
  const printed = await server.as(department)({ url: `/api/rounds/${roundId}/pledge.pdf` });
  expect(printed.statusCode, printed.body.slice(0, 200)).toBe(200);
  const again = await server.as(department)({ url: `/api/rounds/${roundId}/pledge.pdf` });
  expect(again.rawPayload.equals(printed.rawPayload)).toBe(true);

  const { pledge } = await overview();
  const list = await server.as(department)({ url: `/api/lists/${current.id}/list.pdf` });
  expect((await journey.upload(department, url, list.rawPayload)).body.refusal.message).toContain('汇总表的扫描件');
  const taken = await journey.upload(department, url, printed.rawPayload);
  expect(taken, JSON.stringify(taken.body)).toMatchObject({ status: 200, body: { scanName: 'pledge.pdf' } });
  expect((await server.visitor({ url: `/v?code=${pledge.code}` })).body).toContain('承诺书');

  const delivered = await deliver();
  expect(delivered.status, JSON.stringify(delivered.body)).toBe(200);
  expect((await journey.upload(department, url, printed.rawPayload)).body.refusal.code).toBe('already_delivered');
  const receipt = await server.as('programmeOfficer')({ url: `/api/lists/${current.id}/receipt.pdf` });
  expect(receipt.statusCode).toBe(200);
  expect((await server.as('programmeOfficer')({ url: `/api/pledges/${pledge.id}/scan` })).statusCode).toBe(200);
  expect((await server.as('otherDepartment')({ url: `/api/pledges/${pledge.id}/scan` })).statusCode).toBe(404);
});
