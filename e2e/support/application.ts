import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { fillField, type Choices, type Row, type Section, type Value } from './form.ts';
import { look } from './look.ts';
import { paper } from './papers.ts';

const root = path.join(import.meta.dirname, '..', '..');

type Facts = Record<string, string | number | boolean | string[]>;
/** A case that lies beside a call: what is filled in, and which papers with what stands on them. */
type Example = {
  application: Record<string, Record<string, Value>>;
  materials: Record<string, ({ id: string; row?: string; fileName: string; bytes: number } & Facts)[]>;
};

/** The example of a call, as if it were `organisation`'s own: its name stands wherever the example's applicant is named. */
export function exampleOf(call: string, name: string, organisation?: { name: string; uscc: string }): Example {
  const text = readFileSync(path.join(root, 'calls', call, 'examples', `${name}.json`), 'utf8');
  const example = JSON.parse(text) as Example;
  if (!organisation) return example;
  const lead = example.application['lead'] as Record<string, string>;
  const own = text
    .replaceAll(JSON.stringify(lead['name']), JSON.stringify(organisation.name))
    .replaceAll(JSON.stringify(lead['uscc']), JSON.stringify(organisation.uscc));
  return JSON.parse(own) as Example;
}

export type Sections = Record<string, { data: Record<string, Value>; revision: number }>;

export async function readSections(page: Page, applicationId: string): Promise<Sections> {
  const answer = await page.request.get(`/api/applications/${applicationId}`);
  return ((await answer.json()) as { sections: Sections }).sections;
}

/** The form as the API gives it, and what its lists offer. */
async function readForm(page: Page, applicationId: string): Promise<{ sections: Section[]; choices: Choices }> {
  const application = (await (await page.request.get(`/api/applications/${applicationId}`)).json()) as {
    roundId: string;
  };
  const { compiled, reference } = (await (
    await page.request.get(`/api/rounds/${application.roundId}/definition`)
  ).json()) as {
    compiled: { form: { sections: Section[] }; topics: { code: string; title: string }[] };
    reference: {
      countries: { code: string; name: string }[];
      divisions: { code: string; name: string }[];
      titles: { key: string; name: string }[];
    };
  };
  return {
    sections: compiled.form.sections,
    choices: {
      countries: reference.countries.map(({ code, name }) => ({ value: code, label: name })),
      divisions: reference.divisions.map(({ code, name }) => ({ value: code, label: name })),
      titles: reference.titles.map(({ key, name }) => ({ value: key, label: name })),
      topics: compiled.topics.map(({ code, title }) => ({ value: code, label: title })),
    },
  };
}

/** Begins an application under a call, on the example's topic where there are several; the answer is its id. */
export async function beginApplication(page: Page, call: string, example: Example): Promise<string> {
  const { items } = (await (await page.request.get('/api/rounds')).json()) as {
    items: { id: string; callKey: string }[];
  };
  const roundId = items.find(({ callKey }) => callKey === call)?.id ?? '';
  const definition = (await (await page.request.get(`/api/rounds/${roundId}/definition`)).json()) as {
    compiled: { topics: { code: string; title: string }[] };
  };
  await page.goto('/app/calls');
  await page.getByRole('button', { name: '新建申报' }).first().click();
  await page.getByRole('radio', { name: '不涉及' }).check();
  const { topics } = definition.compiled;
  const topic = topics.find(({ code }) => code === example.application['project']?.['topic']);
  if (topics.length > 1 && topic) await page.getByRole('radio', { name: new RegExp(`^${topic.title}`) }).check();
  for (const confirmation of await page.getByRole('main').getByRole('checkbox').all()) await confirmation.check();
  await page.getByRole('button', { name: '开始填写' }).click();
  await expect(page).toHaveURL(/\/applications\/[0-9a-f-]+\/sections\//);
  return /applications\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? '';
}

/**
 * Fills in the whole form: what a file can bring is imported from one, as a person would who has it; what has to be done by hand (the
 * pledges) is done by hand. What the profiles filled in stays. Keeps a picture of each section, named by `as`.
 */
export async function fillApplication(
  page: Page,
  { applicationId, example, as }: { applicationId: string; example: Example; as: string },
): Promise<void> {
  const profiles = await readSections(page, applicationId);
  await importFile(page, applicationId, withProfiles(example, profiles));
  const { sections, choices } = await readForm(page, applicationId);
  const imported = await readSections(page, applicationId);
  for (const section of sections) {
    await page.goto(`/app/applications/${applicationId}/sections/${section.key}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    for (const field of section.fields) {
      const value = example.application[section.key]?.[field.key];
      if (value === undefined || imported[section.key]?.data[field.key] !== undefined) continue;
      await fillField(page, field, value, choices);
    }
    await expect(page.locator('[data-save]').first()).toHaveAttribute('data-save', 'good');
    await look(page, `${as}-${section.key}`);
  }
}

/** The example's answers where the profiles gave none. */
export function withProfiles(
  { application }: Example,
  profiles: Sections,
): { application: Record<string, Record<string, Value>> } {
  const sections = Object.entries(application).map(([key, fields]) => {
    const given = Object.entries(profiles[key]?.data ?? {}).filter(([, value]) => !Array.isArray(value));
    return [key, { ...fields, ...Object.fromEntries(given) }];
  });
  return { application: Object.fromEntries(sections) };
}

async function importFile(page: Page, applicationId: string, document: object): Promise<void> {
  await page.goto(`/app/applications/${applicationId}/bring`);
  await page.getByLabel('申报书文件').setInputFiles({
    name: '申报书.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(document)),
  });
  await page.getByRole('button', { name: /^带入/ }).click();
  await expect(page.getByRole('button', { name: /^带入/ })).toBeHidden();
  await expect(page.locator('[data-save]').first()).toHaveAttribute('data-save', 'good');
}

/** Uploads each paper of the example to its place on the page, and says beside it what stands on it. */
export async function attachPapers(
  page: Page,
  { applicationId, example, as }: { applicationId: string; example: Example; as: string },
): Promise<void> {
  const rowOf = await rowsByExample(page, applicationId, example);
  await page.goto(`/app/applications/${applicationId}/materials`);
  for (const [material, files] of Object.entries(example.materials)) {
    for (const { id: _id, row, fileName, bytes: _bytes, ...facts } of files) {
      const place = row === undefined ? `materials.${material}` : `materials.${material}[${rowOf(row)}]`;
      const slot = page.locator(`[data-slot="${place}"]`);
      await slot
        .locator('input[type=file]')
        .setInputFiles({ name: fileName, mimeType: 'application/pdf', buffer: paper(material) });
      await expect(slot.getByRole('button', { name: `删除 ${fileName}` })).toBeVisible();
      const attachment = await attachmentNamed(page, applicationId, fileName);
      const put = await page.request.patch(`/api/attachments/${attachment}`, {
        data: { facts },
        headers: { 'x-keshen': '1' },
      });
      expect(put.ok(), `${fileName}: ${await put.text()}`).toBe(true);
    }
  }
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await look(page, `${as}-materials`);
}

async function attachmentNamed(page: Page, applicationId: string, fileName: string): Promise<string> {
  const answer = await page.request.get(`/api/applications/${applicationId}/materials`);
  const { attachments } = (await answer.json()) as { attachments: { id: string; fileName: string }[] };
  const found = attachments.findLast((attachment) => attachment.fileName === fileName);
  if (!found) throw new Error(`${fileName} is not among the attachments`);
  return found.id;
}

/** The rows that were typed have ids of their own: the first row of the example's table is the first row of the page's. */
async function rowsByExample(page: Page, applicationId: string, example: Example): Promise<(row: string) => string> {
  const ids = new Map<string, string>();
  const sections = await readSections(page, applicationId);
  for (const [section, fields] of Object.entries(example.application)) {
    for (const [key, value] of Object.entries(fields)) {
      if (!isTable(value)) continue;
      const typed = sections[section]?.data[key] as Row[] | undefined;
      value.forEach(({ id }, at) => ids.set(id, typed?.[at]?.id ?? id));
    }
  }
  return (row) => ids.get(row) ?? row;
}

const isTable = (value: Value): value is Row[] => Array.isArray(value) && typeof value[0] === 'object';
