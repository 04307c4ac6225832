import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbedded } from './embedded.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'keshen-embedded-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

test('a server whose starter was killed is adopted, with its data, and stopped by the one who adopted it', async () => {
  const module = fileURLToPath(new URL('./embedded.ts', import.meta.url));
  const script = `const { startEmbedded } = await import(${JSON.stringify(module)});
    await startEmbedded(${JSON.stringify(dir)});
    process.kill(process.pid, 'SIGKILL');`;
  const killed = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(killed.signal, killed.stderr).toBe('SIGKILL');

  const adopted = await startEmbedded(dir);
  expect(adopted.adopted).toBe(true);
  await adopted.stop();

  const again = await startEmbedded(dir);
  expect(again.adopted).toBe(false);
  await again.stop();
});
