import { parseDate } from '../calendar/dates.ts';
import { factList, type FactList, type Facts } from '../facts.ts';
import type { Ratio, ValueType } from '../tree.ts';
import type { Context, RowValue } from './context.ts';
import { fromRatio, isFraction, type Exact } from './exact.ts';

/** What a term yields: undefined is unknown (a missing answer, a source that is down), in every type. */
export type Value = boolean | string | Exact | readonly string[] | readonly number[] | undefined;
export type Run = (context: Context) => Value;
export type Test = (context: Context) => boolean | undefined;

/** A register's rows; undefined when the list is absent or its source is down. */
export function factRows(facts: Facts, key: FactList): readonly RowValue[] | undefined {
  const rows = factList(key) && facts[key];
  return Array.isArray(rows) && facts.sources?.[key]?.status !== 'down' ? (rows as readonly RowValue[]) : undefined;
}

const isBlank = (text: string): boolean => text === '' || (text.charCodeAt(0) <= 32 && text.trim() === '');
const readText = (value: unknown): Value => (typeof value === 'string' && !isBlank(value) ? value : undefined);
const readNumber = (value: unknown): Value => (Number.isSafeInteger(value) ? (value as number) : undefined);

/** A value of the wrong shape is a missing one; the form's own check says what is wrong with it. */
export const READ: Record<ValueType, (value: unknown) => Value> = {
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  money: readNumber,
  integer: readNumber,
  ratio: () => undefined,
  date: (value) => (typeof value === 'string' ? parseDate(value) : undefined),
  text: readText,
  code: readText,
  codes: (value) => (Array.isArray(value) && value.every((member) => typeof member === 'string') ? value : undefined),
};

export function constantValue(type: ValueType, value: unknown): Value {
  if (type === 'date') return parseDate(value as string);
  if (type === 'ratio') return fromRatio(value as Ratio);
  return value as Value;
}

export function sameValue(x: Value, y: Value): boolean {
  if (x === y) return true;
  if (isFraction(x) && isFraction(y)) return x.n === y.n && x.d === y.d;
  return Array.isArray(x) && Array.isArray(y) && x.length === y.length && x.every((member, at) => member === y[at]);
}
