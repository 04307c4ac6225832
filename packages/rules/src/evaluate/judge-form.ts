import type { FormField } from '../call.ts';
import { officialDate, parseDate } from '../calendar/dates.ts';
import { accordingTo, sentences } from '../explain/sentences.ts';
import { checkValue, type ValueWorld } from '../form/check-value.ts';
import { isAsked, isShown } from '../form/visibility.ts';
import { birthOfResidentId, checkResidentId, sexOfResidentId } from '../identifiers/resident-id.ts';
import type { Verdict } from '../verdict.ts';
import { EMPTY_ROW, type Context, type RowValue } from './context.ts';
import type { LinkedCall } from './link.ts';

/** Where an answer stands: its path, what a sentence calls it, and the row it is in. */
type Place = { path: string; name: string; row?: RowValue };

/** What is still missing in the form, and what is ill-formed. What is in order says nothing. */
export function judgeForm(linked: LinkedCall, context: Context): Verdict[] {
  const judge = new FormJudge(linked, context);
  for (const section of linked.form.sections) {
    if (!isShown(linked, section, context)) continue;
    for (const field of section.fields) {
      if (!isShown(linked, field, context)) continue;
      judge.field(field, context.application[section.key]?.[field.key], { path: field.path, name: field.name });
    }
  }
  for (const material of linked.materials) {
    const files = context.materials[material.key];
    if (!Array.isArray(files) || material.facts.length === 0) continue;
    for (const [at, file] of (files as readonly RowValue[]).entries()) {
      const row = file ?? EMPTY_ROW;
      judge.row(material.facts, row, `materials.${material.key}[${String(row.id ?? at + 1)}]`, material.title);
    }
  }
  return judge.verdicts;
}

export const isMissing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

class FormJudge {
  readonly verdicts: Verdict[] = [];
  readonly #linked: LinkedCall;
  readonly #context: Context;
  readonly #world: ValueWorld;

  constructor(linked: LinkedCall, context: Context) {
    this.#linked = linked;
    this.#context = context;
    const partners = context.application.partners?.list;
    this.#world = { instant: context.instant, partners: Array.isArray(partners) ? (partners as RowValue[]) : [] };
  }

  field(field: FormField, value: unknown, place: Place): void {
    const asked = isAsked(this.#linked, field, this.#context, place.row);
    if (field.type === 'table') {
      this.#table(field, value, place, asked);
      return;
    }
    if (isMissing(value) || (field.type === 'attest' && value !== true && asked)) {
      if (asked) this.#required(field, place);
      return;
    }
    const problem = checkValue(field, value, this.#linked, this.#world) ?? this.#disagreement(field, value, place);
    if (problem !== undefined) this.#invalid(field, place, problem);
  }

  /** The cells of a row, or the facts beside a file. */
  row(columns: readonly FormField[], row: RowValue, path: string, name: string): void {
    for (const column of columns) {
      if (!isShown(this.#linked, column, this.#context, row)) continue;
      this.field(column, row[column.key], { path: `${path}.${column.key}`, name: `${name}的${column.label}`, row });
    }
  }

  #table(field: FormField, value: unknown, place: Place, asked: boolean): void {
    if (value === undefined || value === null) {
      if (asked) this.#required(field, place);
      return;
    }
    if (!Array.isArray(value)) {
      this.#invalid(field, place, '应为表格');
      return;
    }
    const rows = value as readonly RowValue[];
    const min = typeof field.min === 'number' ? field.min : 0;
    const noun = field.rowNoun ?? '行';
    if (rows.length === 0 && asked && min > 0) this.#required(field, place, `至少填${min}${field.rowMeasure ?? '项'}`);
    else if (rows.length > 0 && rows.length < min) {
      this.#invalid(
        field,
        place,
        `至少填${min}${field.rowMeasure ?? '项'}，现有${rows.length}${field.rowMeasure ?? '项'}`,
      );
    }
    if (typeof field.max === 'number' && rows.length > field.max) {
      this.#invalid(
        field,
        place,
        `最多填${field.max}${field.rowMeasure ?? '项'}，现有${rows.length}${field.rowMeasure ?? '项'}`,
      );
    }
    const { name } = this.#linked.vocabulary.list({ from: 'table', path: field.path });
    for (const [at, each] of rows.entries()) {
      const row = each ?? EMPTY_ROW;
      this.row(field.columns ?? [], row, `${field.path}[${String(row.id ?? at + 1)}]`, `${noun}${name(row, at)}`);
    }
  }

  /** The birth date and the sex stand in the number as well. */
  #disagreement(field: FormField, value: unknown, place: Place): string | undefined {
    if (!field.agrees || typeof value !== 'string' || !checkResidentId(value).valid) return undefined;
    const other = (path: string | undefined): unknown => {
      if (path === undefined) return undefined;
      if (place.row) return place.row[path];
      const [section = '', key = ''] = path.split('.');
      return this.#context.application[section]?.[key];
    };
    const birth = other(field.agrees.birth);
    const stated = birthOfResidentId(value);
    if (typeof birth === 'string' && parseDate(birth) !== undefined && birth !== stated) {
      return `号码里的出生日期是${officialDate(parseDate(stated ?? '') ?? 0)}，填的出生日期是${officialDate(parseDate(birth) ?? 0)}，二者不一致`;
    }
    const sex = other(field.agrees.sex);
    if ((sex === 'male' || sex === 'female') && sex !== sexOfResidentId(value)) {
      return `号码表示的性别是${sex === 'male' ? '女' : '男'}，填的性别是${sex === 'male' ? '男' : '女'}，二者不一致`;
    }
    return undefined;
  }

  #clause(field: FormField): Verdict['clause'] {
    const { call, form } = this.#linked;
    const id = field.clauses?.[0] ?? field.attests ?? form.completeness.clause;
    return { id, at: call.clauses.find((clause) => clause.id === id)?.at ?? id };
  }

  #required(field: FormField, place: Place, how?: string): void {
    const clause = this.#clause(field);
    const attest = field.type === 'attest';
    const asks = attest ? `须声明：${field.label}` : `须填写${place.name}${how === undefined ? '' : `，${how}`}`;
    const found = attest ? '还没有勾选' : '还没有填写';
    const remedy = attest ? '请阅读后勾选' : `请填写${place.name}${field.type === 'money' ? '，没有的填 0' : ''}`;
    this.verdicts.push({
      rule: `form:required:${place.path}`,
      title: attest ? field.label : place.name,
      clause,
      outcome: 'unknown',
      severity: 'block',
      fields: [place.path],
      asks,
      found,
      remedy,
      text: sentences(asks, found, accordingTo(clause.at), remedy),
      missing: [{ path: place.path, label: place.name }],
    });
  }

  #invalid(field: FormField, place: Place, problem: string): void {
    const clause = this.#clause(field);
    const remedy = `请改正${place.name}`;
    this.verdicts.push({
      rule: `form:valid:${place.path}`,
      title: place.name,
      clause,
      outcome: 'fail',
      severity: 'block',
      fields: [place.path],
      asks: `${place.name}须填写正确`,
      found: problem,
      remedy,
      text: sentences(`${place.name}：${problem}`, remedy, accordingTo(clause.at)),
    });
  }
}
