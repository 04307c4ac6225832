import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { fillField, frameOf, inputOf, type Choices, type Section, type Value } from '../support/form.ts';
import { accessible, look } from '../support/look.ts';
import { codesOf, paper, textOf } from '../support/papers.ts';
import { demonstrationPerson, newWindow, signIn } from '../support/people.ts';

const root = path.join(import.meta.dirname, '..', '..');
const example = JSON.parse(
  readFileSync(path.join(root, 'calls/liaoning-2026-international/examples/enterprise.json'), 'utf8'),
) as {
  application: Record<string, Record<string, Value>>;
  materials: Record<string, { row?: string; fileName: string; languages?: string[]; signedOn?: string }[]>;
};
const lead = example.application['lead'] as Record<string, string>;
const CALL = '2026年度辽宁省国际科技合作计划';
const PASSWORD = '北风南渡西窗灯火照归舟';

test('a call from its publication to the sealed list, each person at a window of their own', async ({ browser }) => {
  const { page: citizen } = await newWindow(browser);
  const { page: department } = await newWindow(browser);
  const { page: administrator } = await newWindow(browser);
  const { page: applicant } = await newWindow(browser);
  const { page: officer } = await newWindow(browser);
  let applicationId = '';
  let returnedVersion = '';
  let temporary = '';
  let listPdf = Buffer.alloc(0);

  await test.step('anyone reads the call and how each clause is handled', async () => {
    await citizen.goto('/');
    await accessible(citizen);
    await look(citizen, 'public-calls');
    await citizen.getByRole('link', { name: CALL }).click();
    await expect(citizen.getByRole('heading', { level: 1 })).toContainText(CALL);
    await expect(citizen.getByText('演练').first()).toBeVisible();
    for (const place of ['四（四）', '四（八）', '三1']) await expect(citizen.getByText(place).first()).toBeVisible();
    await accessible(citizen);
    await look(citizen, 'public-call');
  });

  await test.step('an organisation registers; a wrong check digit is named while typing', async () => {
    await citizen.goto('/app/register');
    const pick = async (label: string, option: string): Promise<void> => {
      await citizen.getByLabel(label, { exact: false }).first().click();
      await citizen.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).click();
    };
    await pick('科技主管部门', '辽宁省科学技术厅');
    const code = citizen.getByLabel('统一社会信用代码');
    await code.fill(`${lead['uscc']?.slice(0, 17)}0`);
    await expect(citizen.getByText(/校验|第 ?18 ?位/).first()).toBeVisible();
    await look(citizen, 'register-wrong-code');
    await code.fill(lead['uscc'] ?? '');
    await citizen.getByLabel('单位名称').fill(lead['name'] ?? '');
    await pick('单位类型', '企业');
    await citizen.getByRole('radio', { name: '是', exact: true }).check();
    await citizen
      .getByLabel('注册日期', { exact: false })
      .first()
      .fill(lead['registeredOn'] ?? '');
    for (const [label, key] of [
      ['通信地址', 'address'],
      ['法定代表人', 'legalRepresentative'],
      ['联系人', 'contactName'],
      ['联系电话', 'contactPhone'],
    ] as const)
      await citizen.getByLabel(label).fill(lead[key] ?? '');
    // The department follows from the place; nobody has to know it.
    await expect(citizen.getByText('沈阳市科学技术局').first()).toBeVisible();
    for (const title of ['营业执照或法人证书', '管理员授权书']) {
      const buffer = paper('registration');
      const file = { name: `${title}.pdf`, mimeType: 'application/pdf', buffer };
      await citizen.getByLabel(`选择文件：${title}`).setInputFiles(file);
      await expect(citizen.getByText(`${title}.pdf`, { exact: false })).toBeVisible();
    }
    await citizen.getByLabel('管理员姓名').fill('孙婉清');
    await citizen.getByLabel('登录名').fill('sunwanqing');
    await citizen.getByLabel('密码', { exact: true }).or(citizen.getByLabel(/^密码/)).first().fill(PASSWORD);
    await citizen.getByLabel('再输一遍密码').fill(PASSWORD);
    await accessible(citizen);
    await look(citizen, 'register');
    await citizen.getByRole('button', { name: '提交注册' }).click();
    await expect(citizen.getByText('注册已提交')).toBeVisible();
  });

  await test.step('its recommending department approves it', async () => {
    const person = await demonstrationPerson(department, 'recommendingDepartment', 'liaoning');
    await signIn(department, person.login, person.password);
    await department.goto('/app/department/organisations');
    await look(department, 'department-organisations');
    await department.getByRole('link', { name: lead['name'] ?? '' }).click();
    await accessible(department);
    await department
      .getByRole('button', { name: /通过|同意/ })
      .first()
      .click();
    await look(department, 'department-approve');
    await department
      .getByRole('dialog')
      .getByRole('button', { name: /通过|同意/ })
      .click();
    await expect(department.getByText(/已通过|已同意|通过审核/).first()).toBeVisible();
  });

  await test.step('its administrator hands out an account', async () => {
    await signIn(administrator, 'sunwanqing', PASSWORD);
    await administrator.goto('/app/organisation/people');
    await administrator.getByRole('button', { name: '分配账号' }).click();
    const dialog = administrator.getByRole('dialog');
    await dialog.getByLabel('姓名').fill('周越');
    await dialog.getByLabel('登录名').fill('zhouyue');
    await dialog.getByRole('radio', { name: '临时密码' }).check();
    await dialog.getByRole('button', { name: /分\s*配/ }).click();
    temporary = (await administrator.locator('[data-handed-over]').textContent()) ?? '';
    expect(temporary.length).toBeGreaterThan(8);
    await administrator.getByRole('button', { name: '我已交给本人' }).click();
    await accessible(administrator);
    await look(administrator, 'organisation-people');
  });

  await test.step('the applicant changes the temporary password and begins an application', async () => {
    await applicant.goto('/app/sign-in');
    await look(applicant, 'sign-in');
    await signIn(applicant, 'zhouyue', temporary);
    await applicant.getByLabel('现在的密码').fill(temporary);
    await applicant.getByLabel('新密码', { exact: false }).first().fill(PASSWORD);
    await applicant.getByLabel('再输一遍新密码').fill(PASSWORD);
    await applicant.getByRole('button', { name: /修改密码|保存|确\s*定/ }).click();
    await expect(applicant.getByText('密码已修改')).toBeVisible();
    await applicant.goto('/app/calls');
    await accessible(applicant);
    await look(applicant, 'applicant-calls');
    await applicant.getByRole('button', { name: '新建申报' }).click();
    await applicant.getByRole('radio', { name: '涉及', exact: true }).check();
    await expect(applicant.getByText('涉密项目不能在本系统填报')).toBeVisible();
    await look(applicant, 'classified-stop');
    await applicant.getByRole('radio', { name: '不涉及' }).check();
    await applicant.getByRole('button', { name: '开始填写' }).click();
    await expect(applicant).toHaveURL(/\/applications\/[0-9a-f-]+\/sections\//);
    applicationId = /applications\/([0-9a-f-]+)/.exec(applicant.url())?.[1] ?? '';
  });

  const definition = await (async () => {
    const application = (await (await applicant.request.get(`/api/applications/${applicationId}`)).json()) as {
      roundId: string;
    };
    const answer = (await (await applicant.request.get(`/api/rounds/${application.roundId}/definition`)).json()) as {
      compiled: { form: { sections: Section[] }; topics: { code: string; title: string }[] };
      reference: {
        countries: { code: string; name: string }[];
        divisions: { code: string; name: string }[];
        titles: { key: string; name: string }[];
      };
    };
    return { ...answer, roundId: application.roundId };
  })();
  const { sections } = definition.compiled.form;
  const choices: Choices = {
    countries: definition.reference.countries.map(({ code, name }) => ({ value: code, label: name })),
    divisions: definition.reference.divisions.map(({ code, name }) => ({ value: code, label: name })),
    titles: definition.reference.titles.map(({ key, name }) => ({ value: key, label: name })),
    topics: definition.compiled.topics.map(({ code, title }) => ({ value: code, label: title })),
  };
  const openSection = async (key: string): Promise<void> => {
    await applicant.goto(`/app/applications/${applicationId}/sections/${key}`);
    await expect(applicant.getByRole('heading', { level: 1 })).toBeVisible();
  };
  const saved = async (): Promise<void> => {
    await expect(applicant.locator('[data-save]').first()).toHaveAttribute('data-save', 'good');
  };

  for (const section of sections) {
    await test.step(`fills in ${section.title}`, async () => {
      await openSection(section.key);
      const entries = example.application[section.key] ?? {};
      for (const field of section.fields) {
        const value = entries[field.key];
        if (value === undefined) continue;
        const already = field.type !== 'table' && (await isFilled(applicant, field.path));
        if (!already) await fillField(applicant, field, value, choices);
      }
      await saved();
      await look(applicant, `section-${section.key}`);
    });
  }

  await test.step('a birth date too early, yuan typed for 万元 and one 分 under 70 % are refused beside the field', async () => {
    await openSection('principalInvestigator');
    const birth = inputOf(applicant, 'principalInvestigator.birthDate');
    await expect(birth).not.toHaveValue('');
    const right = await birth.inputValue();
    await birth.fill('1965-12-31');
    await expect(frameOf(applicant, 'principalInvestigator.birthDate')).toContainText('1966年1月1日');
    await expect(frameOf(applicant, 'principalInvestigator.birthDate')).toContainText('四（四）');
    await look(applicant, 'too-early-birth');
    await birth.fill(right);
    await saved();

    await openSection('budget');
    const own = inputOf(applicant, 'budget.selfRaised');
    await expect(own).not.toHaveValue('');
    const amount = await own.inputValue();
    await own.fill(String(Number(amount.replaceAll(',', '')) * 10_000));
    await expect(frameOf(applicant, 'budget.selfRaised')).toContainText('不符合：各项资金来源之和等于总预算');
    await expect(frameOf(applicant, 'budget.selfRaised')).toContainText('三3');
    await look(applicant, 'yuan-for-ten-thousand');
    const total = inputOf(applicant, 'budget.total');
    const overseas = inputOf(applicant, 'budget.overseas');
    const before = [await total.inputValue(), await overseas.inputValue()] as const;
    await total.fill('100');
    await own.fill('69.999999');
    await overseas.fill('0.000001');
    await expect(
      applicant
        .getByText(/69\.999999万元/)
        .filter({ visible: true })
        .first(),
    ).toBeVisible();
    await look(applicant, 'one-fen-short');
    await total.fill(before[0]);
    await overseas.fill(before[1]);
    await own.fill(amount);
    await saved();
    await accessible(applicant);
  });

  await test.step('what stands in the way leads to each field', async () => {
    await applicant.goto(`/app/applications/${applicationId}/check`);
    await expect(applicant.getByRole('heading', { level: 1 })).toBeVisible();
    await accessible(applicant);
    await look(applicant, 'what-stands-in-the-way');
  });

  await test.step('papers: what is no PDF is refused in words, the rest is stored', async () => {
    await applicant.goto(`/app/applications/${applicationId}/materials`);
    const inputs = applicant.locator('input[type=file]');
    await expect(inputs.first()).toBeAttached();
    await inputs.first().setInputFiles({
      name: '协议.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('PK\u0003\u0004 this is a zip'),
    });
    await expect(applicant.getByText(/只收 PDF.*实际是/).first()).toBeVisible();
    await look(applicant, 'no-pdf');
    const slots = await applicant
      .locator('[data-slot]')
      .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-slot') ?? ''));
    for (const slot of slots) {
      const place = applicant.locator(`[data-slot="${slot}"]`);
      const input = place.locator('input[type=file]');
      if ((await input.count()) === 0) continue;
      await input.setInputFiles({
        name: `${slot.replaceAll(/\W/g, '-')}.pdf`,
        mimeType: 'application/pdf',
        buffer: paper(slot),
      });
      await expect(place.getByRole('button', { name: /删除/ })).toBeVisible();
    }
    const agreement = applicant.locator('[data-slot^="materials.agreement"]').first();
    await agreement.getByRole('checkbox', { name: '中文', exact: true }).check();
    await agreement.getByRole('checkbox', { name: '英文', exact: true }).check();
    await agreement.getByLabel(/签/).first().fill('2025-10-30');
    await applicant.waitForTimeout(1500);
    await accessible(applicant);
    await look(applicant, 'materials');
  });

  const submit = async (): Promise<string> => {
    await applicant.goto(`/app/applications/${applicationId}`);
    await look(applicant, 'before-submit');
    await applicant.getByRole('button', { name: /提交单位/ }).click();
    const dialog = applicant.getByRole('dialog');
    await expect(dialog.getByRole('button', { name: '确认提交' })).toBeEnabled();
    await dialog.getByRole('button', { name: '确认提交' }).click();
    await expect(dialog).toBeHidden();
    const answer = (await (await applicant.request.get(`/api/applications/${applicationId}`)).json()) as {
      state: string;
      versionCode: string;
    };
    expect(answer.state).toBe('with_organisation');
    return answer.versionCode;
  };

  await test.step('the applicant submits; the print carries version code and the mark of its state', async () => {
    returnedVersion = await submit();
    await look(applicant, 'submitted');
    const print = await (await applicant.request.get(`/api/applications/${applicationId}/print.pdf`)).body();
    const text = textOf(print);
    expect(text).toContain(returnedVersion);
    expect(text).toContain('演练');
    expect(text).toContain(lead['name']);
  });

  const review = async (page: Page, step: 'organisation' | 'department'): Promise<void> => {
    const items = page.locator('[data-item]');
    await expect(items.first().or(page.getByText('没有要逐项判断的要点'))).toBeVisible();
    for (const item of await items.all()) {
      await item.getByRole('radio', { name: '是', exact: true }).check();
      await expect(item.getByText(/判断$/)).toBeVisible();
    }
    await look(page, `checklist-${step}`);
  };

  await test.step('the organisation returns it once with a reason', async () => {
    await administrator.goto('/app/organisation/applications');
    await look(administrator, 'organisation-queue');
    await administrator.goto(`/app/organisation/applications/${applicationId}`);
    await accessible(administrator);
    await administrator.getByRole('button', { name: /退回/ }).click();
    const dialog = administrator.getByRole('dialog');
    await dialog.getByRole('textbox').fill('项目摘要请补充与国外单位合作的基础。');
    await look(administrator, 'return-with-reason');
    await dialog.getByRole('button', { name: /退回/ }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('the applicant sees the reason, mends it and submits again: another version', async () => {
    await applicant.goto(`/app/applications/${applicationId}`);
    await expect(applicant.getByText('项目摘要请补充与国外单位合作的基础。').first()).toBeVisible();
    await look(applicant, 'returned');
    await openSection('project');
    const summary = inputOf(applicant, 'project.summary');
    await expect(summary).not.toHaveValue('');
    await summary.fill(`${await summary.inputValue()}双方自2021年起已有联合实验和人员互访。`);
    await saved();
    const version = await submit();
    expect(version).not.toBe(returnedVersion);
  });

  await test.step('the organisation checks again and forwards', async () => {
    await administrator.goto(`/app/organisation/applications/${applicationId}`);
    await review(administrator, 'organisation');
    await administrator.getByRole('button', { name: '提交初审单位' }).click();
    await administrator.getByRole('dialog').getByRole('button').last().click();
    await expect(administrator.getByText('待初审单位审核').first()).toBeVisible();
  });

  await test.step('the recommending department reviews on the checklist and recommends', async () => {
    await department.goto('/app/department/applications');
    await expect(department.getByText(String(example.application['project']?.['title'])).first()).toBeVisible();
    await look(department, 'department-queue');
    await department.goto(`/app/department/applications/${applicationId}`);
    await accessible(department);
    await review(department, 'department');
    await department.getByRole('button', { name: '确认推荐' }).click();
    await department.getByRole('dialog').getByRole('button').last().click();
    await expect(department.getByText('已推荐，待报送').first()).toBeVisible();
  });

  await test.step('it exports the list; anyone scans its QR code and sees that it is current', async () => {
    await department.goto(`/app/department/recommendations/${definition.roundId}`);
    await department.getByRole('button', { name: /^导出/ }).click();
    await department
      .getByRole('dialog')
      .getByRole('button', { name: /导\s*出/ })
      .click();
    const link = department.getByRole('link', { name: /下载 PDF/ });
    await expect(link).toBeVisible();
    await accessible(department);
    listPdf = Buffer.from(await (await department.request.get((await link.getAttribute('href')) ?? '')).body());
    expect(textOf(listPdf)).toContain('YL2026');
    const [address = ''] = codesOf(listPdf);
    expect(address).toMatch(/^https?:\/\//i);
    await citizen.goto(address.toLowerCase().startsWith('http') ? new URL(address).pathname : address);
    await expect(citizen.getByRole('main')).toContainText('有效');
    await expect(citizen.getByRole('main')).toContainText('演练');
    await accessible(citizen);
    await look(citizen, 'verified-list');
  });

  await test.step('the sealed scan and the letter go up and the list is delivered', async () => {
    await department
      .getByLabel('选择文件：盖章', { exact: false })
      .setInputFiles({ name: '盖章清单.pdf', mimeType: 'application/pdf', buffer: listPdf });
    await expect(department.getByText('盖章清单.pdf')).toBeVisible();
    const letter = department.locator('input[type=file]').last();
    await letter.setInputFiles({
      name: '推荐文件.pdf',
      mimeType: 'application/pdf',
      buffer: paper('recommendation letter'),
    });
    await expect(department.getByText('推荐文件.pdf')).toBeVisible();
    await look(department, 'department-list');
    await department.getByRole('button', { name: /^报送/ }).click();
    await department.getByRole('dialog').getByRole('button', { name: '确认报送' }).click();
    await expect(department.getByText('已报送').first()).toBeVisible();
  });

  await test.step('the programme officer sees it arrive', async () => {
    const person = await demonstrationPerson(officer, 'programmeOfficer', 'liaoning');
    await signIn(officer, person.login, person.password);
    await officer.goto(`/app/officer/rounds/${definition.roundId}`);
    await expect(
      officer
        .getByText(String(example.application['project']?.['title']))
        .or(officer.getByText('沈阳市科学技术局'))
        .first(),
    ).toBeVisible();
    await accessible(officer);
    await look(officer, 'officer');
  });

  await test.step('somebody else’s address leads nowhere', async () => {
    const stranger = await demonstrationPerson(citizen, 'applicant', 'liaoning');
    await signIn(citizen, stranger.login, stranger.password);
    const answer = await citizen.request.get(`/api/applications/${applicationId}`);
    expect([403, 404]).toContain(answer.status());
    await citizen.goto(`/app/applications/${applicationId}`);
    await look(citizen, 'somebody-elses');
  });
});

/** What the organisation's profile has filled in already stays. */
async function isFilled(page: Page, fieldPath: string): Promise<boolean> {
  const input = inputOf(page, fieldPath);
  if ((await input.count()) === 0) return false;
  const tag = await input.evaluate((node) => node.tagName);
  return tag === 'INPUT' && (await input.getAttribute('type')) !== 'checkbox' && (await input.inputValue()) !== '';
}
