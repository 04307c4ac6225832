import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatTenThousands } from '@keshen/rules';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bringRegistersUpToDate,
  type Example,
  exampleOf,
  IN_THE_WINDOW,
  JOURNEY_CALL,
  journeyOf,
} from '../../testing/journey.ts';
import { openTestRound } from '../../testing/rounds.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let id: string;
let rehearsed: string;
let example: Example;
const directory = mkdtempSync(join(tmpdir(), 'keshen-print-'));
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  example = await exampleOf('several-partners');
  id = await journey.fill('applicant', await openTestRound(server, JOURNEY_CALL), example);
  rehearsed = await journey.fill(
    'applicant',
    await openTestRound(server, JOURNEY_CALL, { mode: 'rehearsal' }),
    example,
  );
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

const print = (application: string) => server.as('applicant')({ url: `/api/applications/${application}/print.pdf` });

/** The text of each page, without white space. Pages are kept beside for looking at, if KEEP_PRINTS names a folder. */
async function pagesOf(application: string, name: string): Promise<string[]> {
  const response = await print(application);
  expect(response.statusCode, response.body.slice(0, 500)).toBe(200);
  return textsOf(name, response.rawPayload);
}

function textsOf(name: string, bytes: Buffer): string[] {
  const path = join(process.env['KEEP_PRINTS'] ?? directory, `${name}.pdf`);
  writeFileSync(path, bytes);
  const text = execFileSync('pdftotext', ['-raw', path, '-'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return text
    .split('\f')
    .slice(0, -1)
    .map((page) => page.replace(/\s+/g, ''));
}

test('a draft says 草稿 and its code on every page, and holds every section, table, amount and attachment', async () => {
  const pages = await pagesOf(id, 'draft');
  const code = /([0-9A-Z]{4}-){3}[0-9A-Z]{4}/.exec(pages[0] ?? '')?.[0] ?? 'no code';
  for (const [index, page] of pages.entries()) {
    expect(page, `page ${index + 1}`).toContain(`版本码${code}`);
    expect(page, `page ${index + 1}`).toContain(`第${index + 1}页共${pages.length}页`);
    expect(page).not.toContain('演练');
  }
  const whole = pages.join('');
  for (const part of [
    '申报书',
    '单位信息表',
    '项目信息表',
    '项目申报书',
    '一、项目组成员',
    '声明',
    '附件目录',
    '申报单位意见',
    '初审单位意见',
    '支出预算',
    '合计',
  ]) {
    expect(whole, part).toContain(part);
  }
  expect(whole).toContain('2026年3月1日');
  expect(whole).toContain(formatTenThousands(Number(example.application['budget']?.['total'])));
  expect(whole).toContain('日本');
  expect(whole).not.toContain('undefined');
});

test('a rehearsal says so on every page', async () => {
  for (const page of await pagesOf(rehearsed, 'rehearsal')) expect(page).toContain('演练·本件不作为申报依据');
});

test('once submitted, the frozen version is printed, with the code of the receipt', async () => {
  const { versionCode } = (await journey.step('applicant', id, 'submit')).body;
  const pages = await pagesOf(id, 'submitted');
  for (const page of pages) expect(page).toContain(`版本码${versionCode}`);
  await journey.answerAll('organisationAdministrator', id, 'organisation');
  await journey.step('organisationAdministrator', id, 'forward');
  await journey.answerAll('recommendingDepartment', id, 'department');
  await journey.step('recommendingDepartment', id, 'recommend');
  const final = await pagesOf(id, 'final');
  expect(final.at(-1)).toContain('系统记录：推荐部门于2025年11月20日10:00确认推荐');
  expect(final.at(-1)).toContain(`版本码${versionCode}`);
});

test('with its attachments: each behind a sheet with its hash, numbered through, and the same code', async () => {
  const response = await server.as('applicant')({ url: `/api/applications/${id}/print.pdf?with=attachments` });
  expect(response.statusCode, response.body.slice(0, 500)).toBe(200);
  const pages = textsOf('bound', response.rawPayload);
  const { attachments } = (await journey.get('applicant', `/api/applications/${id}`)).body;
  expect(pages.filter((page) => page.includes('以下是这个附件'))).toHaveLength(attachments.length);
  for (const { sha256 } of attachments) expect(pages.join('')).toContain(sha256);
  expect(pages.at(-1)).toContain(`第${pages.length}页共${pages.length}页`);
  expect(pages.at(-1)).toContain(`版本码${String(response.headers['x-version-code'])}`);
  const refused = await server.as('applicant')({ url: `/api/applications/${id}/print.pdf?with=everything` });
  expect(refused.statusCode).toBe(400);
});

test('a character that would print as a box is named before printing', async () => {
  const draft = (await journey.create('applicant', (await journey.get('applicant', '/api/rounds')).body.items[0].id))
    .body.id;
  await journey.save('applicant', draft, 'project', { revision: 0, data: { title: '研究😀' } });
  const refused = (await print(draft)).json().refusal;
  expect(refused).toMatchObject({
    code: 'missing_characters',
    where: 'project.title',
    message: '有1个字打印不出来：项目名称“研究😀”中的“😀”（U+1F600）。',
  });
});
