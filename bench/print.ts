import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { machine, table } from './measure.ts';
import { inChromium } from './print/chromium.ts';
import { longApplication, type Material } from './print/long-application.ts';
import type { Own } from './print/own.ts';

/** Printing one application of about thirty pages again and again, and the same texts in the browser that others print with. */
export type PrintReport = Own & { machine: string; peer: { name: string; pages: number; median: number } };

const PEER_DOCUMENTS = 10;

export async function measurePrint(): Promise<PrintReport> {
  const material = await longApplication();
  const own = await inOwnProcess(material);
  return { machine: machine(), ...own, peer: await inChromium(material, PEER_DOCUMENTS) };
}

/** In a process of its own, so that its memory is that of printing. */
async function inOwnProcess(material: Material): Promise<Own> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./print/own.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(material));
  const own: Own = JSON.parse(await text(child.stdout));
  return own;
}

if (import.meta.main) {
  const report = await measurePrint();
  if (process.argv.includes('--json')) console.log(JSON.stringify(report));
  else show(report);
}

function show({ machine: on, pages, documents, peer, ...own }: PrintReport): void {
  const seconds = (value: number) => `${value.toFixed(2)} s`;
  const aim = (met: boolean) => (met ? 'yes' : 'NO');
  const [load = 0] = loadavg();
  console.log(
    `${on}, load ${load.toFixed(1)}; ${documents} different applications of ${pages} pages, tagged PDF/UA-1\n`,
  );
  console.log(
    table(
      ['what', 'measured', 'aim', 'met'],
      [
        ['first of a process', seconds(own.first), '', ''],
        ['warm, median', seconds(own.median), 'at most 0.50 s', aim(own.median <= 0.5)],
        ['warm, slowest', seconds(own.slowest), '', ''],
        ['processor time, warm', seconds(own.processor), '', ''],
        ['memory before the first', `${own.memoryBefore.toFixed(0)} MB`, '', ''],
        ['memory through all', `${own.memory.toFixed(0)} MB`, 'at most 600 MB', aim(own.memory <= 600)],
        [`${peer.name}, the same texts, ${peer.pages} pages`, seconds(peer.median), '', ''],
        ['a page, of the peer’s', (own.median / pages / (peer.median / peer.pages)).toFixed(2), '', ''],
      ],
    ),
  );
}
