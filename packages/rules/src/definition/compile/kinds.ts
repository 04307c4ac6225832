import type { Json } from '../../call.ts';
import type { Checker } from '../expression/checker.ts';
import type { Scope } from '../expression/meaning.ts';
import type { WrittenRule } from '../files/rules-file.ts';
import type { Written } from '../shape/shape.ts';
import type { Compilation } from './compilation.ts';

/** What a typed kind comes down to: the text of a `require`, and rows to go through when the kind does so itself. */
export type Lowered = { require: string; forEach?: { row: string; in: string; when?: string } };

type Kind = NonNullable<WrittenRule['kind']>;
type Attribute = keyof WrittenRule;

/** Attributes of each kind; `?` marks those that may be left out. */
const ATTRIBUTES: Record<Kind, readonly (Attribute | `${Attribute}?`)[]> = {
  born_on_or_after: ['field', 'bound'],
  registered_on_or_before: ['field', 'bound'],
  on_or_after: ['field', 'bound'],
  on_or_before: ['field', 'bound'],
  after: ['field', 'bound'],
  before: ['field', 'bound'],
  one_of: ['field', 'values'],
  none_of: ['field', 'values'],
  equals: ['field', 'value'],
  amount_at_most: ['field', 'bound'],
  amount_at_least: ['field', 'bound'],
  amount_equals: ['field', 'bound'],
  amount_between: ['field', 'min', 'max'],
  share_at_least: ['part', 'whole', 'bound'],
  share_at_most: ['part', 'whole', 'bound'],
  ratio_at_least: ['left', 'right', 'bound'],
  sum_equals: ['parts', 'total'],
  count_at_least: ['in', 'where?', 'bound'],
  count_at_most: ['in', 'where?', 'bound'],
  months_between: ['from', 'to', 'min?', 'max?'],
  period_covers: ['from?', 'to', 'coversFrom?', 'coversTo'],
  dated_after: ['field', 'bound', 'inclusive'],
  dated_before: ['field', 'bound', 'inclusive'],
  title_or_degree: ['rank', 'degree', 'minRank', 'degrees'],
  document_required: ['material'],
  document_for_each: ['material', 'in', 'row'],
  no_record: ['people?', 'organisations?', 'where?'],
};

/** Everything that only kinds use. */
export const KIND_ATTRIBUTES: readonly Attribute[] = [
  ...new Set(Object.values(ATTRIBUTES).flatMap((names) => names.map((name) => name.replace('?', '') as Attribute))),
];

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** A term as an expression: a bare date becomes a date. */
const term = (written: Written): string => (isDate(written.text) ? `date("${written.text}")` : written.text);

/** A term inside a larger expression. */
const part = (written: Written): string => `(${term(written)})`;

const REFERENCE = /^(param|reading|topic|at)\./;

/** A value beside a field: `enterprise` is the word, `30万元` the amount, `param.x` the parameter. */
function literal(value: Json): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = String(value);
  if (isDate(text)) return `date("${text}")`;
  if (REFERENCE.test(text) || /^\d[\d,]*(\.\d+)?(亿元|万元|元|%)$/.test(text)) return text;
  return JSON.stringify(text);
}

const listOf = (values: Json | Json[]): string =>
  Array.isArray(values) ? `[${values.map(literal).join(', ')}]` : literal(values);

/** Checks that a kind has what it needs and nothing of another kind, then lowers it. */
export function lowerKind(
  compilation: Compilation,
  checker: Checker,
  rule: WrittenRule,
  scope: Scope,
): Lowered | undefined {
  const { kind } = rule;
  if (!kind) return undefined;
  const attributes = ATTRIBUTES[kind];
  const allowed = attributes.map((name) => name.replace('?', ''));
  let sound = true;
  const refuse = (key: string, message: string): void => {
    compilation.report(rule, key, message);
    sound = false;
  };
  for (const name of attributes) {
    if (!name.endsWith('?') && rule[name as Attribute] === undefined) refuse('kind', `${kind} 缺“${name}”`);
  }
  for (const name of KIND_ATTRIBUTES) {
    if (rule[name] !== undefined && !allowed.includes(name)) {
      refuse(name, `${kind} 不用“${name}”；它用：${allowed.join('、')}`);
    }
  }
  if (rule.require) refuse('require', '写了 kind 就不再写 require');
  if (!sound || !termsMakeSense(compilation, checker, rule, scope)) return undefined;
  return LOWER[kind](rule as Complete, (written) => columnSum(checker, written, scope));
}

/** Each term alone, so that a misspelt path is reported where it stands. */
function termsMakeSense(compilation: Compilation, checker: Checker, rule: WrittenRule, scope: Scope): boolean {
  const names = ['field', 'bound', 'min', 'max', 'part', 'whole', 'left', 'right', 'total', 'from', 'to'] as const;
  const more = ['coversFrom', 'coversTo', 'rank', 'degree', 'inclusive'] as const;
  const ofRows = rule.kind === 'document_for_each' || rule.kind === 'count_at_least' || rule.kind === 'count_at_most';
  const terms = [...names, ...more].map((name) => rule[name]).filter((written) => written !== undefined);
  const checks = terms.map((written) => compilation.understand(written, () => checker.valueOf(term(written), scope)));
  if (ofRows && rule.in) {
    const rows = rule.in;
    checks.push(compilation.understand(rows, () => checker.rowsOf(rows.text, scope)) as never);
  }
  return checks.every((check) => check !== undefined);
}

/** `table.column` stands for the sum of the column. */
function columnSum(checker: Checker, { text }: Written, scope: Scope): string {
  const dot = text.lastIndexOf('.');
  const table = text.slice(0, dot);
  try {
    checker.rowsOf(table, scope);
  } catch {
    return `(${text})`;
  }
  return `${table}.sum(row, row.${text.slice(dot + 1)})`;
}

/** After the check of attributes nothing that is needed is missing. */
type Complete = { [K in Attribute]-?: NonNullable<WrittenRule[K]> };

const dateBound =
  (operator: string) =>
  (rule: Complete): Lowered => ({ require: `${term(rule.field)} ${operator} ${term(rule.bound)}` });

const dated =
  (including: string, excluding: string) =>
  ({ field, bound, inclusive }: Complete): Lowered => {
    const [yes, no] = [`${term(field)} ${including} ${term(bound)}`, `${term(field)} ${excluding} ${term(bound)}`];
    if (inclusive.text === 'true') return { require: yes };
    if (inclusive.text === 'false') return { require: no };
    return { require: `${part(inclusive)} ? ${yes} : ${no}` };
  };

const counted =
  (operator: string) =>
  (rule: Complete): Lowered => {
    const { where } = rule as WrittenRule;
    const rows = rule.in.text;
    return {
      require: `${where ? `${rows}.count(it, ${where.text})` : `size(${rows})`} ${operator} ${term(rule.bound)}`,
    };
  };

const LOWER: Record<Kind, (rule: Complete, sum: (written: Written) => string) => Lowered> = {
  born_on_or_after: dateBound('>='),
  registered_on_or_before: dateBound('<='),
  on_or_after: dateBound('>='),
  on_or_before: dateBound('<='),
  after: dateBound('>'),
  before: dateBound('<'),
  one_of: ({ field, values }) => ({ require: `${term(field)} in ${listOf(values)}` }),
  none_of: ({ field, values }) => ({ require: `!(${term(field)} in ${listOf(values)})` }),
  equals: ({ field, value }) => ({ require: `${term(field)} == ${literal(value)}` }),
  amount_at_most: dateBound('<='),
  amount_at_least: dateBound('>='),
  amount_equals: dateBound('=='),
  amount_between: ({ field, min, max }) => ({
    require: `${term(field)} >= ${term(min)} && ${term(field)} <= ${term(max)}`,
  }),
  share_at_least: (rule) => ({ require: `${term(rule.part)} >= ${part(rule.bound)} * ${part(rule.whole)}` }),
  share_at_most: (rule) => ({ require: `${term(rule.part)} <= ${part(rule.bound)} * ${part(rule.whole)}` }),
  ratio_at_least: ({ left, right, bound }) => ({ require: `${term(left)} >= ${part(bound)} * ${part(right)}` }),
  sum_equals: ({ parts, total }, sum) => ({ require: `${parts.map(sum).join(' + ')} == ${term(total)}` }),
  count_at_least: counted('>='),
  count_at_most: counted('<='),
  months_between: (rule) => {
    const { min, max } = rule as WrittenRule;
    const period = `${term(rule.from)}, ${term(rule.to)}`;
    const bounds = [
      ...(min ? [`lasts_at_least(${period}, ${term(min)})`] : []),
      ...(max ? [`lasts_at_most(${period}, ${term(max)})`] : []),
    ];
    return { require: bounds.length > 0 ? bounds.join(' && ') : 'true' };
  },
  period_covers: (rule) => {
    const { from, coversFrom } = rule as WrittenRule;
    const start = from && coversFrom ? `${term(from)} <= ${term(coversFrom)} && ` : '';
    return { require: `${start}${term(rule.to)} >= ${term(rule.coversTo)}` };
  },
  dated_after: dated('>=', '>'),
  dated_before: dated('<=', '<'),
  title_or_degree: ({ rank, degree, minRank, degrees }) => ({
    require: `rank_at_least(${term(rank)}, ${JSON.stringify(minRank)}) || ${term(degree)} in ${listOf(degrees)}`,
  }),
  document_required: ({ material }) => ({ require: `size(materials.${material}) >= 1` }),
  document_for_each: ({ material, row, in: rows }) => ({
    require: `materials.${material}.exists(file, file.row == ${row}.id)`,
    forEach: { row, in: rows.text },
  }),
  no_record: (rule) => {
    const { people, organisations, where } = rule as WrittenRule;
    const concerns = [subjects('person', people ?? []), subjects('organisation', organisations ?? [])]
      .filter((text) => text !== '')
      .join(' || ');
    const conditions = [...(concerns === '' ? [] : [`(${concerns})`]), ...(where ? [`(${where.text})`] : [])];
    return { require: `!facts.misconduct.exists(m, ${conditions.join(' && ') || 'true'})` };
  },
};

/** `m` concerns one of these: fields, or columns of a table. */
function subjects(kind: 'person' | 'organisation', terms: readonly Written[]): string {
  if (terms.length === 0) return '';
  const ids = terms.map(({ text }) =>
    text.split('.').length > 2 ? `m.subjectId in ${text}` : `m.subjectId == ${text}`,
  );
  return `m.subject == "${kind}" && (${ids.join(' || ')})`;
}
