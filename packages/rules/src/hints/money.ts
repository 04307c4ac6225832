import { formatMoney } from '../money/money.ts';
import type { Hint, HintInput } from './hint.ts';
import { fieldOf, rowsOf, wholeOf } from './read.ts';

/** 分. Below 100元 a project buys nothing; beyond 10亿元 no call pays; a budget starts at 1000元. */
const LEAST = 10_000;
const MOST_BUDGET = 100_000_000_000;
const LEAST_BUDGET = 100_000;
/** Smaller than this part of the whole budget and larger than this multiple of it. */
const TIMES = 100;

type Amount = { path: string; label: string; fen: number };

/** 元 typed into a box of 万元, or the other way round (reason 34): one amount that does not fit the whole budget. */
export function amountsApart({ application, form }: HintInput): Hint[] {
  const total = wholeOf(fieldOf(application, 'budget', 'total'));
  if (!total) return [];
  if (total > MOST_BUDGET || total < LEAST_BUDGET) {
    const text = `项目总预算是${formatMoney(total)}，请核对单位：栏目里填的是万元。`;
    return [{ kind: 'budget', title: '总预算的单位可能填错', text, fields: ['budget.total'] }];
  }
  return amountsIn(application, form)
    .filter(({ fen }) => fen > 0 && (fen > total * TIMES || (fen < LEAST && total >= LEAST * TIMES)))
    .map(({ path, label, fen }) => ({
      kind: 'unit',
      title: '金额可能差一万倍',
      text: `“${label}”是${formatMoney(fen)}，而项目总预算是${formatMoney(total)}，请核对是不是把元和万元填混了。`,
      fields: [path],
    }));
}

const amountsIn = (application: HintInput['application'], form: HintInput['form']): Amount[] =>
  form.sections.flatMap((section) =>
    section.fields.flatMap((field): Amount[] => {
      const value = application[section.key]?.[field.key];
      if (field.type === 'money') {
        const fen = wholeOf(value);
        return fen === undefined || field.path === 'budget.total'
          ? []
          : [{ path: field.path, label: field.label, fen }];
      }
      const columns = (field.columns ?? []).filter(({ type }) => type === 'money');
      return rowsOf(value).flatMap((row, index) =>
        columns.flatMap(({ key, label }): Amount[] => {
          const fen = wholeOf(row[key]);
          const name = `${field.rowNoun ?? field.label} ${index + 1}的${label}`;
          return fen === undefined ? [] : [{ path: `${field.path}[${row.id}].${key}`, label: name, fen }];
        }),
      );
    }),
  );
