import { expect, type Locator, type Page } from '@playwright/test';

/** What the journey needs of the form's definition, as the API gives it. */
export type Field = {
  key: string;
  path: string;
  type: string;
  label: string;
  options?: { value: string; label: string }[];
  optionsFrom?: string;
  columns?: Field[];
  rowNoun?: string;
};
export type Section = { key: string; title: string; fields: Field[] };
export type Value = string | number | boolean | string[] | Row[];
export type Row = { id: string } & Record<string, string | number | boolean | string[]>;
export type Choices = Record<string, { value: string; label: string }[]>;

/** Fills one field as a person does: by typing, ticking, choosing. A field that is not shown is left alone. */
export async function fillField(page: Page, field: Field, value: Value, choices: Choices): Promise<void> {
  if (field.type === 'table') return fillTable(page, field, value as Row[], choices);
  return fillInput(page, field, field.path, value, choices);
}

export const frameOf = (page: Page, path: string): Locator => page.locator(`[data-path="${path}"]`);
/** Ids carry dots and brackets, so they are matched as attributes. */
export const inputOf = (page: Page, path: string): Locator => page.locator(`[id="f-${path}"]`);

async function fillTable(page: Page, field: Field, rows: Row[], choices: Choices): Promise<void> {
  for (const row of rows) {
    await frameOf(page, field.path)
      .getByRole('button', { name: `添加${field.rowNoun ?? '行'}` })
      .click();
    const sheet = page.getByRole('dialog');
    await expect(sheet).toBeVisible();
    const first = await sheet.locator('[data-path]').first().getAttribute('data-path');
    const place = first?.slice(0, first.lastIndexOf(']') + 1) ?? '';
    for (const column of field.columns ?? []) {
      const cell = row[column.key];
      if (cell !== undefined) await fillInput(page, column, `${place}.${column.key}`, cell, choices);
    }
    await sheet.getByRole('button', { name: /完\s*成/ }).click();
    await expect(sheet).toBeHidden();
  }
}

const tenThousands = (fen: number): string => (fen / 1_000_000).toFixed(6).replace(/\.?0+$/, '');

async function fillInput(page: Page, field: Field, path: string, value: Value, choices: Choices): Promise<void> {
  const frame = frameOf(page, path);
  if ((await frame.count()) === 0) return;
  const input = inputOf(page, path);
  switch (field.type) {
    case 'money':
      return input.fill(tenThousands(value as number));
    case 'integer':
      return input.fill(String(value));
    case 'boolean':
      return frame.getByText(value ? '是' : '否', { exact: true }).click();
    case 'attest':
      return frame.getByRole('checkbox').check();
    case 'many_of':
    case 'one_of':
    case 'country':
    case 'division':
      for (const code of [value].flat() as string[]) await choose(page, field, frame, input, code, choices);
      return;
    default:
      return input.fill(String(value));
  }
}

async function choose(
  page: Page,
  field: Field,
  frame: Locator,
  input: Locator,
  code: string,
  choices: Choices,
): Promise<void> {
  const options = field.options ?? choices[field.optionsFrom ?? ''] ?? [];
  const label = options.find(({ value }) => value === code)?.label;
  if (label === undefined) throw new Error(`${field.path} has no option ${code}`);
  const tick = frame.getByRole(field.type === 'many_of' ? 'checkbox' : 'radio', { name: label, exact: true });
  if ((await tick.count()) > 0) return tick.check();
  // The list opens with a movement and is drawn anew while it is searched: a person would look again, too.
  await expect(async () => {
    await input.click({ timeout: 2000 });
    await input.fill(label, { timeout: 2000 });
    const option = page.locator('.ant-select-dropdown:visible').getByText(label, { exact: true }).first();
    await option.click({ timeout: 2000 });
    await expect(frame.getByText(label, { exact: true }).filter({ visible: true }).first()).toBeVisible({
      timeout: 2000,
    });
  }).toPass({ timeout: 20_000 });
}
