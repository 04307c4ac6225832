import type { Form, FormField } from '../call.ts';
import type { Application, CellValue, FieldValue, Row } from '../subject.ts';
import {
  isObject,
  kindOf,
  MAX_ROWS,
  Problems,
  readFieldValue,
  short,
  type JsonObject,
  type ReadProblem,
} from './read-value.ts';

export type ReadApplication = { application: Application; problems: ReadProblem[] };

/**
 * An application from parsed JSON: only the form's own sections, fields and columns, each of its type; everything else is
 * left out and named with its path. Never throws, whatever the document holds.
 */
export function readApplication(form: Form, json: unknown): ReadApplication {
  const problems = new Problems();
  const application: Application = {};
  if (!isObject(json)) {
    problems.add('', `申报书应为对象（{ … }），写的是${kindOf(json)}`);
    return { application, problems: problems.list };
  }
  const sections = new Map(form.sections.map((section) => [section.key, section]));
  for (const key of Object.keys(json)) {
    const section = sections.get(key);
    const value = json[key];
    if (!section) problems.add(short(key), '申报书里没有这一部分');
    else if (!isObject(value)) problems.add(key, `应为对象（{ … }），写的是${kindOf(value)}`);
    else application[key] = readSection(section.fields, value, key, problems);
  }
  return { application, problems: problems.list };
}

/** One section alone, as it is saved. */
export function readSection(
  fields: readonly FormField[],
  json: JsonObject,
  path: string,
  problems: Problems,
): Record<string, FieldValue> {
  const known = new Map(fields.map((field) => [field.key, field]));
  const section: Record<string, FieldValue> = {};
  for (const key of Object.keys(json)) {
    const field = known.get(key);
    const value = json[key];
    const place = `${path}.${short(key)}`;
    if (!field) problems.add(place, '申报书里没有这一项');
    else if (value === null || value === undefined) continue;
    else {
      const read =
        field.type === 'table'
          ? readTable(field, value, place, problems)
          : readFieldValue(field, value, place, problems);
      if (read !== undefined) section[key] = read;
    }
  }
  return section;
}

function readTable(field: FormField, json: unknown, path: string, problems: Problems): readonly Row[] | undefined {
  if (!Array.isArray(json)) return problems.add(path, `应为表格（列表），写的是${kindOf(json)}`);
  if (json.length > MAX_ROWS) return problems.add(path, `行数太多：${json.length}行，最多${MAX_ROWS}行`);
  const ids = new Set<string>();
  const rows: Row[] = [];
  for (const [at, value] of json.entries()) {
    const place = `${path}[${at + 1}]`;
    if (!isObject(value)) {
      problems.add(place, `一行应为对象（{ … }），写的是${kindOf(value)}`);
      continue;
    }
    const id = readRowId(value.id, ids, place, problems) ?? freshId(ids, at);
    ids.add(id);
    rows.push({ ...readCells(field.columns ?? [], value, `${path}[${id}]`, problems), id });
  }
  return rows;
}

function readRowId(id: unknown, taken: ReadonlySet<string>, path: string, problems: Problems): string | undefined {
  if (id === undefined) return undefined;
  if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id))
    return problems.add(`${path}.id`, '行的编号应为字母、数字、- 或 _，最多64位');
  return taken.has(id) ? problems.add(`${path}.id`, `行的编号“${id}”重复，已另编`) : id;
}

function freshId(taken: ReadonlySet<string>, at: number): string {
  let number = at + 1;
  while (taken.has(`r${number}`)) number += 1;
  return `r${number}`;
}

/** The cells of a row, or the facts beside a file. */
export function readCells(
  columns: readonly FormField[],
  json: JsonObject,
  path: string,
  problems: Problems,
  also: readonly string[] = ['id'],
): Record<string, CellValue> {
  const known = new Map(columns.map((column) => [column.key, column]));
  const cells: Record<string, CellValue> = {};
  for (const key of Object.keys(json)) {
    const column = known.get(key);
    const value = json[key];
    if (!column) {
      if (!also.includes(key)) problems.add(`${path}.${short(key)}`, '没有这一列');
    } else if (value !== null && value !== undefined) {
      const read = readFieldValue(column, value, `${path}.${key}`, problems);
      if (read !== undefined) cells[key] = read;
    }
  }
  return cells;
}
