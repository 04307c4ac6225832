import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from '@playwright/test';
import { fillApplication } from './browser/filled-application.ts';
import { summaryOf, typeKeys, watchKeys, type KeySummary } from './browser/key-times.ts';
import { startServer } from './browser/own-server.ts';
import { machine, table } from './measure.ts';

export type KeystrokeReport = { machine: string; browser: string; fields: (KeySummary & { field: string })[] };

const CALL = 'liaoning-2026-international';
/** As somebody who types fast; every third pause is so long that the engine judges and the section is saved. */
const [PACE_MS, PAUSE_MS] = [90, 700];
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

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

function openBrowser(): Promise<Browser> {
  const found = [
    process.env['CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((file) => file !== undefined && existsSync(file));
  if (!found) throw new Error('没有找到 Chromium。请先安装，例如：sudo apt-get install chromium');
  return chromium.launch({ executablePath: found, args: [...FLAGS, '--disable-sync', '--no-first-run'] });
}

type Typing = { field: string; path: string; keys: string[] };

async function onSection(
  page: Page,
  id: string,
  section: string,
  typings: Typing[],
): Promise<KeystrokeReport['fields']> {
  await page.goto(`/app/applications/${id}/sections/${section}`);
  await page.locator('[data-path]').first().waitFor();
  if (section === 'members') await page.getByRole('button', { name: /编辑第 1 行/ }).click();
  await watchKeys(page);
  const fields: KeystrokeReport['fields'] = [];
  for (const { field, path, keys } of typings) {
    const input = page.locator(`[id^="f-${section}."][id$="${path}"]`).first();
    await input.click();
    await page.keyboard.press('End');
    await typeKeys(page, keys, PACE_MS);
    const times = [];
    for (let round = 0; round < 3; round += 1) {
      times.push(...(await typeKeys(page, keys, PACE_MS)));
      await page.waitForTimeout(PAUSE_MS);
    }
    fields.push({ field, ...summaryOf(times) });
  }
  return fields;
}

export function keystrokeTable({ browser, fields }: KeystrokeReport): string {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const rows = fields.map(({ field, keys, busy, toPaint }) => [
    field,
    String(keys),
    ms(busy.median),
    ms(busy.p90),
    ms(toPaint.median),
    ms(toPaint.p90),
  ]);
  const head = ['typing into', 'keys', 'busy, median', 'busy, p90', 'to the next paint, median', 'p90'];
  return `${CALL}, every section filled, ${browser}; busy is handling, layout and paint, the rest waits for the screen's frame.\n\n${table(head, rows)}`;
}

if (import.meta.main) {
  const report = await measureKeystrokes();
  console.log(
    process.argv.includes('--json')
      ? JSON.stringify(report, undefined, 2)
      : `${report.machine}\n\n${keystrokeTable(report)}`,
  );
}
