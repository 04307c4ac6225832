import type { Form, FormField, FormSection } from '../../call.ts';
import type { Expr } from '../../tree.ts';
import { walk } from '../../tree.ts';
import type { Checker } from '../expression/checker.ts';
import { parseConstant, WRITTEN_LIKE } from '../expression/literals.ts';
import type { Scope } from '../expression/meaning.ts';
import { isRows, type RowsSymbol } from '../expression/symbols.ts';
import type { FormFile, WrittenField, WrittenSection } from '../files/form-file.ts';
import { suggest } from '../problem.ts';
import { trimmed, type Compilation } from './compilation.ts';
import { VALUE_TYPES } from './form-symbols.ts';

/** Where a field stands: its path, and for a column or a material's fact the row that `it` is. */
export type FieldPlace = { path: string; scope: Scope; rowColumns?: RowsSymbol['columns'] };

export function compileForm(
  compilation: Compilation,
  checker: Checker,
  file: FormFile,
  sections: WrittenSection[],
): Form {
  const compiled: FormSection[] = sections.map((section) =>
    trimmed({
      key: section.key,
      title: section.title,
      help: section.help,
      when: compilation.condition(checker, section.when),
      fields: section.fields.map((field) =>
        compileField(compilation, checker, field, { path: `${section.key}.${field.key}`, scope: [] }),
      ),
    }),
  );
  reportCircles(compilation, sections, compiled);
  return { completeness: { clause: file.completeness.clause }, sections: compiled };
}

export function compileField(
  compilation: Compilation,
  checker: Checker,
  field: WrittenField,
  { path, scope, rowColumns }: FieldPlace,
): FormField {
  const required = compilation.condition(checker, field.required, scope);
  return trimmed({
    key: field.key,
    path,
    label: field.label,
    name: field.name ?? field.label.replace(/^其中[：:]\s*/, ''),
    type: field.type,
    required: required === undefined ? false : required.op === 'const' ? required.value === true : required,
    when: compilation.condition(checker, field.when, scope),
    help: field.help,
    placeholder: field.placeholder,
    unit: field.unit,
    options: field.options?.map(trimmed),
    optionsFrom: field.options
      ? undefined
      : (field.options_from ??
        (field.type === 'country' ? 'countries' : field.type === 'division' ? 'divisions' : undefined)),
    min: limit(compilation, field, 'min'),
    max: limit(compilation, field, 'max'),
    minLength: field.minLength,
    maxLength: field.maxLength,
    pattern: checkedPattern(compilation, field),
    columns: columnsOf(compilation, checker, field, path),
    rowNoun: field.rowNoun,
    rowName: field.rowName,
    rowMeasure: field.rowMeasure,
    clauses: field.clause,
    attests: field.attests,
    agrees: agreement(compilation, checker, field, rowColumns),
    personal: field.personal,
    width: field.width,
  });
}

function columnsOf(
  compilation: Compilation,
  checker: Checker,
  field: WrittenField,
  path: string,
): FormField[] | undefined {
  if (field.type !== 'table') return undefined;
  const [section = '', key = ''] = path.split('.');
  const symbol = checker.symbols.sections.get(section)?.get(key);
  const columns = symbol && isRows(symbol) ? symbol.columns : new Map<string, never>();
  const scope = [{ name: 'it', columns }];
  return field.columns?.map((column) =>
    compileField(compilation, checker, column, { path: `${path}.${column.key}`, scope, rowColumns: columns }),
  );
}

/** Bounds of money are written with their unit, of dates as dates; of tables and everything else as integers. */
function limit(compilation: Compilation, field: WrittenField, key: 'min' | 'max'): number | string | undefined {
  const written = field[key];
  if (written === undefined) return undefined;
  const type = field.type === 'table' || field.type === 'many_of' ? 'integer' : VALUE_TYPES[field.type];
  const value = type === 'money' || type === 'date' || type === 'integer' ? parseConstant(type, written) : undefined;
  if (typeof value === 'number' || typeof value === 'string') return value;
  const hint =
    type === 'money' || type === 'date' || type === 'integer'
      ? `写作 ${WRITTEN_LIKE[type]}`
      : '文字用 minLength、maxLength';
  compilation.report(field, key, `${key} 写得不对`, hint);
  return undefined;
}

function checkedPattern(compilation: Compilation, field: WrittenField): WrittenField['pattern'] {
  if (!field.pattern) return undefined;
  if (isPattern(field.pattern.source)) return field.pattern;
  compilation.report(field, 'pattern', '正则表达式写得不对');
  return undefined;
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u').source !== '';
  } catch {
    return false;
  }
}

/** The birth date and the sex that a number must agree with: columns of the same row, or paths. */
function agreement(
  compilation: Compilation,
  checker: Checker,
  field: WrittenField,
  columns: RowsSymbol['columns'] | undefined,
): FormField['agrees'] {
  if (!field.agrees) return undefined;
  const known = columns
    ? [...columns.keys()]
    : [...checker.symbols.sections].flatMap(([section, fields]) =>
        [...fields.keys()].map((key) => `${section}.${key}`),
      );
  for (const target of [field.agrees.birth, field.agrees.sex]) {
    if (target !== undefined && !known.includes(target)) {
      compilation.report(field, 'agrees', `没有“${target}”`, suggest(target, known));
    }
  }
  return trimmed({ birth: field.agrees.birth, sex: field.agrees.sex });
}

/** Whether a field is shown may not depend on itself, directly or by way of others. */
function reportCircles(compilation: Compilation, written: WrittenSection[], sections: FormSection[]): void {
  const depends = new Map<string, Set<string>>();
  for (const section of sections) {
    for (const field of section.fields) {
      depends.set(field.path, pathsIn([section.when, field.when]));
      for (const column of field.columns ?? []) depends.set(column.path, pathsIn([column.when]));
    }
  }
  const reaches = (from: string, target: string, seen: Set<string>): boolean =>
    [...(depends.get(from) ?? [])].some((next) => {
      if (next === target) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, target, seen);
    });
  for (const path of depends.keys()) {
    if (!reaches(path, path, new Set())) continue;
    const [sectionKey, fieldKey, columnKey] = path.split('.');
    const section = written.find(({ key }) => key === sectionKey);
    const field = section?.fields.find(({ key }) => key === fieldKey);
    const place = field?.columns?.find(({ key }) => key === columnKey) ?? field ?? section;
    if (place) compilation.report(place, 'when', `“${path}”是否显示取决于它自己，成了循环`);
  }
}

export function pathsIn(trees: readonly (Expr | undefined)[]): Set<string> {
  const paths = new Set<string>();
  for (const tree of trees) {
    if (!tree) continue;
    walk(tree, (node) => {
      if (node.op === 'field') paths.add(node.path);
      if (node.op === 'cell') paths.add(node.address);
      if ('list' in node && node.list.from === 'table') paths.add(node.list.path);
    });
  }
  return paths;
}
