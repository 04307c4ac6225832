import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `pid`: of the server's process, not of its database; `data`: the folder of its data. */
export type OwnServer = { address: string; pid: number; data: string; stop: () => Promise<void> };

const ROOT = join(import.meta.dirname, '../..');
const START_WITHIN_MS = 120_000;

/** A server of its own, on a free port and with data of its own, which are gone when it stops. */
export async function startServer(): Promise<OwnServer> {
  const { ensureWebBuilt }: { ensureWebBuilt: () => void } = await import(join(ROOT, 'tools/prepare.mjs'));
  ensureWebBuilt();
  const [port, data] = [await freePort(), await mkdtemp(join(tmpdir(), 'keshen-bench-'))];
  const { NODE_ENV: _production, DATABASE_URL: _database, PUBLIC_URL: _address, ...others } = process.env;
  const server = spawn(process.execPath, ['packages/server/src/main.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...others, HOST: '127.0.0.1', PORT: String(port), KESHEN_DATA: data },
  });
  const ended = new Promise<void>((resolve) => void server.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  const address = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_WITHIN_MS;
  while (!(await isReady(address))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error('the server did not start');
    }
    await new Promise((resolve) => void setTimeout(resolve, 200));
  }
  return { address, pid: server.pid ?? 0, data, stop };
}

const isReady = (address: string): Promise<boolean> =>
  fetch(`${address}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
