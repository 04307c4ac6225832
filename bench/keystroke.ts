import type { Page } from '@playwright/test';
import { openBrowser } from './browser/chromium.ts';
import { fillApplication } from './browser/filled-application.ts';
import { typeKeys, watchKeys, type KeySummary } from './browser/key-times.ts';
import { startServer } from './browser/own-server.ts';
import { machine, table } from './measure.ts';

export type KeystrokeReport = { machine: string; browser: string; fields: (KeySummary & { field: string })[] };

const CALL = 'liaoning-2026-international';
const ROUNDS = 3;

const TEXT = [...'abcdefghij', 'Backspace', ...'0123456789', 'Backspace'];
const FIGURES = [...'1234', 'Backspace', 'Backspace', ...'56', 'Backspace', 'Backspace', 'Backspace', 'Backspace'];

/** What a key takes in the form with every section filled, in the browser that Debian ships. */
export async function measureKeystrokes(): Promise<KeystrokeReport> {
  const server = await startServer();
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({
      baseURL: server.address,
      locale: 'zh-CN',
      viewport: { width: 1440, height: 900 },
    });
    const applicant = { call: CALL, example: 'enterprise', applicant: 'shenbao-liaoning' };
    const id = await fillApplication(context.request, applicant);
    const page = await context.newPage();
    const fields = [
      await onBarePage(page),
      ...(await onSection(page, id, 'budget', [
        { field: 'a text beside the budget', path: 'budget.selfRaisedNote', keys: TEXT },
        { field: 'an amount of the budget', path: 'budget.selfRaised', keys: FIGURES },
      ])),
      ...(await onSection(page, id, 'members', [{ field: "a text in a member's sheet", path: 'task', keys: TEXT }])),
    ];
    return { machine: machine(), browser: `Chromium ${browser.version()}`, fields };
  } finally {
    await browser.close();
    await server.stop();
  }
}

type Typing = { field: string; path: string; keys: string[] };
type Typed = KeystrokeReport['fields'][number];

/** What the browser itself takes on this machine: an input on a page with nothing else. */
async function onBarePage(page: Page): Promise<Typed> {
  await page.setContent('<input autofocus>');
  await page.locator('input').click();
  await watchKeys(page);
  return { field: 'nothing but an input, for comparison', ...(await typeKeys(page, TEXT, ROUNDS)) };
}

async function onSection(page: Page, id: string, section: string, typings: Typing[]): Promise<Typed[]> {
  await page.goto(`/app/applications/${id}/sections/${section}`);
  await page.locator('[data-path]').first().waitFor();
  if (section === 'members') await page.getByRole('button', { name: /编辑第 1 行/ }).click();
  await watchKeys(page);
  const fields: Typed[] = [];
  for (const { field, path, keys } of typings) {
    await page.locator(`[id^="f-${section}."][id$="${path}"]`).first().click();
    await page.keyboard.press('End');
    fields.push({ field, ...(await typeKeys(page, keys, ROUNDS)) });
  }
  return fields;
}

export function keystrokeTable({ browser, fields }: KeystrokeReport): string {
  const rows = fields.map(({ field, keys, median, p90, busy }) => [field, String(keys), ms(median), ms(p90), ms(busy)]);
  return `${CALL}, every section filled, ${browser}; from the key to the paint that shows it.\n\n${table(
    ['typing into', 'keys', 'median', 'p90', 'processor time a key'],
    rows,
  )}`;
}

const ms = (value: number): string => `${value.toFixed(1)} ms`;

if (import.meta.main) {
  const report = await measureKeystrokes();
  console.log(
    process.argv.includes('--json')
      ? JSON.stringify(report, undefined, 2)
      : `${report.machine}\n\n${keystrokeTable(report)}`,
  );
}
