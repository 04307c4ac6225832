import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export type ServerProcess = {
  url: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
};

/** The real server in a process of its own, in rehearsal, on a database of the test run. Started again, it finds what it left. */
export async function startServerProcess(options: { dataDir: string; database: string }): Promise<ServerProcess> {
  const { host, port, user } = inject('database');
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      KESHEN_DATA: options.dataDir,
      DATABASE_URL: `postgres://${user}@localhost:${port}/${options.database}?host=${encodeURIComponent(host)}`,
    },
  });
  return { url: await urlOf(child), kill: () => killed(child) };
}

const urlOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    if (!child.stdout) throw new Error('the server has no output');
    createInterface(child.stdout).on('line', (line) => {
      const url = /科申已启动：(\S+)/.exec(line)?.[1];
      if (url) resolve(url);
    });
  });

const killed = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
