import { expect, test } from '@playwright/test';
import { accessible, look } from '../support/look.ts';
import { mailServer } from '../support/mail.ts';
import { ownServer } from '../support/own-server.ts';
import { demonstrationPerson, signIn } from '../support/people.ts';
import { submitExample } from '../support/submit.ts';

const CALL = 'liaoning-2026-international';
const PORT = 18_437;
const REASON = '第三节的技术指标请写明测试条件';

const linkIn = (text: string, page: string): string => new RegExp(`http://\\S+/app/${page}\\S*`).exec(text)?.[0] ?? '';

test('a return reaches the applicant by mail; the link leads to the application; the next ones come once a day', async ({
  browser,
}) => {
  const mail = await mailServer();
  const server = ownServer(PORT, {
    KESHEN_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    KESHEN_MAIL_FROM: '科申 <tongzhi@example.cn>',
    KESHEN_NOTICE_REHEARSAL: '1',
  });
  try {
    await server.start();
    const window = async () => {
      const context = await browser.newContext({ baseURL: server.address });
      return context.newPage();
    };
    const applicant = await window();
    const administrator = await window();
    const somebody = await window();
    const liaoning = (role: string) => demonstrationPerson(somebody, role, 'liaoning');
    const shenbao = await liaoning('applicant');
    const danwei = await liaoning('organisationAdministrator');
    await signIn(applicant, shenbao.login, shenbao.password);

    await test.step('the applicant gives a mail address and confirms it by the link that was sent there', async () => {
      await applicant.goto('/app/notices/preferences');
      await applicant.getByLabel('邮箱地址').fill('lin@example.cn');
      await applicant.getByRole('button', { name: '发送确认链接' }).click();
      await expect(applicant.getByText('等待确认')).toBeVisible();
      await expect.poll(() => mail.mails.length).toBe(1);
      await somebody.goto(linkIn(mail.mails[0]?.text ?? '', 'confirm-address'));
      await accessible(somebody);
      await look(somebody, 'notices-confirm');
      await somebody.getByRole('button', { name: '确认使用' }).click();
      await expect(somebody.getByText('邮箱已确认')).toBeVisible();
      await applicant.reload();
      await expect(applicant.getByText('已确认')).toBeVisible();
      await accessible(applicant);
    });

    let id = '';
    await test.step('it is submitted, and the administrator sees on the bell that something waits', async () => {
      id = await submitExample(applicant.request, CALL, 'university');
      await signIn(administrator, danwei.login, danwei.password);
      await expect(administrator.locator('.ks-bell')).not.toHaveAttribute('data-unread', '0');
      await administrator.goto('/app/notices?kind=toDo');
      await expect(administrator.getByRole('heading', { name: /有申报书提交单位审核/ })).toBeVisible();
    });

    await test.step('a return arrives by mail, with its reason, and the link leads to the application', async () => {
      const back = await administrator.request.post(`/api/applications/${id}/steps/returnByOrganisation`, {
        headers: { 'x-keshen': '1' },
        data: { reason: REASON },
      });
      expect(back.ok(), await back.text()).toBe(true);
      await expect.poll(() => mail.mails.length).toBe(2);
      const text = mail.mails[1]?.text ?? '';
      expect(text).toContain('【演练】单位退回修改');
      expect(text).toContain(REASON);
      await applicant.goto(linkIn(text, 'applications/'));
      await expect(applicant).toHaveURL(new RegExp(`/app/applications/${id}`));
    });

    await test.step('it stands in the system, is read, and the bell is empty', async () => {
      await applicant.goto('/app/notices');
      await expect(applicant.getByRole('heading', { name: /单位退回修改/ })).toBeVisible();
      await accessible(applicant);
      await look(applicant, 'notices');
      await applicant.getByRole('button', { name: '全部标为已读' }).click();
      await applicant.getByRole('dialog').getByRole('button', { name: '标为已读' }).click();
      await expect(applicant.locator('.ks-bell')).toHaveAttribute('data-unread', '0');
    });

    await test.step('returns are wanted once a day from now on, and that is kept', async () => {
      await applicant.goto('/app/notices/preferences');
      await applicant.getByLabel('退回修改：邮件').click();
      await applicant.locator('.ant-select-dropdown:visible').getByText('每日合集', { exact: true }).click();
      await expect(applicant.getByText('已保存：退回修改，邮件每日合集')).toBeVisible();
      await applicant.reload();
      await expect(applicant.getByRole('row', { name: /退回修改/ })).toContainText('每日合集');
      await look(applicant, 'notices-preferences');
    });

    await test.step('the link at the foot of a mail ends mails of its kind, without signing in', async () => {
      await somebody.goto(linkIn(mail.mails[1]?.text ?? '', 'unsubscribe'));
      await somebody.getByRole('button', { name: '不再接收“退回修改”' }).click();
      await expect(somebody.getByText('已停止用邮件发送“退回修改”')).toBeVisible();
      await accessible(somebody);
    });
  } finally {
    await server.stop();
    await mail.stop();
  }
});
