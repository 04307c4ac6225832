import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = path.join(import.meta.dirname, '..', '..');
const READY_MS = 60_000;

/** A server of a journey's own, that it may kill: own port, own data, its database left running by a kill and found again. */
export function ownServer(port: number, env: Record<string, string> = {}) {
  const address = `http://127.0.0.1:${port}`;
  // Made by the server itself: the database's account must be able to enter it.
  const data = path.join(tmpdir(), `keshen-e2e-own-${process.pid}-${port}`);
  let child: ChildProcess | undefined;

  const gone = (process: ChildProcess) =>
    new Promise<void>((resolve) => {
      if (process.exitCode !== null || process.signalCode !== null) resolve();
      else process.once('exit', () => resolve());
    });

  const start = async (): Promise<void> => {
    child = spawn(path.join(root, 'node_modules', 'node', 'bin', 'node'), ['packages/server/src/main.ts'], {
      cwd: root,
      stdio: 'ignore',
      env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), KESHEN_DATA: data, ...env },
    });
    for (const until = Date.now() + READY_MS; Date.now() < until; await sleep(200)) {
      const ready = await fetch(`${address}/health/ready`).catch(() => undefined);
      if (ready?.ok) return;
    }
    throw new Error(`no server on ${address}`);
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (!child) return;
    child.kill(signal);
    await gone(child);
  };
  return {
    address,
    start,
    /** As a failing machine ends it: at once, with nothing tidied up. */
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      rmSync(data, { recursive: true, force: true });
    },
  };
}
