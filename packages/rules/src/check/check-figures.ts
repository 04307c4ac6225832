import type { CompiledCall, CompiledRule, Parameter } from '../call.ts';
import type { Compilation } from '../definition/compile/compilation.ts';
import type { Pack } from '../definition/compile/pack.ts';
import type { Constant, ValueType } from '../tree.ts';

type Figure = { type: ValueType; text: string };

/** Amounts, shares and dates as officials write them, in 分, 万分之 and `YYYY-MM-DD`, so that two writings of one figure are equal. */
const WRITTEN: readonly { type: ValueType; pattern: RegExp; read: (match: RegExpMatchArray) => string }[] = [
  {
    type: 'money',
    pattern: /([\d,]+(?:\.\d+)?)万元/g,
    read: ([, amount = '']) => fen(Number(amount.replaceAll(',', ''))),
  },
  { type: 'ratio', pattern: /(\d+(?:\.\d+)?)[%％]/g, read: ([, share]) => String(Math.round(Number(share) * 100)) },
  {
    type: 'date',
    pattern: /(\d{4})年(\d{1,2})月(\d{1,2})日/g,
    read: ([, year, month = '', day = '']) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  },
];

const fen = (tenThousands: number): string => String(Math.round(tenThousands * 1_000_000));

function written(type: ValueType, value: Constant): string {
  if (type !== 'ratio' || typeof value !== 'object' || !('n' in value)) return String(value);
  return String(Math.round((value.n * 10_000) / value.d));
}

/**
 * What a rule says in its own words may hold figures that its parameters hold as well. Each of them has to be one of the rule's; and
 * where a parameter changes with the date, the sentence would be wrong from that day, so it may not name the figure.
 */
export function checkFigures(compilation: Compilation, pack: Pack, call: CompiledCall): void {
  for (const rule of call.rules) {
    const source = pack.rules.find(({ id }) => id === rule.id);
    if (!source || rule.asks === undefined) continue;
    const { constants, parameters } = figuresOf(rule, call.parameters);
    for (const { type, text } of figuresIn(rule.asks)) {
      const changing = parameters.find((parameter) => parameter.type === type && changes(parameter));
      const own = parameters.filter((parameter) => parameter.type === type);
      const known = [
        ...(constants.get(type) ?? []),
        ...own.flatMap(({ values }) => values.map(({ value }) => written(type, value))),
      ];
      if (changing) {
        compilation.report(
          source,
          'asks',
          `“${rule.asks}”里写了数字，而参数“${changing.label}”的取值随日期变`,
          '不写数字，或者不写 asks，由式子生成',
        );
      } else if (own.length > 0 && !known.includes(text)) {
        compilation.report(
          source,
          'asks',
          `“${rule.asks}”里的数字与参数“${own.map(({ label }) => label).join('”“')}”的取值不一样`,
          '改成一样的，或者不写 asks，由式子生成',
        );
      }
    }
  }
}

const changes = ({ values }: Parameter): boolean => new Set(values.map(({ value }) => JSON.stringify(value))).size > 1;

const figuresIn = (asks: string): Figure[] =>
  WRITTEN.flatMap(({ type, pattern, read }) =>
    [...asks.matchAll(pattern)].map((match) => ({ type, text: read(match) })),
  );

/** All constants and parameters that stand anywhere in the rule. */
function figuresOf(rule: CompiledRule, known: readonly Parameter[]) {
  const constants = new Map<ValueType, string[]>();
  const keys = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { op, type, value, key } = node as { op?: string; type?: ValueType; value?: Constant; key?: string };
    if (op === 'param' && key !== undefined) keys.add(key);
    if (op === 'const' && type !== undefined && value !== undefined)
      constants.set(type, [...(constants.get(type) ?? []), written(type, value)]);
    for (const child of Object.values(node)) walk(child);
  };
  walk([rule.when, rule.require, rule.except, rule.human, rule.forEach]);
  return { constants, parameters: known.filter(({ key }) => keys.has(key)) };
}
