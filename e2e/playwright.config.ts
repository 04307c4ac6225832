import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from '@playwright/test';

const root = path.join(import.meta.dirname, '..');
const port = Number(process.env['E2E_PORT'] ?? 18431);
const address = `http://127.0.0.1:${port}`;
const data = process.env['E2E_DATA'] ?? path.join(tmpdir(), `keshen-e2e-${process.pid}`);
const chromium = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((file): file is string => file !== undefined && existsSync(file));

export default defineConfig({
  testDir: 'journeys',
  outputDir: path.join(root, 'test-results'),
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL: address,
    locale: 'zh-CN',
    // The pages must tell Beijing time wherever the browser stands.
    timezoneId: 'America/Los_Angeles',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    trace: 'retain-on-failure',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: `${path.join(root, 'node_modules', 'node', 'bin', 'node')} packages/server/src/main.ts`,
    cwd: root,
    url: `${address}/health/ready`,
    timeout: 120_000,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    env: { ...(process.env as Record<string, string>), HOST: '127.0.0.1', PORT: String(port), KESHEN_DATA: data },
  },
});
