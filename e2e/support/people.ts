import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';

/** Each person sits at a window of their own. */
export async function newWindow(browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  return { context, page };
}

export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/app/sign-in');
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: /^登\s*录$/ }).click();
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible();
}

/** The demonstration people of a rehearsal, as the sign-in page lists them. */
export async function demonstrationPerson(
  page: Page,
  role: string,
  authority: string,
): Promise<{ login: string; password: string }> {
  const answer = await page.request.get('/api/demonstration');
  const { people } = (await answer.json()) as {
    people: { login: string; password: string; role: string; label: string; authorityName?: string; what: string }[];
  };
  const found = people.find((person) => person.role === role && person.login.endsWith(authority));
  if (!found) throw new Error(`no demonstration ${role} of ${authority}`);
  return found;
}
