import type { CompiledCall, Form, FormField, MaterialDefinition } from '../call.ts';
import { officialDate, type Day } from '../calendar/dates.ts';
import type { Context, RowValue } from '../evaluate/context.ts';
import { isFraction, roundToInteger, type Exact } from '../evaluate/exact.ts';
import type { Value } from '../evaluate/values.ts';
import { factList } from '../facts.ts';
import { formatMoney } from '../money/money.ts';
import { RANKS, type Rank, type ReferenceData } from '../reference.ts';
import type { ListSource, Ratio, ValueType } from '../tree.ts';

export const RANK_NAMES: Record<Rank, string> = {
  none: '无职称',
  junior: '初级职称',
  intermediate: '中级职称',
  associateSenior: '副高级职称',
  senior: '正高级职称',
};

/** How a sentence calls what stands at an address, and how its values are written. */
export type Word = { label: string; name: string; options: (value: string) => string | undefined };

/** One row of a list in a sentence: 合作单位, counted in 家. */
export type ListWord = { noun: string; measure: string; name: (row: RowValue, at: number) => string };

const FILE_LABELS: Record<string, string> = { id: '文件编号', row: '所属行', fileName: '文件名', bytes: '文件大小' };

type Sources = {
  call: CompiledCall;
  form: Form;
  materials: readonly MaterialDefinition[];
  reference: ReferenceData;
};

const NO_OPTIONS = (): undefined => undefined;

/** Names of everything that a rule can speak of. */
export class Vocabulary {
  readonly #words = new Map<string, Word>();
  readonly #tables = new Map<string, FormField>();
  readonly #materials = new Map<string, MaterialDefinition>();
  readonly #sources: Sources;
  readonly #lookups: Record<'countries' | 'divisions' | 'titles' | 'topics', ReadonlyMap<string, string>>;

  constructor(sources: Sources) {
    this.#sources = sources;
    const { call, reference } = sources;
    this.#lookups = {
      countries: new Map(reference.countries.map(({ code, name }) => [code, name])),
      divisions: new Map(reference.divisions.map(({ code, name }) => [code, name])),
      titles: new Map(reference.titles.map(({ key, name }) => [key, name])),
      topics: new Map(call.topics.map(({ code, title }) => [code, title])),
    };
    for (const field of sources.form.sections.flatMap((section) => section.fields)) this.#learn(field);
    for (const material of sources.materials) {
      this.#materials.set(material.key, material);
      for (const fact of material.facts) this.#learn(fact);
    }
  }

  #learn(field: FormField): void {
    this.#words.set(field.path, { label: field.label, name: field.name, options: this.#optionsOf(field) });
    if (field.type !== 'table') return;
    this.#tables.set(field.path, field);
    for (const column of field.columns ?? []) this.#learn(column);
  }

  #optionsOf(field: FormField): Word['options'] {
    if (field.options) {
      const labels = new Map(field.options.map(({ value, label }) => [value, label]));
      return (value) => labels.get(value);
    }
    if (field.type === 'country') return (value) => this.#lookups.countries.get(value);
    if (field.type === 'division') return (value) => this.#lookups.divisions.get(value);
    const from = field.optionsFrom;
    return from && from !== 'partners' ? (value) => this.#lookups[from].get(value) : NO_OPTIONS;
  }

  word(address: string): Word {
    const known = this.#words.get(address) ?? this.#otherWord(address);
    this.#words.set(address, known);
    return known;
  }

  #otherWord(address: string): Word {
    const [root = '', list = '', column = ''] = address.split('.');
    if (root === 'facts') {
      const found = factList(list)?.columns[column];
      const label = found?.label ?? column;
      const options = found?.options;
      if (column === 'division') return { label, name: label, options: (value) => this.#lookups.divisions.get(value) };
      return { label, name: label, options: (value) => options?.[value] };
    }
    if (root === 'param') {
      const label = this.#sources.call.parameters.find(({ key }) => key === list)?.label ?? list;
      return { label, name: label, options: NO_OPTIONS };
    }
    const label = root === 'materials' ? (FILE_LABELS[column] ?? column) : address;
    return { label, name: label, options: NO_OPTIONS };
  }

  list(source: ListSource): ListWord {
    if (source.from === 'facts') {
      const definition = factList(source.path);
      const shows = definition?.shows ?? [];
      return {
        noun: definition?.noun ?? '记录',
        measure: definition?.measure ?? '条',
        name: (row) => this.#factName(source.path, shows, row),
      };
    }
    if (source.from === 'items') {
      return { noun: source.noun, measure: '项', name: (row) => String(row.label ?? row.id ?? '') };
    }
    if (source.from === 'materials') {
      const noun = this.#materials.get(source.path)?.title ?? '材料';
      return { noun, measure: '份', name: (row, at) => quoted(row.fileName) ?? `第${at + 1}份` };
    }
    const table = this.#tables.get(source.path);
    const noun = table?.rowNoun ?? table?.label ?? '行';
    const naming = table?.rowName ?? table?.columns?.find(({ type }) => type === 'text')?.key;
    return {
      noun,
      measure: table?.rowMeasure ?? '项',
      name: (row, at) => (naming && quoted(row[naming])) || `第${at + 1}行`,
    };
  }

  #factName(list: string, shows: readonly string[], row: RowValue): string {
    const parts = shows
      .map((column) => this.#factCell(list, column, row[column]))
      .filter((part) => part !== undefined && part !== '');
    const [first, ...rest] = parts;
    return first === undefined ? '（未登记名称）' : rest.length > 0 ? `${first}（${rest.join('，')}）` : first;
  }

  #factCell(list: string, column: string, value: unknown): string | undefined {
    if (typeof value !== 'string') return undefined;
    const definition = factList(list)?.columns[column];
    if (column === 'title') return `《${value}》`;
    if (definition?.type === 'date') return `${definition.label}${showIsoDate(value)}`;
    return definition?.options?.[value] ?? value;
  }

  /** A value as an official would write it in a sentence; money finer than one 分 is rounded up. */
  show(value: Value, type: ValueType, address: string | undefined, context?: Context): string {
    if (value === undefined) return '未填';
    if (typeof value === 'boolean') return value ? '是' : '否';
    if (Array.isArray(value)) {
      return value.length === 0
        ? '无'
        : value.map((member) => this.option(String(member), address, context)).join('、');
    }
    if (typeof value === 'string') return this.option(value, address, context);
    if (address?.endsWith('.bytes') && typeof value === 'number') return `${value.toLocaleString('en')}字节`;
    return this.#showNumber(value as Exact, type);
  }

  division(code: string): string {
    return this.#lookups.divisions.get(code) ?? code;
  }

  option(value: string, address: string | undefined, context?: Context): string {
    const label = address === undefined ? undefined : this.word(address).options(value);
    if (label !== undefined) return label;
    const rank = RANKS.find((known) => known === value);
    if (rank) return RANK_NAMES[rank];
    return this.#partner(value, context) ?? value;
  }

  /** Where an option is a row of the application's own table, the row's name. */
  #partner(value: string, context: Context | undefined): string | undefined {
    const rows = context?.application.partners?.list;
    if (!Array.isArray(rows)) return undefined;
    const row = (rows as readonly RowValue[]).find((candidate) => candidate?.id === value);
    return typeof row?.name === 'string' ? row.name : undefined;
  }

  #showNumber(value: Exact, type: ValueType): string {
    if (type === 'money') return formatMoney(roundToInteger(value, 'up'));
    if (type === 'date') return officialDate(value as Day);
    if (isFraction(value)) return `${value.n}/${value.d}`;
    return String(value);
  }
}

function quoted(value: unknown): string | undefined {
  if (typeof value === 'number') return `“${value}”`;
  return typeof value === 'string' && value.trim() !== '' ? `“${value.trim()}”` : undefined;
}

function showIsoDate(text: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match ? `${Number(match[1])}年${Number(match[2])}月${Number(match[3])}日` : text;
}

const THIRDS: Record<string, string> = { '1/2': '一半', '1/3': '三分之一', '2/3': '三分之二', '1/4': '四分之一' };

/** 70%, 三分之一, 2倍 */
export function showRatio({ n, d }: Ratio): string {
  if (d === 1) return `${n}倍`;
  const named = THIRDS[`${n}/${d}`];
  if (named !== undefined && named !== '一半') return named;
  const percent = (n * 100) / d;
  return Number.isInteger(percent * 100) ? `${percent}%` : `${n}/${d}`;
}
