import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { accessible, look, lookAtPrint } from '../support/look.ts';
import { demonstrationPerson, newWindow, signIn } from '../support/people.ts';
import { submitExample } from '../support/submit.ts';

const CALL = 'neimenggu-2026-cooperation';

test('from the submit to the sealed forward: places, preview, seals, verification, and a return that voids them', async ({
  browser,
}) => {
  const { page: applicant } = await newWindow(browser);
  const { page: administrator } = await newWindow(browser);
  const { page: department } = await newWindow(browser);
  for (const [page, role] of [
    [applicant, 'applicant'],
    [administrator, 'organisationAdministrator'],
    [department, 'recommendingDepartment'],
  ] as const) {
    await page.goto('/');
    const { login, password } = await demonstrationPerson(page, role, 'neimenggu');
    await signIn(page, login, password);
  }
  let id = '';

  await test.step('an application is filled and submitted', async () => {
    id = await submitExample(applicant.request, CALL, 'institute');
  });

  await test.step('the organisation has its rehearsal seals', async () => {
    await administrator.goto('/app/organisation/seals');
    await expect(administrator.getByRole('cell', { name: '科申演练签发机构', exact: true }).first()).toBeVisible();
    await accessible(administrator);
    await look(administrator, 'organisation-seals');
  });

  const review = async (page: Page): Promise<void> => {
    const items = page.locator('[data-item]');
    await expect(items.first()).toBeVisible();
    for (const item of await items.all()) {
      await item.getByRole('radio', { name: '是', exact: true }).check();
      await expect(item.getByText(/判断$/)).toBeVisible();
    }
  };
  const forward = async (): Promise<void> => {
    await administrator.getByRole('button', { name: '提交归口管理部门' }).click();
    await administrator.getByRole('dialog').getByRole('button', { name: '提交归口管理部门' }).click();
  };

  await test.step('without seals it is not forwarded; the refusal names the clause', async () => {
    await administrator.goto(`/app/organisation/applications/${id}`);
    await review(administrator);
    await forward();
    await expect(administrator.getByText(/还没有用电子印章加盖牵头单位公章、法定代表人名章/)).toBeVisible();
    await expect(administrator.getByText('依据：通知二（一）4')).toBeVisible();
    await look(administrator, 'forward-refused');
    await administrator
      .getByRole('dialog')
      .getByRole('button', { name: /取\s*消/ })
      .click();
  });

  await test.step('the administrator chooses the places, looks at the page, and seals', async () => {
    await administrator.locator('[data-go="seal"]').click();
    const picture = administrator.getByRole('img', { name: /盖章以后的样子/ });
    await expect(picture).toBeVisible();
    await picture.evaluate((image: HTMLImageElement) => image.decode());
    await accessible(administrator);
    await look(administrator, 'seal-preview');
    await administrator.locator('[data-go="place-seals"]').click();
    await expect(administrator.getByRole('dialog')).toBeVisible();
    await accessible(administrator);
    await look(administrator, 'seal-confirm');
    await administrator
      .getByRole('dialog')
      .getByRole('button', { name: /盖\s*章/ })
      .click();
    await expect(administrator.getByText('印章已经盖齐')).toBeVisible({ timeout: 30_000 });
    await expect(administrator.locator('[data-seal="sm2Signature"][data-state="sealed"]')).toBeVisible();
    await administrator.getByRole('button', { name: '核验签章' }).click();
    await expect(administrator.getByText('签章全部有效')).toBeVisible();
    await accessible(administrator);
    await look(administrator, 'sealed');
  });

  await test.step('now it is forwarded, and the department holds the sealed file', async () => {
    await administrator.goto(`/app/organisation/applications/${id}`);
    await forward();
    await expect(administrator.getByText('待归口管理部门审核').first()).toBeVisible();
    await department.goto(`/app/department/applications/${id}`);
    await expect(department.getByText('已盖齐')).toBeVisible();
    await accessible(department);
    await look(department, 'department-sees-seals');
    const pdf = await (await department.request.get(`/api/applications/${id}/print.pdf`)).body();
    lookAtPrint(pdf, 'sealed');
    const folder = mkdtempSync(path.join(tmpdir(), 'keshen-seal-'));
    try {
      writeFileSync(path.join(folder, 'sealed.pdf'), pdf);
      const read = (program: string, ...args: string[]) =>
        execFileSync(program, [...args, 'sealed.pdf'], { cwd: folder, encoding: 'utf8' });
      expect(read('pdfsig', '-nocert').match(/Signature is Valid/g)).toHaveLength(2);
      expect(read('qpdf', '--check')).toContain('No syntax or stream encoding errors found');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  await test.step('anybody who scans the code reads the seals', async () => {
    const application = await applicant.request.get(`/api/applications/${id}`);
    const { versionCode } = (await application.json()) as { versionCode: string };
    await department.goto(`/v?code=${versionCode}`);
    await expect(department.getByText(/签章有效/).first()).toBeVisible();
    await accessible(department);
    await look(department, 'verification-of-seals');
  });

  await test.step('a return voids the seals for all to see', async () => {
    await department.goto(`/app/department/applications/${id}`);
    await department.getByRole('button', { name: '归口管理部门退回修改' }).click();
    const dialog = department.getByRole('dialog');
    await dialog.getByLabel('理由').fill('请补充预算说明');
    await dialog.getByRole('button', { name: '归口管理部门退回修改' }).click();
    await expect(dialog).toBeHidden();
    await administrator.goto(`/app/organisation/applications/${id}`);
    await expect(administrator.getByText('已作废')).toBeVisible();
    await accessible(administrator);
    await look(administrator, 'seals-voided');
  });
});
