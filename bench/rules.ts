import { machine, table, thousands } from './measure.ts';
import { browserSize, type BrowserSize } from './rules/browser-size.ts';
import { compareEngines, type Comparison } from './rules/engines.ts';
import { explainedTimes, type Explained } from './rules/explained.ts';
import { NATIONAL, nationalRun, type NationalRun } from './rules/national.ts';
import { openBench } from './rules/subjects.ts';

/** What `npm run bench:rules` measures; `-- --json` prints this. */
export type RulesReport = {
  machine: string;
  call: string;
  comparison: Comparison;
  /** All rules of each call over as many applications as the largest fund receives in a year. */
  national: (NationalRun & { call: string })[];
  explained: Explained;
  browser: (BrowserSize & { call: string })[];
};

const CALL = 'liaoning-2026-international';
const OTHERS = [
  'jiangsu-2026-international',
  'neimenggu-2026-cooperation',
  'shanxi-2024-cooperation',
  'xinjiang-2025-sco',
];

/** `applications` fewer than the whole nation's for a quick look. */
export async function measureRules(applications = NATIONAL): Promise<RulesReport> {
  const bench = await openBench(CALL);
  const report: RulesReport = {
    machine: machine(),
    call: CALL,
    comparison: await compareEngines(bench),
    national: [{ call: CALL, ...nationalRun(bench, applications) }],
    explained: explainedTimes(bench),
    browser: [{ call: CALL, ...(await browserSize(bench.linked.call, bench.linked.reference)) }],
  };
  for (const call of OTHERS) {
    const other = await openBench(call);
    report.national.push({ call, ...nationalRun(other, applications) });
    report.browser.push({ call, ...(await browserSize(other.linked.call, other.linked.reference)) });
  }
  return report;
}

/** The report as Markdown tables. */
export function rulesTables({ comparison, national, explained, browser, call }: RulesReport): string {
  const rate = (engine: string): number =>
    comparison.rates.find((one) => one.engine.startsWith(engine))?.perSecond ?? NaN;
  const times = (perSecond: number, engine: string): string => {
    const ratio = perSecond / rate(engine);
    return ratio < 0.1 ? `1/${Math.round(1 / ratio)}` : `${ratio.toFixed(ratio < 10 ? 1 : 0)}×`;
  };
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  return [
    `${call}, ${comparison.rules} rules, one core; the outcomes of all three engines agree on ${thousands(comparison.compared - comparison.disagreed)} of ${thousands(comparison.compared)} complete applications.`,
    table(
      ['engine', 'applications a second', 'to json-logic-engine', 'to json-rules-engine', 'note'],
      comparison.rates.map(({ engine, perSecond, note }) => [
        engine,
        thousands(perSecond),
        times(perSecond, 'json-logic'),
        times(perSecond, 'json-rules'),
        note,
      ]),
    ),
    table(
      ['call', 'rules', 'applications', 'all rules', 'one rule anew', 'the slowest rule'],
      national.map((run) => [
        run.call,
        String(run.rules),
        thousands(run.applications),
        `${run.seconds.toFixed(2)} s`,
        `${run.oneRule.seconds.toFixed(2)} s`,
        run.oneRule.rule,
      ]),
    ),
    `One application explained: median ${explained.median.toFixed(2)} ms, p90 ${explained.p90.toFixed(2)} ms (${thousands(explained.applications)} applications).`,
    table(
      ['call', 'engine', 'call as data', 'together, gzipped', 'reference data beside it'],
      browser.map(({ call: key, engine, data, reference }) => [
        key,
        kilobytes(engine),
        kilobytes(data),
        kilobytes(engine + data),
        kilobytes(reference),
      ]),
    ),
  ].join('\n\n');
}

if (import.meta.main) {
  const quick = process.argv.includes('--quick');
  const report = await measureRules(quick ? 20_000 : NATIONAL);
  console.log(
    process.argv.includes('--json')
      ? JSON.stringify(report, undefined, 2)
      : `${report.machine}\n\n${rulesTables(report)}`,
  );
}
