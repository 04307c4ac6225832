import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const pictures = path.join(import.meta.dirname, '..', '..', 'test-results', 'pictures');

let pictureNumber = 0;
/** Keeps a picture of the whole page. */
export async function look(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  pictureNumber += 1;
  // What sticks to the top of the window would otherwise stand in the middle of the picture.
  await page.evaluate(() => window.scrollTo(0, 0));
  const file = `${String(pictureNumber).padStart(2, '0')}-${name}.png`;
  await page.screenshot({ path: path.join(pictures, file), fullPage: true });
}

/** Keeps a print and a picture of each of its pages. */
export function lookAtPrint(pdf: Buffer, name: string): void {
  mkdirSync(pictures, { recursive: true });
  const file = path.join(pictures, `${name}.pdf`);
  writeFileSync(file, pdf);
  execFileSync('pdftoppm', ['-r', '60', '-png', file, file.replace(/\.pdf$/, '')]);
}

/** No barrier that a machine can find: contrast, names, roles, order of headings. */
export async function accessible(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // A dialog that fades out is half transparent: nobody reads it then.
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running'));
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect(found).toEqual([]);
}
