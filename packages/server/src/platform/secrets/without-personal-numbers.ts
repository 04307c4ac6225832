/**
 * Identity numbers (18 digits around a date of birth), mobile numbers and e-mail addresses, wherever they stand in a text. Used where
 * text goes that nobody may fill with them: the log, errors, the server's output. Neither a credit code nor a hash looks like one.
 */
const NUMBERS: readonly [RegExp, (found: string) => string][] = [
  [
    /(?<![\dA-Za-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/g,
    (found) => `${found.slice(0, 6)}********${found.slice(-4)}`,
  ],
  [/(?<![\dA-Za-z-])1[3-9]\d{9}(?![\dA-Za-z-])/g, (found) => `${found.slice(0, 3)}****${found.slice(-4)}`],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (found) => `${found.slice(0, 1)}***${found.slice(found.indexOf('@'))}`],
];

const inText = (text: string): string =>
  NUMBERS.reduce((left, [pattern, mask]) => left.replace(pattern, (found) => mask(found)), text);

/** The value with every such number masked, in lists and objects as well. Only plain JSON values. */
export function withoutPersonalNumbers<T>(value: T): T {
  return walk(value) as T;
}

function walk(value: unknown): unknown {
  if (typeof value === 'string') return inText(value);
  if (Array.isArray(value)) return value.map(walk);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item)]));
}
