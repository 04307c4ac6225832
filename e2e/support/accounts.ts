import { expect, type Locator, type Page } from '@playwright/test';
import { authenticator } from './authenticator.ts';
import { accessible, look } from './look.ts';

/** Chooses from a list by its label, as a person does: types some of it, then clicks what is offered. */
export async function pick(within: Page | Locator, label: string, option: string): Promise<void> {
  await within.getByLabel(label, { exact: false }).first().click();
  const page = 'page' in within ? within.page() : within;
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).first().click();
}

/** Up to the second factor, where one is asked for. */
export async function enter(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/app/sign-in');
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: /^登\s*录$/ }).click();
}

export async function leave(page: Page): Promise<void> {
  await page.locator('.ks-head__me').click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await expect(page).toHaveURL(/sign-in/);
}

/** The link as its maker reads it from the screen, once. */
export async function handedOver(page: Page): Promise<string> {
  const link = (await page.locator('[data-handed-over]').textContent()) ?? '';
  await look(page, 'accounts-handed-over');
  await page.getByRole('button', { name: '我已交给本人' }).click();
  return link;
}

export async function setPassword(page: Page, link: string, password: string): Promise<void> {
  expect(link).toContain('/app/set-password#');
  await page.goto(link);
  await page.getByLabel('新密码').first().fill(password);
  await page.getByLabel('再输一遍新密码').fill(password);
  await accessible(page);
  await look(page, 'accounts-set-password');
  await page.getByRole('button', { name: '保存密码' }).click();
  await expect(page.getByText('这个链接不再有效')).toBeVisible();
}

/** Turns the second factor on; returns the telephone's codes and the recovery codes on paper. */
export async function enrol(page: Page, password: string) {
  await page.goto('/app/security');
  await page.getByRole('button', { name: '启用两步验证' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('登录密码').fill(password);
  await dialog.getByRole('button', { name: /继\s*续/ }).click();
  const secret = page.locator('[data-second-factor-secret]');
  await expect(secret).toBeVisible();
  const code = authenticator((await secret.textContent()) ?? '');
  await page.getByLabel('验证码').fill(await code());
  await look(page, 'accounts-enrolment');
  await page.getByRole('button', { name: '确认启用' }).click();
  const list = page.getByRole('list', { name: '恢复码' });
  await expect(list).toBeVisible();
  await accessible(page);
  await look(page, 'accounts-recovery-codes');
  const recovery = await list.getByRole('listitem').allTextContents();
  await page.getByRole('checkbox', { name: '我已把恢复码保存好' }).check();
  await page.getByRole('button', { name: /完\s*成/ }).click();
  await expect(page.getByText('个没用过')).toBeVisible();
  return { code, recovery: recovery.map((text) => text.trim()) };
}
