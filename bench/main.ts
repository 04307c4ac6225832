import { measureKeystrokes, type KeystrokeReport } from './keystroke.ts';
import { type ListsReport, measureLists } from './lists.ts';
import { measureQueue, type QueueReport } from './queue.ts';
import { machine, table, thousands } from './measure.ts';
import { measureOpening, type OpeningReport } from './open-application.ts';
import { measurePrint, type PrintReport } from './print.ts';
import { measureRights, type RightsReport } from './rights.ts';
import { measureRules, type RulesReport } from './rules.ts';
import { measureSaving, type SavingReport } from './save-section.ts';
import { measureUploads, type UploadReport } from './upload.ts';

/** One line of the table: what was measured, what it is to be, and whether it is. */
type Line = { what: string; measured: string; aim: string; met: boolean };

const line = (what: string, measured: string, aim: string, met: boolean): Line => ({ what, measured, aim, met });

const atMost = (what: string, value: number, most: number, unit: string): Line =>
  line(what, `${value.toFixed(value < 10 ? 2 : 1)} ${unit}`, `at most ${most} ${unit}`, value <= most);

function rulesLines({ comparison, national, explained, browser }: RulesReport): Line[] {
  const rate = (engine: string): number =>
    comparison.rates.find((one) => one.engine.startsWith(engine))?.perSecond ?? NaN;
  const ours = rate('keshen, generated');
  const timesAsMany = (engine: string, times: number): Line => {
    const ratio = ours / rate(engine);
    return line(`as many as ${engine}`, `${ratio.toFixed(1)}×`, `at least ${times}×`, ratio >= times);
  };
  const [first] = browser;
  const [run] = national;
  return [
    line('applications a second, all rules, one core', thousands(ours), '', true),
    timesAsMany('json-logic-engine', 2),
    timesAsMany('json-rules-engine', 100),
    ...(run
      ? [
          atMost(`${thousands(run.applications)} applications, whole call`, run.seconds, 5, 's'),
          atMost('one rule anew over all of them', run.oneRule.seconds, 0.5, 's'),
        ]
      : []),
    atMost('one application explained, p90', explained.p90, 2, 'ms'),
    ...(first ? [atMost('engine and call in the browser', (first.engine + first.data) / 1000, 60, 'kB')] : []),
  ];
}

const keystrokeLines = ({ fields }: KeystrokeReport): Line[] =>
  fields.map(({ field, p90 }, at) =>
    at === 0
      ? line(`a key: ${field}, p90`, `${p90.toFixed(1)} ms`, '', true)
      : atMost(`a key: ${field}, p90`, p90, 16, 'ms'),
  );

const uploadLines = ({ ways }: UploadReport): Line[] =>
  ways.map(({ way, perSecond }) =>
    line(`10 MB files, four at a time: ${way}`, `${perSecond.toFixed(0)} MB/s`, 'at least 150 MB/s', perSecond >= 150),
  );

const printLines = ({ median, memory }: PrintReport): Line[] => [
  atMost('thirty pages as PDF, warm, median', median, 0.5, 's'),
  atMost('memory through a hundred of them', memory, 600, 'MB'),
];

const listLines = ({ verify, rows, clock }: ListsReport): Line[] => [
  atMost('a printed code verified offline, median', verify, 10, 'ms'),
  atMost(`a list of ${thousands(rows)} rows as PDF, median`, clock, 2, 's'),
];

const queueLines = ({ rows, asked }: QueueReport): Line[] =>
  asked.map(({ what, p90 }) => atMost(`a department's ${thousands(rows)} applications: ${what}, p90`, p90, 50, 'ms'));

const rightsLines = ({ decision, lists: asked }: RightsReport): Line[] => [
  atMost('a decision on a right, mean over the table', decision.mean, 20, 'µs'),
  atMost(`the slowest right, ${decision.slowest.right}`, decision.slowest.mean, 20, 'µs'),
  ...asked.map(({ what, ratio }) => atMost(`6,000 behind the walls, ${what}`, ratio, 1.2, '× of without')),
];

const savingLines = (report: SavingReport | undefined): Line[] =>
  report
    ? [line('a section saved over HTTP, of pgbench', report.ratio.toFixed(2), 'at least 0.5', report.ratio >= 0.5)]
    : [];

const openingLines = ({ opened }: OpeningReport): Line[] =>
  opened.map(({ what, median }, at) =>
    at === 0
      ? line(`opening ${what}`, `${median.toFixed(0)} ms`, '', true)
      : atMost(`opening ${what}`, median, 1000, 'ms'),
  );

// Measurements one after the other: each wants the machine for itself.
const keystrokes = await measureKeystrokes();
const opening = await measureOpening();
const queue = await measureQueue();
const rights = await measureRights();
const saving = await measureSaving();
const uploads = await measureUploads();
const print = await measurePrint();
const lists = await measureLists();
const rules = await measureRules();
if (process.argv.includes('--json'))
  console.log(
    JSON.stringify({ rules, keystrokes, opening, queue, rights, saving, uploads, print, lists }, undefined, 2),
  );
else {
  const lines = [
    ...rulesLines(rules),
    ...keystrokeLines(keystrokes),
    ...openingLines(opening),
    ...queueLines(queue),
    ...rightsLines(rights),
    ...savingLines(saving),
    ...uploadLines(uploads),
    ...printLines(print),
    ...listLines(lists),
  ];
  const rows = lines.map(({ what, measured, aim, met }) => [what, measured, aim, aim === '' ? '' : met ? 'yes' : 'NO']);
  console.log(`${machine()}\n\n${table(['what', 'measured', 'aim', 'met'], rows)}`);
}
