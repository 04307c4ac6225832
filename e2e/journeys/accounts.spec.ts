import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { authenticator } from '../support/authenticator.ts';
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

const pick = async (page: Page, label: string, option: string | RegExp): Promise<void> => {
  const field = page.getByRole('dialog').or(page.locator('main')).last().getByLabel(label, { exact: false }).first();
  await field.click();
  if (typeof option === 'string') await field.fill(option).catch(() => undefined);
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).first().click();
};
const enter = async (page: Page, login: string, password: string): Promise<void> => {
  await page.goto('/app/sign-in');
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: /^登\s*录$/ }).click();
};
const leave = async (page: Page): Promise<void> => {
  await page.locator('.ks-head__me').click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await expect(page).toHaveURL(/sign-in/);
};

// Walked as far as the second factor; the steps after it wait for their first whole run.
test.fixme('accounts from the registration of an organisation to roles granted by two', async ({ browser }) => {
  test.setTimeout(420_000);
  const { page: citizen } = await newWindow(browser);
  const { page: department } = await newWindow(browser);
  const { page: applicant } = await newWindow(browser);
  const { page: phone } = await newWindow(browser);
  const { page: first } = await newWindow(browser);
  const { page: second } = await newWindow(browser);
  const { page: official } = await newWindow(browser);
  let link = '';
  let code: () => Promise<string> = () => Promise.reject(new Error('no authenticator yet'));

  await test.step('an organisation registers and its department approves', async () => {
    await citizen.goto('/app/register');
    await pick(citizen, '科技主管部门', '辽宁省科学技术厅');
    await citizen.getByLabel('统一社会信用代码').fill(USCC);
    await citizen.getByLabel('单位名称').fill(ORGANISATION);
    await pick(citizen, '单位类型', '科研院所');
    await citizen.getByRole('radio', { name: '是', exact: true }).first().check();
    await citizen.getByLabel('注册日期', { exact: false }).first().fill('2009-04-01');
    for (const title of ['营业执照或法人证书', '管理员授权书']) {
      const file = { name: `${title}.pdf`, mimeType: 'application/pdf', buffer: paper('registration') };
      await citizen.getByLabel(`选择文件：${title}`).setInputFiles(file);
      await expect(citizen.getByText(`${title}.pdf`, { exact: false })).toBeVisible();
    }
    for (const [label, value] of [
      ['通信地址', '沈阳市示例路8号'],
      ['法定代表人', '方示例'],
      ['联系人', '许示例'],
      ['联系电话', '024-22345678'],
      ['管理员姓名', '许示例'],
      ['登录名', 'xushili'],
    ] as const)
      await citizen.getByLabel(label).first().fill(value);
    await citizen.getByLabel(/^密码/).first().fill(PASSWORD);
    await citizen.getByLabel('再输一遍密码').fill(PASSWORD);
    await citizen.getByRole('button', { name: '提交注册' }).click();
    await expect(citizen.getByText('注册已提交')).toBeVisible();
    const person = await demonstrationPerson(department, 'recommendingDepartment', 'liaoning');
    await signIn(department, person.login, person.password);
    await department.goto('/app/department/organisations');
    await department.getByRole('link', { name: ORGANISATION }).click();
    await department
      .getByRole('button', { name: /通过|同意/ })
      .first()
      .click();
    await department
      .getByRole('dialog')
      .getByRole('button', { name: /通过|同意/ })
      .click();
    await expect(department.getByText(/已通过|已同意|通过审核/).first()).toBeVisible();
  });

  await test.step('its administrator hands out an account by a link that works once', async () => {
    await signIn(citizen, 'xushili', PASSWORD);
    await citizen.goto('/app/organisation/people');
    await citizen.getByRole('button', { name: '分配账号' }).click();
    const dialog = citizen.getByRole('dialog');
    await dialog.getByLabel('姓名').fill('林示例');
    await dialog.getByLabel('登录名').fill('linshili');
    await dialog.getByLabel('居民身份证号').fill(ID_NUMBER);
    await look(citizen, 'accounts-hand-out');
    await dialog.getByRole('button', { name: /分\s*配/ }).click();
    link = (await citizen.locator('[data-handed-over]').textContent()) ?? '';
    expect(link).toContain('/app/set-password#');
    await citizen.getByRole('button', { name: '我已交给本人' }).click();
    await applicant.goto(link);
    await applicant
      .getByLabel(/新密码/)
      .first()
      .fill(PASSWORD);
    await applicant.getByLabel(/再输一遍/).fill(PASSWORD);
    await accessible(applicant);
    await look(applicant, 'accounts-set-password');
    await applicant.getByRole('button', { name: '保存密码' }).click();
    await expect(applicant.getByText('这个链接不再有效')).toBeVisible();
    await phone.goto(link);
    await expect(phone.getByText('每个链接只能用一次')).toBeVisible();
    await look(phone, 'accounts-link-used');
  });

  await test.step('the applicant enrols a second factor and signs in with it', async () => {
    await signIn(applicant, 'linshili', PASSWORD);
    await applicant.goto('/app/security');
    await applicant.getByRole('button', { name: '启用两步验证' }).click();
    await applicant.getByRole('dialog').getByLabel('密码').fill(PASSWORD);
    await applicant.getByRole('dialog').getByRole('button').last().click();
    const secret = applicant.locator('[data-second-factor-secret]');
    await expect(secret).toBeVisible();
    code = authenticator((await secret.textContent()) ?? '');
    await applicant.getByLabel('验证码').fill(await code());
    await look(applicant, 'accounts-enrolment');
    await applicant.getByRole('button', { name: '确认启用' }).click();
    await expect(applicant.getByText('恢复码').first()).toBeVisible();
    await accessible(applicant);
    await look(applicant, 'accounts-recovery-codes');
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
    await applicant
      .getByRole('group', { name: '性别' })
      .or(applicant.getByLabel('性别'))
      .getByText('女', { exact: true })
      .click();
    await applicant.getByLabel('出生日期').fill('1982-05-18');
    await applicant.getByRole('button', { name: /^保\s*存$/ }).click();
    await expect(applicant.getByText('性别与证件号码里的不一致').first()).toBeVisible();
    await look(applicant, 'accounts-profile-problem');
    await applicant.locator('[data-path="profile.gender"]').getByText('男', { exact: true }).click();
    await applicant.locator('[data-path="profile.degree"]').getByText('博士', { exact: true }).click();
    await applicant.locator('[data-path="profile.title"]').getByRole('combobox').click();
    await applicant.locator('.ant-select-dropdown:visible').getByText('教授', { exact: true }).first().click();
    await applicant.locator('[data-path="profile.titleRank"]').getByText('正高级', { exact: true }).click();
    for (const field of ['academician', 'civilServant'])
      await applicant.locator(`[data-path="profile.${field}"]`).getByText('否', { exact: true }).click();
    await applicant.locator('[data-path="profile.employment"]').getByRole('combobox').click();
    await applicant.locator('.ant-select-dropdown:visible').getByText('在职', { exact: true }).click();
    await applicant.getByLabel('原法定退休年龄').fill('60');
    await applicant.getByLabel('手机').fill('13800002100');
    await applicant.getByLabel('电子邮箱').fill('lin@example.cn');
    await applicant.getByRole('button', { name: /^保\s*存$/ }).click();
    await expect(applicant.getByText('待单位确认')).toBeVisible();
    await accessible(applicant);
    await look(applicant, 'accounts-profile');
    await citizen.goto('/app/organisation/profiles');
    await expect(citizen.getByText('待单位确认').first()).toBeVisible();
    await accessible(citizen);
    await look(citizen, 'accounts-profiles');
    await citizen.getByRole('link', { name: '林示例' }).click();
    await accessible(citizen);
    await look(citizen, 'accounts-profile-member');
    await citizen.getByRole('button', { name: /^确\s*认$/ }).click();
    await citizen
      .getByRole('dialog')
      .getByRole('button', { name: /^确\s*认$/ })
      .click();
    await expect(citizen.getByText('单位已确认').first()).toBeVisible();
  });

  await test.step('single sign-on: linked by the person, then it opens the account, the code is still asked for', async () => {
    await applicant.goto('/app/security');
    await applicant.getByRole('button', { name: '关联我的身份' }).click();
    await applicant.getByRole('dialog').getByLabel('密码').fill(PASSWORD);
    await applicant.getByRole('dialog').getByRole('button', { name: '去关联' }).click();
    await expect(applicant.getByText(provider.issuer)).toBeVisible();
    await accessible(applicant);
    await look(applicant, 'accounts-security');
    await phone.goto('/app/sign-in');
    await phone.getByRole('button', { name: '用省统一身份认证登录' }).click();
    await phone.getByLabel('验证码').fill(await code());
    await phone.getByRole('button', { name: '继续登录' }).click();
    await expect(phone.getByRole('navigation', { name: '主导航' })).toBeVisible();
  });

  await test.step('the phone was lost: its session is ended from the desk', async () => {
    await applicant.goto('/app/security');
    await applicant.getByRole('button', { name: /退出其他|其他.*退出/ }).click();
    await applicant.getByRole('dialog').getByRole('button', { name: /退出/ }).click();
    await phone.goto('/app/security');
    await expect(phone).toHaveURL(/sign-in/);
    await applicant.reload();
    await expect(applicant.getByRole('heading', { name: '登录与安全', level: 1 })).toBeVisible();
  });

  await test.step('one security administrator proposes a role, the other approves, and only then it is held', async () => {
    await signIn(first, 'anquan', 'keshen-yanlian');
    await accessible(first);
    await look(first, 'accounts-people-of-house');
    await first.getByRole('button', { name: '建立账号' }).click();
    await first.getByRole('dialog').getByLabel('姓名').fill('邵示例');
    await first.getByRole('dialog').getByLabel('登录名').fill('shaoshili');
    await first
      .getByRole('dialog')
      .getByRole('button', { name: /建\s*立/ })
      .click();
    const invitation = (await first.locator('[data-handed-over]').textContent()) ?? '';
    await first.getByRole('button', { name: '我已交给本人' }).click();
    await official.goto(invitation);
    await official
      .getByLabel(/新密码/)
      .first()
      .fill(PASSWORD);
    await official.getByLabel(/再输一遍/).fill(PASSWORD);
    await official.getByRole('button', { name: '保存密码' }).click();
    await enter(official, 'shaoshili', PASSWORD);
    await expect(official.getByText('还没有给您分配角色')).toBeVisible();
    await look(official, 'accounts-no-role');

    await first.goto('/app/roles/people?q=shaoshili');
    await first.getByRole('link', { name: '邵示例' }).click();
    await first.getByRole('button', { name: '授予角色' }).click();
    await pick(first, '角色', '业务处室');
    await pick(first, '科技厅', '辽宁省科学技术厅');
    await first.getByLabel('依据').fill('任职文件〔2026〕8号');
    await look(first, 'accounts-propose');
    await first
      .getByRole('dialog')
      .getByRole('button', { name: /提\s*出/ })
      .click();
    await expect(first.getByText('已提出，待另一位安全管理员批准')).toBeVisible();
    await first.goto('/app/roles/proposals');
    await expect(first.getByRole('button', { name: '撤回 邵示例' })).toBeVisible();
    await expect(first.getByRole('button', { name: '批准 邵示例' })).toHaveCount(0);

    await signIn(second, 'anquan2', 'keshen-yanlian');
    await second.goto('/app/roles/proposals');
    await accessible(second);
    await look(second, 'accounts-proposals');
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
    await accessible(first);
    await look(first, 'accounts-person');
  });

  await test.step('the system administrator sees how the house stands and has it examined', async () => {
    await leave(department);
    await signIn(department, 'xitong', 'keshen-yanlian');
    await department.goto('/app/house');
    await department.getByRole('button', { name: '开始体检' }).click();
    await expect(department.getByText('全部成立')).toBeVisible({ timeout: 60_000 });
    await accessible(department);
    await look(department, 'accounts-house');
  });

  await test.step('新疆 二3: item by item before a new application', async () => {
    await signIn(phone, 'shenbao-xinjiang', 'keshen-yanlian');
    await phone.goto('/app/calls');
    await phone.getByRole('button', { name: '新建申报' }).click();
    await phone.getByRole('radio', { name: '不涉及' }).check();
    await expect(phone.getByText('逐项确认')).toBeVisible();
    for (const item of ['单位名称无误', '申报人信息无误']) await phone.getByRole('checkbox', { name: item }).check();
    await expect(phone.getByRole('button', { name: '开始填写' })).toBeDisabled();
    await phone.getByRole('checkbox', { name: /^(?!单位名称|申报人).*无误$/ }).check();
    await accessible(phone);
    await look(phone, 'accounts-confirm-items');
    const chooser = phone.getByRole('radio', { name: /项目|合作/ });
    if ((await chooser.count()) > 0) await chooser.first().check();
    await phone.getByRole('button', { name: '开始填写' }).click();
    await expect(phone).toHaveURL(/\/applications\/[0-9a-f-]+\/sections\//);
  });
});
