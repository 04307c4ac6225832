import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/**
 * Seconds of processor time that this thread spends on some work: one core's, whatever else the machine does meanwhile. On a
 * quiet machine it is the time on the clock. Exact to a few milliseconds only.
 */
export function threadSeconds(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  return secondsSince(before);
}

/** How often a second some work can be done, tried for at least `seconds`. */
export async function perSecond(work: () => unknown, seconds = 0.5): Promise<number> {
  const before = process.threadCpuUsage();
  for (let times = 1; ; times += 1) {
    const pending = work();
    if (pending instanceof Promise) await pending;
    const spent = secondsSince(before);
    if (spent >= seconds) return times / spent;
  }
}

function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1e6;
}

/**
 * Milliseconds of processor time of a process with all its threads so far, without processes it started; NaN where the system does not
 * tell (only Linux does). Exact to 10 ms.
 */
export function processorMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return NaN;
  }
}

/** The value below which a share of the sorted values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export const machine = (): string => {
  const [first] = cpus();
  return `${first?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`;
};

/** A table as Markdown, its columns padded so that it reads on a terminal as well. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) => Math.max(3, ...[title, ...rows.map((row) => row[at] ?? '')].map(width)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((wide, at) => `${cells[at] ?? ''}${' '.repeat(wide - width(cells[at] ?? ''))}`).join(' | ')} |`;
  return [line(head), `| ${widths.map((wide) => '-'.repeat(wide)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Chinese characters are two columns wide. */
const width = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/[\u2e80-\u9fff\uff00-\uff60]/.test(character) ? 2 : 1), 0);

export const thousands = (value: number): string => Math.round(value).toLocaleString('en');
