import { suggest } from '../problem.ts';
import {
  standardFormFile,
  type FormFile,
  type WrittenChange,
  type WrittenField,
  type WrittenSection,
} from '../files/form-file.ts';
import type { Compilation } from './compilation.ts';

/** The sections of a form: the standard ones as this call changes them, and its own. */
export function mergeForm(
  compilation: Compilation,
  file: FormFile,
  standardForms: Readonly<Record<string, string>>,
): WrittenSection[] {
  const sections = [...standardSections(compilation, file, standardForms), ...(file.sections ?? [])];
  const merge = new Merge(compilation, sections);
  for (const [path, attributes] of Object.entries(file.change ?? {})) merge.change(file.change ?? {}, path, attributes);
  for (const [at, path] of (file.drop ?? []).entries()) merge.drop(file.drop ?? [], at, path);
  for (const [path, fields] of Object.entries(file.add ?? {})) merge.add(file.add ?? {}, path, fields);
  return merge.ordered(file.order ?? []);
}

function standardSections(
  compilation: Compilation,
  file: FormFile,
  standardForms: Readonly<Record<string, string>>,
): WrittenSection[] {
  if (file.extends === undefined) return [];
  const text = Object.hasOwn(standardForms, file.extends) ? standardForms[file.extends] : undefined;
  if (text === undefined) {
    const known = Object.keys(standardForms);
    compilation.report(file, 'extends', `没有通用申报书“${file.extends}”`, suggest(file.extends, known));
    return [];
  }
  return compilation.read(`reference/forms/${file.extends}.yaml`, text, standardFormFile)?.sections ?? [];
}

class Merge {
  readonly #compilation: Compilation;
  #sections: WrittenSection[];

  constructor(compilation: Compilation, sections: WrittenSection[]) {
    this.#compilation = compilation;
    this.#sections = sections;
  }

  #paths(): string[] {
    return this.#sections.flatMap((section) => [
      section.key,
      ...section.fields.flatMap((field) => [
        `${section.key}.${field.key}`,
        ...(field.columns ?? []).map((column) => `${section.key}.${field.key}.${column.key}`),
      ]),
    ]);
  }

  /** Replaces the section, field or column at a path by what `edit` makes of it; nothing made: it is dropped. */
  #edit(
    path: string,
    edit: { section?: (s: WrittenSection) => WrittenSection[]; field?: (f: WrittenField) => WrittenField[] },
  ): boolean {
    const [sectionKey, fieldKey, columnKey] = path.split('.');
    let found = false;
    const editField = (field: WrittenField): WrittenField[] => {
      if (!edit.field) return [field];
      found = true;
      return edit.field(field);
    };
    const inFields = (fields: WrittenField[]): WrittenField[] =>
      fields.flatMap((field) => {
        if (field.key !== fieldKey) return [field];
        if (columnKey === undefined) return editField(field);
        if (!field.columns) return [field];
        const columns = field.columns.flatMap((column) => (column.key === columnKey ? editField(column) : [column]));
        return [this.#compilation.inherit({ ...field, columns }, field)];
      });
    this.#sections = this.#sections.flatMap((section) => {
      if (section.key !== sectionKey) return [section];
      if (fieldKey === undefined) {
        if (!edit.section) return [section];
        found = true;
        return edit.section(section);
      }
      return [this.#compilation.inherit({ ...section, fields: inFields(section.fields) }, section)];
    });
    return found;
  }

  #missing(object: object, key: string | number, path: string): void {
    this.#compilation.report(object, key, `申报书里没有“${path}”`, suggest(path, this.#paths()));
  }

  change(changes: object, path: string, attributes: WrittenChange): void {
    const { title, ...rest } = attributes;
    const ofSection = { ...(title !== undefined && { title }), ...pick(rest, ['help', 'when']) };
    const found = this.#edit(path, {
      section: (section) => [this.#compilation.inherit({ ...section, ...ofSection }, section, attributes)],
      field: (field) => [this.#compilation.inherit({ ...field, ...rest }, field, attributes)],
    });
    if (!found) this.#missing(changes, path, path);
  }

  drop(drops: string[], at: number, path: string): void {
    if (!this.#edit(path, { section: () => [], field: () => [] })) this.#missing(drops, at, path);
  }

  /** To a section fields, to a table columns. */
  add(additions: object, path: string, fields: WrittenField[]): void {
    const found = this.#edit(path, {
      section: (section) => [
        this.#compilation.inherit({ ...section, fields: [...section.fields, ...fields] }, section),
      ],
      field: (field) => [
        this.#compilation.inherit({ ...field, columns: [...(field.columns ?? []), ...fields] }, field),
      ],
    });
    if (!found) this.#missing(additions, path, path);
  }

  ordered(order: string[]): WrittenSection[] {
    for (const [at, key] of order.entries()) {
      if (!this.#sections.some((section) => section.key === key)) this.#missing(order, at, key);
    }
    const rank = (section: WrittenSection): number => {
      const at = order.indexOf(section.key);
      return at < 0 ? order.length : at;
    };
    return [...this.#sections].sort((a, b) => rank(a) - rank(b));
  }
}

function pick<T extends object, K extends keyof T>(value: T, keys: readonly K[]): Partial<Pick<T, K>> {
  return Object.fromEntries(keys.filter((key) => key in value).map((key) => [key, value[key]])) as Partial<Pick<T, K>>;
}
