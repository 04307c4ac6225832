import { expect, test, type Page } from '@playwright/test';
import { readXlsx } from 'hucre/xlsx';
import { bring, fileOf, lookAtDesk, noPaper } from '../support/desk.ts';
import { accessible, look, lookAtPrint } from '../support/look.ts';
import { codesOf, flowOf, paper, textOf } from '../support/papers.ts';
import { demonstrationPerson, newWindow, signIn } from '../support/people.ts';
import { clearRehearsal, submitExample } from '../support/submit.ts';

/** Everybody's window, and what there is to bring on paper once the list is delivered. */
type Journey = {
  seat: (role: string) => Promise<Page>;
  roundId: string;
  /** The prints that are laid on the desk. */
  application: Buffer;
  list: Buffer;
  pledge: Buffer;
};

/** What a call asks for between the organisation and the science department, each in its own words. */
type Call = {
  name: string;
  title: string;
  call: string;
  example: string;
  department: string;
  /** Every title of its list, in order; amounts say their unit besides. */
  columns: string[];
  /** 内蒙古's electronic seals stand on the application before it is forwarded. */
  sealed?: true;
  /** 江苏's department says this of the project in its own columns, gives its telephone, and signs a pledge. */
  decides?: string[];
  letter?: string;
  bringPaper: (journey: Journey) => Promise<void>;
};

const words = (...lines: string[]): string[] => lines.flatMap((line) => line.split(' '));

const CALLS: Call[] = [
  {
    name: 'jiangsu',
    title: '江苏',
    call: 'jiangsu-2026-international',
    example: 'university-key-country',
    department: '项目主管部门',
    columns: [
      '序号',
      '项目受理号',
      '项目类型［1］',
      '项目名称',
      '申报单位',
      '合作国别或地区',
      '项目合作文件是否符合要求，其中重大科技开放合作平台建设项目是否提供了相关佐证材料［2］',
      '申报材料是否完整，签字盖章及其日期是否齐全',
      '是否涉及人类遗传资源、种质资源等方面合作及科技伦理事项（注明类型）',
      '申报单位运营及信用情况、项目负责人信用情况是否良好',
      '是否属于单独推荐名额，如是，注明依托的平台或省重点培育的领军企业名称',
    ],
    decides: ['是', '是', '否', '是'],
    bringPaper: bringListAndPledge,
  },
  {
    name: 'neimenggu',
    title: '内蒙古',
    call: 'neimenggu-2026-cooperation',
    example: 'university',
    department: '归口管理部门',
    columns: words(
      '序号 申报编号 指南代码 项目名称 牵头单位 项目负责人 负责人性别 负责人出生日期',
      '开始日期 结束日期 申请财政资金 配套（自筹）资金 项目总预算',
    ),
    sealed: true,
    letter: '推荐文件',
    bringPaper: bringNothing,
  },
  {
    name: 'shanxi',
    title: '山西',
    call: 'shanxi-2024-cooperation',
    example: 'university',
    department: '组织推荐部门',
    columns: words('序号 申报编号 项目类别 项目名称 申报单位 项目负责人 开始日期 结束日期', '申请引导资金 配套资金'),
    bringPaper: bringFiveThroughTheDepartment,
  },
  {
    name: 'xinjiang',
    title: '新疆',
    call: 'xinjiang-2025-sco',
    example: 'university',
    department: '推荐单位',
    columns: words('序号 申报编号 计划类别 项目名称 申报单位 项目负责人 开始日期 结束日期', '申请财政资金 自筹资金'),
    bringPaper: bringTwoAfterTheReview,
  },
];

for (const call of CALLS) {
  test(`${call.title}: checked, recommended, listed, delivered and admitted, and what it asks for on paper`, async ({
    browser,
  }) => {
    const seat = async (role: string): Promise<Page> => {
      const { page } = await newWindow(browser);
      const person = await demonstrationPerson(page, role, call.name);
      await signIn(page, person.login, person.password);
      return page;
    };
    // Whoever applied in another journey would be stopped by the limit on applications.
    await clearRehearsal((await seat('programmeOfficer')).request, call.call);
    const applicant = await seat('applicant');
    const id = await submitExample(applicant.request, call.call, call.example);
    const { roundId } = (await (await applicant.request.get(`/api/applications/${id}`)).json()) as { roundId: string };

    await test.step('its organisation checks it and forwards it', async () => {
      const organisation = await seat('organisationAdministrator');
      if (call.sealed) await placeSeals(organisation, id);
      await organisation.goto(`/app/organisation/applications/${id}`);
      await review(organisation, `${call.name}-organisation`);
      await take(organisation, `提交${call.department}`);
      await expect(organisation.getByText(`待${call.department}审核`).first()).toBeVisible();
    });

    const department = await seat('recommendingDepartment');
    await test.step('the department goes through its checklist and recommends it', async () => {
      await department.goto(`/app/department/applications/${id}`);
      await review(department, `${call.name}-department`);
      await take(department, '确认推荐');
      await expect(department.getByText('已推荐，待报送').first()).toBeVisible();
    });

    let list: Buffer = Buffer.alloc(0);
    let pledge: Buffer = Buffer.alloc(0);
    await test.step('its list has the columns of this call, as PDF with a code and as Excel', async () => {
      await department.goto(`/app/department/recommendations/${roundId}`);
      await exportList(department, call);
      list = await fileOf(department, /^下载 PDF/);
      lookAtPrint(list, `${call.name}-list`);
      const text = flowOf(list);
      for (const column of call.columns) expect(text).toContain(column);
      const [code = ''] = codesOf(list);
      await applicant.goto(new URL(code).pathname);
      await expect(applicant.getByRole('main')).toContainText('有效');
      await look(applicant, `${call.name}-list-verified`);
      const { sheets } = await readXlsx(new Uint8Array(await fileOf(department, '下载 Excel')));
      const head = sheets[0]?.rows.find(([first]) => first === '序号') ?? [];
      expect(head.map((cell) => String(cell).replace('（万元）', ''))).toEqual(call.columns);
    });

    await test.step('the sealed scan goes up with what else is asked for, and the list is delivered', async () => {
      await upload(department, '盖章的', list);
      if (call.letter) await upload(department, call.letter, paper('recommendation letter'));
      if (call.decides) {
        pledge = await fileOf(department, '下载承诺书（签字盖章用）');
        lookAtPrint(pledge, `${call.name}-pledge`);
        await department.reload();
        await upload(department, '项目主管部门科研诚信承诺书', pledge);
      }
      await accessible(department);
      await look(department, `${call.name}-list-page`);
      await department.getByRole('button', { name: /^报送/ }).click();
      await department.getByRole('dialog').getByRole('button', { name: '确认报送' }).click();
      await expect(department.getByText(/^已报送的/)).toBeVisible();
      expect(textOf(await fileOf(department, '下载报送回执'))).toContain(codeUnder(list));
    });

    const officer = await seat('programmeOfficer');
    await test.step('the programme officer sees it arrive, reviews it and admits it', async () => {
      await officer.goto(`/app/officer/rounds/${roundId}`);
      await expect(officer.getByRole('link', { name: '盖章扫描件' })).toBeVisible();
      await accessible(officer);
      await look(officer, `${call.name}-officer`);
      await officer.goto(`/app/officer/applications/${id}`);
      await review(officer, `${call.name}-admission`);
      await take(officer, '受理');
      await expect(officer.getByText('已受理').first()).toBeVisible();
    });

    await test.step('what is asked for on paper is received at the desk', async () => {
      const print = await applicant.request.get(`/api/applications/${id}/print.pdf`);
      await call.bringPaper({ seat, roundId, application: await print.body(), list, pledge });
    });
  });
}

test('辽宁: the desk says that no paper is taken', async ({ page }) => {
  const { login, password } = await demonstrationPerson(page, 'serviceCentre', 'liaoning');
  await signIn(page, login, password);
  const { items } = (await (await page.request.get('/api/rounds')).json()) as {
    items: { id: string; callKey: string }[];
  };
  const roundId = items.find(({ callKey }) => callKey === 'liaoning-2026-international')?.id ?? '';
  await noPaper(page, roundId, 'liaoning-desk');
});

/** Two copies each of the list and of the pledge (三1、三3); an application under 专题四 itself is not brought. */
async function bringListAndPledge({ seat, roundId, list, pledge }: Journey): Promise<void> {
  const desk = await seat('serviceCentre');
  await lookAtDesk(desk, roundId, 'jiangsu-desk');
  const by = '项目主管部门';
  const [listCode = ''] = codesOf(list);
  const [pledgeCode = ''] = codesOf(pledge);
  expect(await bring(desk, { code: listCode, by, copies: 2, paper: '推荐项目汇总表' })).toContain('收下：2份已收齐');
  const receipt = await bring(desk, { code: pledgeCode, by, copies: 2, paper: '科研诚信承诺书（项目主管部门）' });
  expect(receipt).toContain('收下：2份已收齐');
  await look(desk, 'jiangsu-desk-pledge');
  await expect(desk.getByRole('row').filter({ hasText: '2／2' })).toHaveCount(2);
}

/** Electronic seals take the place of paper. */
async function bringNothing({ seat, roundId }: Journey): Promise<void> {
  await noPaper(await seat('serviceCentre'), roundId, 'neimenggu-desk');
}

/** Five copies, which the department seals and brings; the organisation's own way to the desk is refused (四（一）、四（二）). */
async function bringFiveThroughTheDepartment({ seat, roundId, application }: Journey): Promise<void> {
  const desk = await seat('serviceCentre');
  await lookAtDesk(desk, roundId, 'shanxi-desk');
  const [code = ''] = codesOf(application);
  const sent = await bring(desk, { code, by: '申报单位', copies: 5, refused: true });
  expect(sent).toContain('须先交组织推荐部门签章');
  await look(desk, 'shanxi-desk-refused');
  const receipt = await bring(desk, { code, by: '组织推荐部门', copies: 5 });
  expect(receipt).toContain('收下：5份已收齐');
  await look(desk, 'shanxi-desk-received');
  await expect(desk.getByRole('row').filter({ hasText: '5／5' })).toHaveCount(1);
}

/** Two copies within five working days of a day that the officer registers (二4). */
async function bringTwoAfterTheReview({ seat, roundId, application }: Journey): Promise<void> {
  const officer = await seat('programmeOfficer');
  await officer.goto(`/app/papers/${roundId}`);
  await officer.getByRole('button', { name: '登记实施方案论证通过日期' }).click();
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
  await officer
    .getByRole('dialog')
    .getByLabel(/^实施方案论证通过日期/)
    .fill(today);
  await accessible(officer);
  await look(officer, 'xinjiang-feasibility');
  await officer
    .getByRole('dialog')
    .getByRole('button', { name: /^登\s*记$/ })
    .click();
  await expect(officer.getByRole('button', { name: /^改实施方案论证通过日期/ })).toBeVisible();

  const desk = await seat('serviceCentre');
  await lookAtDesk(desk, roundId, 'xinjiang-desk');
  const [code = ''] = codesOf(application);
  const receipt = await bring(desk, { code, by: '申报单位', copies: 2 });
  expect(receipt).toContain('收下：2份已收齐');
  await look(desk, 'xinjiang-desk-received');
  await expect(desk.getByRole('row').filter({ hasText: '2／2' })).toHaveCount(1);
}

const codeUnder = (list: Buffer): string => /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(textOf(list))?.[0] ?? '';

async function review(page: Page, name: string): Promise<void> {
  const items = page.locator('[data-item]');
  await expect(items.first().or(page.getByText('没有要逐项判断的要点'))).toBeVisible();
  await accessible(page);
  for (const item of await items.all()) {
    await item.getByRole('radio', { name: '是', exact: true }).check();
    await expect(item.getByText(/判断$/)).toBeVisible();
  }
  await look(page, `${name}-reviewed`);
}

async function take(page: Page, step: string): Promise<void> {
  // A blank is set between the two characters of a short label.
  const name = new RegExp(`^${[...step].join('\\s*')}$`);
  await page.getByRole('button', { name }).click();
  await page.getByRole('dialog').getByRole('button', { name }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

async function placeSeals(page: Page, id: string): Promise<void> {
  await page.goto(`/app/organisation/applications/${id}/seal`);
  await expect(page.getByRole('img', { name: /盖章以后的样子/ }).first()).toBeVisible();
  await accessible(page);
  await page.locator('[data-go="place-seals"]').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^盖\s*章$/ })
    .click();
  await expect(page.getByText('印章已经盖齐')).toBeVisible({ timeout: 60_000 });
  await look(page, 'neimenggu-sealed');
}

async function exportList(page: Page, { name, decides = [] }: Call): Promise<void> {
  for (const [at, answer] of decides.entries()) await page.locator('.kd-decide input').nth(at).fill(answer);
  if (decides.length > 0) await expect(page.getByText('已审定', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^导出/ }).click();
  const dialog = page.getByRole('dialog');
  if (decides.length > 0) {
    await dialog.getByLabel('项目主管部门联系人').fill('郑一川');
    await dialog.getByLabel('联系电话').fill('025-55550102');
  }
  await look(page, `${name}-export`);
  await dialog.getByRole('button', { name: /导\s*出/ }).click();
  await expect(dialog).toBeHidden();
}

async function upload(page: Page, title: string, buffer: Buffer): Promise<void> {
  const name = `${title}扫描.pdf`;
  await page
    .getByLabel(`选择文件：${title}`, { exact: false })
    .setInputFiles({ name, mimeType: 'application/pdf', buffer });
  await expect(page.getByText(name)).toBeVisible({ timeout: 30_000 });
}
