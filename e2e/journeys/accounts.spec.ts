import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { enrol, enter, handedOver, leave, pick, setPassword } from '../support/accounts.ts';
import { identityProvider } from '../support/identity-provider.ts';
import { accessible, look } from '../support/look.ts';
import { paper } from '../support/papers.ts';
import { ownServer } from '../support/own-server.ts';
import { demonstrationPerson, newWindow, signIn } from '../support/people.ts';

const PORT = 18_437;
const CALLBACK = `http://127.0.0.1:${PORT}/api/session/single-sign-on/callback`;
const PASSWORD = '北风南渡西窗灯火照归舟';
const ORGANISATION = '沈阳云岭精密仪器研究所';
/** Invented, with right check digits. */
const USCC = '12210100MB1T7Q2X0T';
const ID_NUMBER = '210103198205182339';
const DAY_MS = 86_400_000;

const secrets = mkdtempSync(path.join(tmpdir(), 'keshen-e2e-oidc-'));
const secretFile = path.join(secrets, 'secret');
writeFileSync(secretFile, 'secret-of-the-journey');
let provider: Awaited<ReturnType<typeof identityProvider>>;
let server: ReturnType<typeof ownServer>;

test.use({ baseURL: `http://127.0.0.1:${PORT}` });
test.beforeAll(async () => {
  test.setTimeout(120_000);
  const client = { id: 'keshen', secret: 'secret-of-the-journey', redirectUri: CALLBACK, user: 'gonghao-0417' };
  provider = await identityProvider(client);
  server = ownServer(PORT, {
    KESHEN_OIDC_ISSUER: provider.issuer,
    KESHEN_OIDC_CLIENT_ID: 'keshen',
    KESHEN_OIDC_SECRET_FILE: secretFile,
    KESHEN_OIDC_NAME: '省统一身份认证',
  });
  await server.start();
});
test.afterAll(async () => {
  await server?.stop();
  await provider?.stop();
  rmSync(secrets, { recursive: true, force: true });
});

test('an organisation registers, its people get accounts, and who deputises or is signed in is taken back', async ({
  browser,
}) => {
  const { page: administrator } = await newWindow(browser);
  const { page: department } = await newWindow(browser);
  const { page: applicant } = await newWindow(browser);
  const { page: phone } = await newWindow(browser);
  let link = '';
  let recovery: string[] = [];
  let code: () => Promise<string> = () => Promise.reject(new Error('no authenticator yet'));

  await test.step('the page says who will review while the organisation is filled in', async () => {
    await administrator.goto('/app/register');
    await pick(administrator, '科技主管部门', '辽宁省科学技术厅');
    const reviewer = administrator.locator('.ko-reviewer');
    await expect(reviewer).toContainText('填好注册地和单位类型');
    await administrator.getByLabel('统一社会信用代码').fill(USCC);
    await administrator.getByLabel('单位名称').fill(ORGANISATION);
    await pick(administrator, '单位类型', '科研院所');
    await expect(reviewer).toContainText('沈阳市科学技术局');
    await administrator.getByRole('radio', { name: '是', exact: true }).first().check();
    await administrator.getByLabel('注册日期', { exact: false }).first().fill('2009-04-01');
    for (const title of ['营业执照或法人证书', '管理员授权书']) {
      const file = { name: `${title}.pdf`, mimeType: 'application/pdf', buffer: paper('registration') };
      await administrator.getByLabel(`选择文件：${title}`).setInputFiles(file);
      await expect(administrator.getByText(`${title}.pdf`, { exact: false })).toBeVisible();
    }
    for (const [label, value] of [
      ['通信地址', '沈阳市示例路8号'],
      ['法定代表人', '方示例'],
      ['联系人', '许示例'],
      ['联系电话', '024-22345678'],
      ['管理员姓名', '许示例'],
      ['登录名', 'xushili'],
      ['再输一遍密码', PASSWORD],
    ] as const)
      await administrator.getByLabel(label).first().fill(value);
    await administrator.getByLabel(/^密码/).first().fill(PASSWORD);
    await accessible(administrator);
    await look(administrator, 'accounts-register');
    await administrator.getByRole('button', { name: '提交注册' }).click();
    await expect(administrator.getByText('注册已提交')).toBeVisible();
  });

  await test.step('its department reads the papers and approves', async () => {
    const person = await demonstrationPerson(department, 'recommendingDepartment', 'liaoning');
    await signIn(department, person.login, person.password);
    await department.goto('/app/department/organisations');
    await department.getByRole('link', { name: ORGANISATION }).click();
    await expect(department.getByText('管理员授权书.pdf')).toBeVisible();
    await accessible(department);
    await look(department, 'accounts-registration');
    await department.getByRole('button', { name: '通过注册' }).click();
    await department
      .getByRole('dialog')
      .getByRole('button', { name: /^通\s*过$/ })
      .click();
    await expect(department.getByText('已通过').first()).toBeVisible();
  });

  await test.step('its administrator hands out an account by a link that works once', async () => {
    await signIn(administrator, 'xushili', PASSWORD);
    await administrator.goto('/app/organisation/people');
    await administrator.getByRole('button', { name: '分配账号' }).click();
    const dialog = administrator.getByRole('dialog');
    await dialog.getByLabel('姓名').fill('林示例');
    await dialog.getByLabel('登录名').fill('linshili');
    await dialog.getByLabel('居民身份证号').fill(ID_NUMBER);
    await look(administrator, 'accounts-hand-out');
    await dialog.getByRole('button', { name: /分\s*配/ }).click();
    link = await handedOver(administrator);
    await setPassword(applicant, link, PASSWORD);
    await phone.goto(link);
    await expect(phone.getByText('每个链接只能用一次')).toBeVisible();
    await accessible(phone);
    await look(phone, 'accounts-link-used');
  });

  await test.step('the applicant enrols a second factor; then the password alone opens nothing', async () => {
    await signIn(applicant, 'linshili', PASSWORD);
    ({ code, recovery } = await enrol(applicant, PASSWORD));
    await leave(applicant);
    await enter(applicant, 'linshili', PASSWORD);
    await applicant.getByLabel('验证码').fill(await code());
    await accessible(applicant);
    await look(applicant, 'accounts-code');
    await applicant.getByRole('button', { name: '继续登录' }).click();
    await expect(applicant.getByRole('navigation', { name: '主导航' })).toBeVisible();
  });

  await test.step('the applicant says who he is, the organisation confirms it', async () => {
    await applicant.goto('/app/profile');
    await accessible(applicant);
    await look(applicant, 'accounts-profile-empty');
    const choose = (field: string, option: string) =>
      applicant.locator(`[data-path="profile.${field}"]`).getByText(option, { exact: true }).click();
    const list = async (field: string, option: string) => {
      await applicant.locator(`[data-path="profile.${field}"]`).getByRole('combobox').click();
      await applicant.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).first().click();
    };
    await choose('gender', '女');
    await applicant.getByLabel(/^出生日期/).fill('1982-05-18');
    await applicant.getByRole('button', { name: /保\s*存$/ }).click();
    await expect(applicant.getByText('性别与证件号码里的不一致').first()).toBeVisible();
    await look(applicant, 'accounts-profile-problem');
    await choose('gender', '男');
    await choose('degree', '博士');
    await list('title', '教授');
    await choose('titleRank', '正高级');
    await choose('academician', '否');
    await choose('civilServant', '否');
    await list('employment', '在职');
    await applicant.getByLabel('原法定退休年龄').fill('60');
    await applicant.getByLabel('手机').fill('13800002100');
    await applicant.getByLabel('电子邮箱').fill('lin@example.cn');
    await applicant.getByRole('button', { name: /保\s*存$/ }).click();
    await expect(applicant.getByText('待单位确认')).toBeVisible();
    await accessible(applicant);
    await look(applicant, 'accounts-profile');
    await administrator.goto('/app/organisation/profiles');
    await expect(administrator.getByText('待单位确认').first()).toBeVisible();
    await accessible(administrator);
    await look(administrator, 'accounts-profiles');
    await administrator.getByRole('link', { name: '林示例' }).click();
    await expect(administrator.getByRole('button', { name: /^确\s*认$/ })).toBeVisible();
    await accessible(administrator);
    await look(administrator, 'accounts-profile-member');
    await administrator.getByRole('button', { name: /^确\s*认$/ }).click();
    await administrator
      .getByRole('dialog')
      .getByRole('button', { name: /^确\s*认$/ })
      .click();
    await expect(administrator.getByText('单位已确认').first()).toBeVisible();
  });

  await test.step('the administrator goes away and names a deputy until a day', async () => {
    await administrator.goto('/app/organisation/profile');
    await administrator.getByRole('button', { name: '授权代理' }).click();
    const dialog = administrator.getByRole('dialog');
    await pick(dialog, '人员', '林示例（linshili）');
    const until = new Date(Date.now() + 14 * DAY_MS).toISOString().slice(0, 10);
    await dialog.getByLabel(/^代理到哪一天/).fill(until);
    await dialog.getByLabel('理由').fill('出差');
    await accessible(administrator);
    await look(administrator, 'accounts-deputy');
    await dialog.getByRole('button', { name: /授\s*权/ }).click();
    await expect(administrator.getByRole('button', { name: '终止 林示例 的代理' })).toBeVisible();
    await accessible(administrator);
    await look(administrator, 'accounts-organisation');
    await applicant.goto('/app/organisation/people');
    await expect(applicant.getByRole('table', { name: '本单位的账号' })).toBeVisible();
    await look(applicant, 'accounts-as-deputy');
  });

  await test.step('signed in elsewhere with a recovery code, and ended from the desk', async () => {
    await enter(phone, 'linshili', PASSWORD);
    await phone.getByRole('button', { name: '手机不在身边，用恢复码' }).click();
    await phone.getByLabel('恢复码').fill(recovery[0] ?? '');
    await phone.getByRole('button', { name: '继续登录' }).click();
    await expect(phone.getByRole('navigation', { name: '主导航' })).toBeVisible();
    await applicant.goto('/app/security');
    await expect(applicant.getByText('还有 9 个没用过')).toBeVisible();
    await accessible(applicant);
    await look(applicant, 'accounts-security');
    await applicant.getByRole('button', { name: '退出其他全部登录' }).click();
    await applicant
      .getByRole('dialog')
      .getByRole('button', { name: /退\s*出/ })
      .click();
    await expect(applicant.getByRole('button', { name: '退出其他全部登录' })).toHaveCount(0);
    await phone.goto('/app/security');
    await expect(phone).toHaveURL(/sign-in/);
  });

  await test.step('the administrator is back: the deputy is signed out and no longer deputises', async () => {
    await administrator.getByRole('button', { name: '终止 林示例 的代理' }).click();
    await administrator
      .getByRole('dialog')
      .getByRole('button', { name: /终\s*止/ })
      .click();
    await expect(administrator.getByText('现在没有代理')).toBeVisible();
    await applicant.goto('/app/organisation/people');
    await expect(applicant).toHaveURL(/sign-in/);
  });

  await test.step('a person reads what is held about him, the organisation what was asked of it', async () => {
    await signIn(applicant, 'shenbao-liaoning', 'keshen-yanlian');
    await applicant.goto('/app/my-data');
    await accessible(applicant);
    await look(applicant, 'accounts-my-data');
    await administrator.goto('/app/data-requests');
    await accessible(administrator);
    await look(administrator, 'accounts-data-requests');
  });
});

test('a role is held when two have agreed, its holder comes by single sign-on, and the house stands', async ({
  browser,
}) => {
  const { page: first } = await newWindow(browser);
  const { page: second } = await newWindow(browser);
  const { page: official } = await newWindow(browser);
  const { page: phone } = await newWindow(browser);
  const { page: system } = await newWindow(browser);
  let recovery: string[] = [];

  await test.step('an official gets an account that may do nothing yet', async () => {
    await signIn(first, 'anquan', 'keshen-yanlian');
    await first.goto('/app/roles/people');
    await expect(first.getByRole('table', { name: '人员' })).toBeVisible();
    await accessible(first);
    await look(first, 'roles-people');
    await first.getByRole('button', { name: '建立账号' }).click();
    const dialog = first.getByRole('dialog');
    await dialog.getByLabel('姓名').fill('邵示例');
    await dialog.getByLabel('登录名').fill('shaoshili');
    await dialog.getByRole('button', { name: /建\s*立/ }).click();
    await setPassword(official, await handedOver(first), PASSWORD);
    await enter(official, 'shaoshili', PASSWORD);
    await expect(official.getByText('还没有给您分配角色')).toBeVisible();
    await accessible(official);
    await look(official, 'roles-none');
  });

  await test.step('one security administrator proposes the role and cannot approve it', async () => {
    await first.goto('/app/roles/people?q=shaoshili');
    await first.getByRole('link', { name: '邵示例' }).click();
    await first.getByRole('button', { name: '授予角色' }).click();
    const dialog = first.getByRole('dialog');
    await pick(dialog, '角色', '业务处室');
    await pick(dialog, '科技厅', '辽宁省科学技术厅');
    await dialog.getByLabel('依据').fill('任职文件〔2026〕8号');
    await look(first, 'roles-propose');
    await dialog.getByRole('button', { name: /提\s*出/ }).click();
    await expect(first.getByText('已提出，待另一位安全管理员批准')).toBeVisible();
    await first.goto('/app/roles/proposals');
    await expect(first.getByRole('button', { name: '撤回 邵示例' })).toBeVisible();
    await expect(first.getByRole('button', { name: '批准 邵示例' })).toHaveCount(0);
  });

  await test.step('the other approves, and only then it is held', async () => {
    await signIn(second, 'anquan2', 'keshen-yanlian');
    await second.goto('/app/roles/proposals');
    await expect(second.getByRole('button', { name: '批准 邵示例' })).toBeVisible();
    await accessible(second);
    await look(second, 'roles-proposals');
    await second.getByRole('button', { name: '批准 邵示例' }).click();
    await second
      .getByRole('dialog')
      .getByRole('button', { name: /批\s*准/ })
      .click();
    await expect(second.getByText('角色已生效')).toBeVisible();
    await official.goto('/app/');
    await expect(official.getByRole('navigation', { name: '主导航' }).getByText('申报总览')).toBeVisible();
    await first.goto('/app/roles/people?q=shaoshili');
    await first.getByRole('link', { name: '邵示例' }).click();
    await expect(first.getByRole('table', { name: '角色' })).toContainText('业务处室');
    await accessible(first);
    await look(first, 'roles-person');
  });

  await test.step('single sign-on: linked by the person, then it opens the account, the code is still asked for', async () => {
    ({ recovery } = await enrol(official, PASSWORD));
    await official.getByRole('button', { name: '关联我的身份' }).click();
    await official.getByRole('dialog').getByLabel('登录密码').fill(PASSWORD);
    await official.getByRole('dialog').getByRole('button', { name: '去关联' }).click();
    await expect(official.getByText(provider.issuer)).toBeVisible();
    await accessible(official);
    await look(official, 'roles-linked');
    await phone.goto('/app/sign-in');
    await phone.getByRole('button', { name: '用省统一身份认证登录' }).click();
    await phone.getByRole('button', { name: '手机不在身边，用恢复码' }).click();
    await phone.getByLabel('恢复码').fill(recovery[0] ?? '');
    await phone.getByRole('button', { name: '继续登录' }).click();
    await expect(phone.getByRole('navigation', { name: '主导航' }).getByText('申报总览')).toBeVisible();
  });

  await test.step('the system administrator sees how the house stands and has it examined', async () => {
    await signIn(system, 'xitong', 'keshen-yanlian');
    await system.goto('/app/house');
    await system.getByRole('button', { name: '开始体检' }).click();
    await expect(system.getByText('全部成立')).toBeVisible({ timeout: 60_000 });
    await accessible(system);
    await look(system, 'roles-house');
  });
});

test('新疆 二3: item by item before a new application', async ({ browser }) => {
  const { page: applicant } = await newWindow(browser);
  await signIn(applicant, 'shenbao-xinjiang', 'keshen-yanlian');
  await applicant.goto('/app/calls');
  await applicant.getByRole('button', { name: '新建申报' }).click();
  await applicant.getByRole('radio', { name: '不涉及' }).check();
  await expect(applicant.getByText('逐项确认')).toBeVisible();
  for (const item of ['单位名称无误', '申报人信息无误']) await applicant.getByRole('checkbox', { name: item }).check();
  await expect(applicant.getByRole('button', { name: '开始填写' })).toBeDisabled();
  await applicant.getByRole('checkbox', { name: /^(?!单位名称|申报人).*无误$/ }).check();
  await accessible(applicant);
  await look(applicant, 'accounts-confirm-items');
  const chooser = applicant.getByRole('radio', { name: /项目|合作/ });
  if ((await chooser.count()) > 0) await chooser.first().check();
  await applicant.getByRole('button', { name: '开始填写' }).click();
  await expect(applicant).toHaveURL(/\/applications\/[0-9a-f-]+\/sections\//);
});
