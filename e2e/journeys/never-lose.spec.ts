import { expect, test, type Browser, type Page } from '@playwright/test';
import { inputOf } from '../support/form.ts';
import { accessible, look } from '../support/look.ts';
import { ownServer } from '../support/own-server.ts';
import { demonstrationPerson, newWindow, signIn } from '../support/people.ts';

/** Each race that loses a draft elsewhere, told once: nothing that was typed may be gone at its end. */
const AUTHORITY = 'liaoning';
const server = ownServer(Number(process.env['E2E_OWN_PORT'] ?? 18632));

test.use({ baseURL: server.address });
test.describe.configure({ mode: 'serial' });
test.beforeAll(() => server.start());
test.afterAll(() => server.stop());

const TITLE = 'project.title';
const SUMMARY = 'project.summary';
const status = (page: Page) => page.locator('[data-save]');
const saved = (page: Page) => expect(status(page)).toHaveAttribute('data-save', 'good', { timeout: 60_000 });

/** A draft of a demonstration applicant, open in a window at its first section. */
async function openDraft(browser: Browser): Promise<{ page: Page; id: string; password: string }> {
  const { page } = await newWindow(browser);
  const { login, password } = await demonstrationPerson(page, 'applicant', AUTHORITY);
  await signIn(page, login, password);
  const headers = { 'x-keshen': '1' };
  const { items } = (await (await page.request.get('/api/rounds', { headers })).json()) as {
    items: { id: string; mode: string; authorityName: string }[];
  };
  const round = items.find(({ mode, authorityName }) => mode === 'rehearsal' && authorityName.startsWith('辽宁'));
  const made = await page.request.post('/api/applications', {
    headers,
    data: { roundId: round?.id, notClassified: true },
  });
  const { id } = (await made.json()) as { id: string };
  await page.goto(`/app/applications/${id}/sections/project`);
  await expect(inputOf(page, TITLE)).toBeVisible();
  return { page, id, password };
}

type Kept = { sections: Record<string, { revision: number; data: Record<string, unknown> }> };
const kept = async (page: Page, id: string): Promise<Kept['sections'][string] | undefined> => {
  const answer = await page.request.get(`/api/applications/${id}`, { headers: { 'x-keshen': '1' } });
  return ((await answer.json()) as Kept).sections['project'];
};

test('the server dies after a save has arrived and before its answer: the same save is sent again and counts once', async ({
  browser,
}) => {
  const { page, id } = await openDraft(browser);
  let killed: Promise<void> | undefined;
  await page.route('**/sections/project', async (route) => {
    if (killed) return route.continue();
    // It has been taken in, and nobody learns of it.
    await route.fetch();
    killed = server.kill();
    await killed;
    await route.abort('connectionreset');
  });
  await inputOf(page, TITLE).fill('海水淡化膜的界面设计');
  await expect(status(page)).toContainText('已留在本机');
  await inputOf(page, SUMMARY).fill('服务器停着的时候写下的摘要');
  await look(page, 'never-lose-server-gone');
  await server.start();
  await saved(page);
  const project = await kept(page, id);
  expect(project?.data).toMatchObject({ title: '海水淡化膜的界面设计', summary: '服务器停着的时候写下的摘要' });
  expect(project?.revision).toBe(2);
  await page.reload();
  await expect(inputOf(page, SUMMARY)).toHaveValue('服务器停着的时候写下的摘要');
});

test('the browser is closed while the server is gone: the text is there when the draft is opened again', async ({
  browser,
}) => {
  const { page, id } = await openDraft(browser);
  await server.kill();
  await inputOf(page, TITLE).fill('关掉页面以前写的');
  await expect(status(page)).toContainText('已留在本机');
  const context = page.context();
  await page.close();
  await server.start();
  const again = await context.newPage();
  await again.goto(`/app/applications/${id}/sections/project`);
  await expect(inputOf(again, TITLE)).toHaveValue('关掉页面以前写的');
  await saved(again);
  expect((await kept(again, id))?.data['title']).toBe('关掉页面以前写的');
});

test('the session ends while typing: sign in on the same page and go on', async ({ browser }) => {
  const { page, id, password } = await openDraft(browser);
  await inputOf(page, TITLE).fill('登录还有效时写的');
  await saved(page);
  await page.context().clearCookies();
  await inputOf(page, SUMMARY).fill('登录失效以后写的');
  const dialog = page.getByRole('dialog', { name: '登录已失效，请重新登录' });
  await expect(dialog).toBeVisible();
  await look(page, 'never-lose-session-ended');
  await dialog.getByLabel('密码', { exact: true }).fill(password);
  const login = dialog.getByLabel('登录名');
  if ((await login.count()) > 0 && (await login.inputValue()) === '') {
    await login.fill((await demonstrationPerson(page, 'applicant', AUTHORITY)).login);
  }
  await dialog.getByRole('button', { name: /登\s*录/ }).click();
  await expect(dialog).toBeHidden();
  await saved(page);
  await expect(inputOf(page, SUMMARY)).toHaveValue('登录失效以后写的');
  expect((await kept(page, id))?.data).toMatchObject({ title: '登录还有效时写的', summary: '登录失效以后写的' });
});

test('two windows change the same section: both versions side by side, chosen field by field, and the history has all', async ({
  browser,
}) => {
  const { page: one, id } = await openDraft(browser);
  const two = await one.context().newPage();
  await two.goto(`/app/applications/${id}/sections/project`);
  await expect(inputOf(two, TITLE)).toBeVisible();
  await one.reload();
  await expect(one.locator('[data-present="project"]')).toHaveText('您的另一个窗口在填');

  await inputOf(one, TITLE).fill('第一个窗口的名称');
  await saved(one);
  await inputOf(two, TITLE).fill('第二个窗口的名称');
  await inputOf(two, SUMMARY).fill('第二个窗口的摘要');
  const dialog = two.getByRole('dialog', { name: /请逐项选择/ });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByText('第一个窗口的名称')).toBeVisible();
  await expect(dialog.getByText('第二个窗口的名称')).toBeVisible();
  await look(two, 'never-lose-two-windows');
  await dialog.getByRole('radio', { name: '项目名称：保留已经保存的' }).check();
  await dialog.getByRole('button', { name: '按所选保存' }).click();
  await saved(two);
  expect((await kept(two, id))?.data).toMatchObject({ title: '第一个窗口的名称', summary: '第二个窗口的摘要' });

  await two.getByRole('link', { name: '修改记录' }).click();
  await two.getByRole('button', { name: '改了什么' }).first().click();
  await expect(two.getByText('第二个窗口的摘要')).toBeVisible();
  await accessible(two);
  await look(two, 'never-lose-history');
  await two
    .getByRole('button', { name: /把“项目信息”恢复到/ })
    .first()
    .click();
  await two.getByRole('dialog').getByRole('button', { name: '恢复', exact: true }).click();
  await expect(inputOf(two, TITLE)).toHaveValue('');
  await two.getByRole('button', { name: '撤销' }).click();
  await expect(inputOf(two, TITLE)).toHaveValue('第一个窗口的名称');
  await saved(two);
});

test('the line is cut and comes back: typing goes on and is saved by itself', async ({ browser }) => {
  const { page, id } = await openDraft(browser);
  await page.context().setOffline(true);
  await inputOf(page, TITLE).fill('断网时写的名称');
  await expect(status(page)).toContainText('已留在本机');
  await inputOf(page, SUMMARY).fill('断网时写的摘要');
  await page.context().setOffline(false);
  await saved(page);
  expect((await kept(page, id))?.data).toMatchObject({ title: '断网时写的名称', summary: '断网时写的摘要' });
});
