import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';

/** How a tool ended. `missing`: it is not installed; `stopped`: it took too long, wrote too much or was killed by a limit. */
export type ToolRun =
  | { ended: 'well' | 'badly'; code: number; stdout: Buffer; stderr: string }
  | { ended: 'missing' }
  | { ended: 'stopped' };

type Limits = { seconds?: number; outputBytes?: number };

const MEMORY_KB = 1_500_000;
const NOT_FOUND = 127;
/** What is run on uploads never takes more than this many processes at once. */
const AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Runs a tool on what somebody uploaded: at most 15 seconds, 1.5 GB of memory and 4 MB of output unless said otherwise, and two tools at
 * a time. The memory limit is the shell's own (`ulimit -v`), where the system knows it.
 */
export async function runTool(tool: string, args: string[], limits: Limits = {}): Promise<ToolRun> {
  while (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  running += 1;
  try {
    return await run(tool, args, limits);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function run(tool: string, args: string[], { seconds = 15, outputBytes = 4 * 1024 * 1024 }: Limits): Promise<ToolRun> {
  return new Promise((resolve) => {
    const limited = `ulimit -v ${MEMORY_KB} 2>/dev/null; ulimit -t ${seconds} 2>/dev/null; exec "$@"`;
    const child = spawn('/bin/sh', ['-c', limited, 'sh', tool, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', LC_ALL: 'C' },
    });
    beBehind(child.pid);
    let stopped = false;
    const stop = (): void => {
      stopped = true;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(stop, seconds * 1000);
    const stdout: Buffer[] = [];
    let bytes = 0;
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > outputBytes) stop();
      else stdout.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < 20_000) stderr += chunk.toString('utf8');
    });
    child.on('error', () => {
      clearTimeout(timer);
      resolve({ ended: 'missing' });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (stopped || signal !== null || code === null) resolve({ ended: 'stopped' });
      else if (code === NOT_FOUND) resolve({ ended: 'missing' });
      else resolve({ ended: code === 0 ? 'well' : 'badly', code, stdout: Buffer.concat(stdout), stderr });
    });
  });
}

/** Somebody who saves or uploads comes before what is looked into. */
function beBehind(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, 10);
  } catch {
    // It has ended already.
  }
}
