import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { machine, table } from './measure.ts';
import type { Lists } from './list/own.ts';

/** A list of two thousand rows as PDF, and a printed code verified without the system. */
export type ListsReport = Lists & { machine: string };

export async function measureLists(): Promise<ListsReport> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./list/own.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const own: Lists = JSON.parse(await text(child.stdout));
  return { machine: machine(), ...own };
}

if (import.meta.main) {
  const report = await measureLists();
  if (process.argv.includes('--json')) console.log(JSON.stringify(report));
  else show(report);
}

function show({ machine: on, verify, rows, pages, clock, processor }: ListsReport): void {
  console.log(`On ${on}.\n`);
  console.log(
    table(
      ['', 'measured', 'aim'],
      [
        ['a code verified offline, median', `${verify.toFixed(2)} ms`, 'at most 10 ms'],
        [`${rows} rows as PDF (${pages} pages), on the clock`, `${clock.toFixed(2)} s`, 'at most 2 s'],
        ['the same, of processor time', `${processor.toFixed(2)} s`, ''],
      ],
    ),
  );
}
