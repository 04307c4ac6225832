import type { CompareOperator, Expr, ValueType } from '../tree.ts';

/** A value under a name that can be written again: `setup` assigns it first. */
export type Named = { setup: string; name: string };

/** How a comparison is written between two plain numbers, and what compares anything else. */
export const NUMBER_TESTS: Record<CompareOperator, { sign: string; otherwise: string }> = {
  '>=': { sign: '>=', otherwise: 'ge' },
  '>': { sign: '>', otherwise: 'gt' },
  '<=': { sign: '<=', otherwise: 'le' },
  '<': { sign: '<', otherwise: 'lt' },
  '==': { sign: '===', otherwise: 'eq' },
  '!=': { sign: '!==', otherwise: 'ne' },
};
export const ARITHMETIC = {
  add: { sign: '+', otherwise: 'plus' },
  subtract: { sign: '-', otherwise: 'minus' },
  multiply: { sign: '*', otherwise: 'times' },
} as const;

/** A text as a literal. */
export const text = (value: string): string => JSON.stringify(value);

/** What stands in a row, unread. */
export const rawCell = ({ slot, key }: Extract<Expr, { op: 'cell' }>): string => `r${slot}[${text(key)}]`;

/** A test that both are numbers; literals are, and are not asked. */
export const areNumbers = (...values: readonly Named[]): string =>
  values
    .filter(({ name }) => !/^\(?-?\d/.test(name))
    .map(({ name }) => `typeof ${name}==='number'`)
    .join('&&') || 'true';

/**
 * Code that yields what `READ[type]` makes of a raw value: the common case in place, everything else by the function itself.
 * `raw` is written once; `temp` is a variable that may be overwritten.
 */
export function readCode(type: ValueType, raw: string, temp: string): string {
  switch (type) {
    case 'boolean':
      return `(typeof(${temp}=${raw})==='boolean'?${temp}:undefined)`;
    case 'money':
    case 'integer':
      return `(Number.isSafeInteger(${temp}=${raw})?${temp}:undefined)`;
    case 'text':
    case 'code':
      return `(${temp}=${raw},${isPlainText(temp)}?${temp}:R.READ.text(${temp}))`;
    default:
      return `R.READ.${type}(${raw})`;
  }
}

/** Whether a variable holds a text that surely is not blank; of any other `READ` has to say. */
export const isPlainText = (name: string): string => `typeof ${name}==='string'&&${name}.charCodeAt(0)>32`;
