import { expect, type Page } from '@playwright/test';
import { accessible, look } from './look.ts';
import { flowOf } from './papers.ts';

/** What somebody lays on the desk of the service centre. */
type Brought = { code: string; by: string; copies: number; paper?: string; refused?: true };

/** Scans the code, registers what lies there with every seal that is asked for, and answers the receipt's text without blanks. */
export async function bring(page: Page, { code, by, copies, paper, refused }: Brought): Promise<string> {
  await page.getByLabel('码', { exact: true }).fill(code);
  await page.getByRole('button', { name: /查\s*对/ }).click();
  await expect(page.getByText('与网上现行的版本相同')).toBeVisible();
  if (paper) {
    await page.getByLabel(/^材料/).first().click();
    await page.locator('.ant-select-dropdown:visible').getByText(paper, { exact: true }).click();
  }
  await expect(page.getByLabel('份数')).toHaveValue(String(copies));
  await page.getByLabel('送件人', { exact: false }).fill(`${by} 卢青禾`);
  await page.getByRole('radio', { name: by, exact: true }).check();
  const seals = page.getByRole('group', { name: /^签章/ }).getByRole('checkbox');
  for (const seal of await seals.all()) await seal.check();
  await page.getByRole('button', { name: /^登\s*记$/ }).click();
  return fileOf(page, refused ? '打印不予接收说明' : '打印回执').then(flowOf);
}

/** The desk before and after: what is to be received, and that it came. */
export async function lookAtDesk(page: Page, roundId: string, name: string): Promise<void> {
  await page.goto(`/app/papers/${roundId}`);
  await expect(page.getByRole('heading', { level: 1, name: '纸质材料' })).toBeVisible();
  await accessible(page);
  await look(page, name);
}

/** Where a call takes no paper, the page says so and shows nothing to register. */
export async function noPaper(page: Page, roundId: string, name: string): Promise<void> {
  await lookAtDesk(page, roundId, name);
  await expect(page.getByText('本次通知不收纸质材料')).toBeVisible();
  await expect(page.getByRole('button', { name: /查\s*对/ })).toHaveCount(0);
}

/** The file behind a link, as the browser would fetch it. */
export async function fileOf(page: Page, name: string | RegExp): Promise<Buffer> {
  const link = page.getByRole('link', { name }).first();
  await expect(link).toBeVisible();
  const answer = await page.request.get((await link.getAttribute('href')) ?? '');
  expect(answer.ok(), await link.textContent().then(String)).toBe(true);
  return Buffer.from(await answer.body());
}
