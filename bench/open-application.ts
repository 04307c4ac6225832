import { loadavg } from 'node:os';
import { openBrowser } from './browser/chromium.ts';
import { fillApplication, type Section } from './browser/filled-application.ts';
import { startServer } from './browser/own-server.ts';
import { machine, quantile, table } from './measure.ts';

/** Opening an application of about thirty pages: ms from the address to its parts on the screen. `bare`: the sign-in page, as the peer. */
export type OpeningReport = {
  machine: string;
  browser: string;
  load: number;
  opened: { what: string; first: number; median: number; best: number }[];
};

const CALL = 'liaoning-2026-international';
const TIMES = 9;
/** Texts of four thousand characters in each answer: thirty pages of print. */
const LONG = '本项目围绕关键技术开展联合研究，完成样机研制、试验验证和示范应用。'.repeat(120);
const lengthen = (data: Section, section: string): Section =>
  section === 'text' ? Object.fromEntries(Object.keys(data).map((key) => [key, LONG])) : data;

export async function measureOpening(): Promise<OpeningReport> {
  const server = await startServer();
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({
      baseURL: server.address,
      locale: 'zh-CN',
      viewport: { width: 1440, height: 900 },
    });
    const applicant = { call: CALL, example: 'enterprise', applicant: 'shenbao-liaoning', lengthen };
    const id = await fillApplication(context.request, applicant);
    const page = await context.newPage();
    const opened = [];
    for (const [what, address, shown] of [
      ['the calls, for comparison', '/app', 'h1, h2'],
      ['the application', `/app/applications/${id}`, 'main :text("预算")'],
      ['its longest part, to be filled in', `/app/applications/${id}/sections/text`, '[data-path]'],
      ['its budget, to be filled in', `/app/applications/${id}/sections/budget`, '[data-path]'],
    ] as const) {
      const took: number[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        await page.goto('about:blank');
        const begun = performance.now();
        await page.goto(address);
        await page.locator(shown).first().waitFor();
        took.push(performance.now() - begun);
      }
      opened.push({ what, first: took[0] ?? NaN, median: quantile(took, 0.5), best: Math.min(...took) });
    }
    return { machine: machine(), browser: `Chromium ${browser.version()}`, load: loadavg()[0] ?? NaN, opened };
  } finally {
    await browser.close();
    await server.stop();
  }
}

if (import.meta.main) {
  const report = await measureOpening();
  if (process.argv.includes('--json')) console.log(JSON.stringify(report));
  else show(report);
}

function show({ machine: on, browser, load, opened }: OpeningReport): void {
  console.log(`On ${on}, ${browser}, load ${load.toFixed(1)}; aim: at most 1000 ms.\n`);
  const rows = opened.map(({ what, first, median, best }) => [
    what,
    ...[first, median, best].map((ms) => ms.toFixed(0)),
    (median / 1000).toFixed(2),
  ]);
  console.log(table(['opened', 'first, ms', 'median', 'best', 'of the limit'], rows));
}
