import { existsSync } from 'node:fs';
import { chromium, type Browser } from '@playwright/test';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

/** The browser that the system ships. Throws, in Chinese, where there is none. */
export function openBrowser(): Promise<Browser> {
  const found = [
    process.env['CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((file) => file !== undefined && existsSync(file));
  if (!found) throw new Error('没有找到 Chromium。请先安装，例如：sudo apt-get install chromium');
  return chromium.launch({ executablePath: found, args: [...FLAGS, '--disable-sync', '--no-first-run'] });
}
