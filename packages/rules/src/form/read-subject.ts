import type { CompiledCall, MaterialDefinition } from '../call.ts';
import { parseDate } from '../calendar/dates.ts';
import { dateOfInstant, parseInstant } from '../calendar/instants.ts';
import {
  FACT_LISTS,
  factList,
  type FactList,
  type FactListDefinition,
  type FactRow,
  type Facts,
  type FactSource,
} from '../facts.ts';
import type { MaterialFile, Materials, Subject } from '../subject.ts';
import { readApplication, readCells } from './read-application.ts';
import { isObject, kindOf, MAX_ROWS, Problems, short, type ReadProblem } from './read-value.ts';

export type ReadSubject = { subject: Subject; problems: ReadProblem[] };

/**
 * A whole document `{ application, materials, facts, at }` from parsed JSON; `at` is an instant, or instant and date. Never
 * throws. Paths begin with the part: `application.budget.total`.
 */
export function readSubject(call: CompiledCall, json: unknown): ReadSubject {
  const problems = new Problems();
  const empty: Subject = { application: {}, materials: {}, facts: {}, at: { instant: '', date: '' } };
  if (!isObject(json)) {
    problems.add('', `文件应为对象（{ "application": … }），写的是${kindOf(json)}`);
    return { subject: empty, problems: problems.list };
  }
  for (const key of Object.keys(json)) {
    if (!['application', 'materials', 'facts', 'at'].includes(key)) {
      problems.add(short(key), '只能有 application、materials、facts、at 四部分');
    }
  }
  const read = readApplication(call.form, json.application ?? {});
  for (const { path, message } of read.problems)
    problems.add(path === '' ? 'application' : `application.${path}`, message);
  const subject: Subject = {
    application: read.application,
    materials: readMaterials(call.materials, json.materials ?? {}, problems),
    facts: readFactsInto(json.facts ?? {}, problems),
    at: readMoment(json.at, problems),
  };
  return { subject, problems: problems.list };
}

/** Facts alone, from parsed JSON. */
export function readFacts(json: unknown): { facts: Facts; problems: ReadProblem[] } {
  const problems = new Problems();
  return { facts: readFactsInto(json, problems), problems: problems.list };
}

function readMoment(json: unknown, problems: Problems): Subject['at'] {
  const { instant, date } = isObject(json) ? json : { instant: json, date: undefined };
  const parsed = typeof instant === 'string' ? parseInstant(instant) : undefined;
  if (parsed === undefined) problems.add('at', '应为时刻，例如 2025-11-20T10:00:00+08:00');
  if (date !== undefined && (typeof date !== 'string' || parseDate(date) === undefined))
    problems.add('at.date', '应为日期，例如 2025-11-20');
  return {
    instant: typeof instant === 'string' ? instant : '',
    date: typeof date === 'string' ? date : parsed === undefined ? '' : dateOfInstant(parsed),
  };
}

function readMaterials(definitions: readonly MaterialDefinition[], json: unknown, problems: Problems): Materials {
  const materials: Materials = {};
  if (!isObject(json)) {
    problems.add('materials', `应为对象（{ 材料: [文件] }），写的是${kindOf(json)}`);
    return materials;
  }
  const known = new Map(definitions.map((material) => [material.key, material]));
  for (const key of Object.keys(json)) {
    const material = known.get(key);
    const files = json[key];
    if (!material) problems.add(`materials.${short(key)}`, '材料清单里没有这一种');
    else if (!Array.isArray(files) || files.length > MAX_ROWS)
      problems.add(`materials.${key}`, `应为文件的列表，写的是${kindOf(files)}`);
    else
      materials[key] = files.flatMap((file, at) => readFile(material, file, `materials.${key}[${at + 1}]`, problems));
  }
  return materials;
}

function readFile(material: MaterialDefinition, json: unknown, path: string, problems: Problems): MaterialFile[] {
  if (!isObject(json)) {
    problems.add(path, `一个文件应为对象（{ … }），写的是${kindOf(json)}`);
    return [];
  }
  const { id, row, fileName, bytes } = json;
  const place = typeof id === 'string' ? path.replace(/\[\d+\]$/, `[${short(id)}]`) : path;
  if (typeof fileName !== 'string' || fileName.length > 300 || !fileName.isWellFormed()) {
    problems.add(`${place}.fileName`, '应为文件名，最多300字');
    return [];
  }
  if (!Number.isSafeInteger(bytes) || (bytes as number) < 0) {
    problems.add(`${place}.bytes`, '应为文件大小（字节数）');
    return [];
  }
  for (const [key, value] of Object.entries({ id, row })) {
    if (value !== undefined && (typeof value !== 'string' || value.length > 100))
      problems.add(`${place}.${key}`, '应为编号');
  }
  const facts = readCells(material.facts, json, place, problems, ['id', 'row', 'fileName', 'bytes']);
  return [
    {
      ...facts,
      ...(typeof id === 'string' && { id }),
      ...(typeof row === 'string' && { row }),
      fileName,
      bytes: bytes as number,
    },
  ];
}

function readFactsInto(json: unknown, problems: Problems): Facts {
  const facts: Facts = {};
  if (!isObject(json)) {
    problems.add('facts', `应为对象，写的是${kindOf(json)}`);
    return facts;
  }
  for (const key of Object.keys(json)) {
    const value = json[key];
    const definition = factList(key);
    if (key === 'sources') facts.sources = readSources(value, problems);
    else if (!definition) problems.add(`facts.${short(key)}`, '没有这一种登记信息');
    else if (!Array.isArray(value) || value.length > MAX_ROWS)
      problems.add(`facts.${key}`, `应为列表，写的是${kindOf(value)}`);
    else
      facts[key as FactList] = value.flatMap((row, at) =>
        readFactRow(definition, row, `facts.${key}[${at + 1}]`, problems),
      );
  }
  return facts;
}

function readSources(json: unknown, problems: Problems): NonNullable<Facts['sources']> {
  const sources: NonNullable<Facts['sources']> = {};
  if (!isObject(json)) {
    problems.add('facts.sources', `应为对象，写的是${kindOf(json)}`);
    return sources;
  }
  for (const key of Object.keys(json)) {
    const value = json[key];
    const path = `facts.sources.${short(key)}`;
    if (!Object.hasOwn(FACT_LISTS, key)) problems.add(path, '没有这一种登记信息');
    else if (!isSource(value)) problems.add(path, '应写 { status: "ok" 或 "down", asOf: 日期, name: 名称 }');
    else sources[key as FactList] = value;
  }
  return sources;
}

const isSource = (value: unknown): value is FactSource =>
  isObject(value) &&
  (value.status === 'ok' || value.status === 'down') &&
  typeof value.asOf === 'string' &&
  typeof value.name === 'string';

function readFactRow(definition: FactListDefinition, json: unknown, path: string, problems: Problems): FactRow[] {
  if (!isObject(json)) {
    problems.add(path, `一条记录应为对象，写的是${kindOf(json)}`);
    return [];
  }
  const row: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(json)) {
    const column = Object.hasOwn(definition.columns, key) ? definition.columns[key] : undefined;
    if (!column) problems.add(`${path}.${short(key)}`, '没有这一项');
    else if (value === null || value === undefined) continue;
    else if (!fits(column.type, value))
      problems.add(`${path}.${key}`, `“${column.label}”的值不对，写的是${kindOf(value)}`);
    else if (column.options && !Object.hasOwn(column.options, value as string)) {
      problems.add(
        `${path}.${key}`,
        `没有“${short(String(value))}”这个取值，可以写：${Object.keys(column.options).join('、')}`,
      );
    } else row[key] = value as string;
  }
  return [row];
}

function fits(type: string, value: unknown): boolean {
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'integer' || type === 'money') return Number.isSafeInteger(value);
  if (type === 'date') return typeof value === 'string' && parseDate(value) !== undefined;
  return typeof value === 'string' && value.length < 1000 && value.isWellFormed();
}
