import { expect, test } from '@playwright/test';
import { attachPapers, beginApplication, exampleOf, fillApplication, readSections } from '../support/application.ts';
import { accessible, look, lookAtPrint } from '../support/look.ts';
import { textOf } from '../support/papers.ts';
import { demonstrationPerson, newWindow, signIn } from '../support/people.ts';

const CALLS = [
  { name: 'jiangsu', call: 'jiangsu-2026-international', example: 'university-key-country', title: '江苏' },
  { name: 'neimenggu', call: 'neimenggu-2026-cooperation', example: 'university', title: '内蒙古' },
  { name: 'shanxi', call: 'shanxi-2024-cooperation', example: 'university', title: '山西' },
  { name: 'xinjiang', call: 'xinjiang-2025-sco', example: 'university', title: '新疆' },
];

for (const { name, call, example: exampleName, title } of CALLS) {
  test(`${title}: filled in, checked, its papers brought, handed in and printed, by its demonstration people`, async ({
    browser,
  }) => {
    const { page } = await newWindow(browser);
    await page.goto('/');
    const person = await demonstrationPerson(page, 'applicant', name);
    await signIn(page, person.login, person.password);
    const applicationId = await beginApplication(page, call, exampleOf(call, exampleName));
    const lead = (await readSections(page, applicationId))['lead']?.data as { name: string; uscc: string };
    const example = exampleOf(call, exampleName, lead);
    const own = { applicationId, example, as: name };

    await fillApplication(page, own);
    await attachPapers(page, own);

    await page.goto(`/app/applications/${applicationId}/check`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await look(page, `${name}-check`);
    await accessible(page);

    await page.goto(`/app/applications/${applicationId}`);
    await page.getByRole('button', { name: /^提交/ }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('button', { name: '确认提交' })).toBeEnabled();
    await look(page, `${name}-submit`);
    await dialog.getByRole('button', { name: '确认提交' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('待单位审核').first()).toBeVisible();

    // The print with the attachments bound in, asked for as a person does.
    await page.getByRole('button', { name: '打印 PDF' }).click();
    await page.getByRole('radio', { name: /附件合成一份/ }).check();
    await page.getByRole('button', { name: '生成 PDF' }).click();
    await expect(page.getByText(/已生成/)).toBeVisible({ timeout: 60_000 });
    await look(page, `${name}-print-dialog`);
    const { versionCode } = (await (await page.request.get(`/api/applications/${applicationId}`)).json()) as {
      versionCode: string;
    };
    const print = await (
      await page.request.get(`/api/applications/${applicationId}/print.pdf?with=attachments`)
    ).body();
    expect(textOf(print)).toContain(versionCode);
    expect(textOf(print)).toContain(lead.name);
    lookAtPrint(print, `${name}-print`);
  });
}
