import { contextOf } from '../evaluate/context.ts';
import type { LinkedCall } from '../evaluate/link.ts';
import type { Row, Subject } from '../subject.ts';
import type { Expr } from '../tree.ts';
import type { Random } from './random.ts';

type Field = Extract<Expr, { op: 'field' }>;
type SumOfColumn = Extract<Expr, { op: 'sum' }> & {
  list: { from: 'table'; path: string };
  body: Extract<Expr, { op: 'cell' }>;
};
type Part = Field | SumOfColumn;

/** A rule that says: this amount is the sum of those. */
export type Equality = { total: Field; parts: Part[]; sum: Expr };

export function equalitiesOf(linked: LinkedCall): Equality[] {
  return linked.rules.flatMap(({ require, forEach }) => {
    if (forEach || require?.op !== 'compare' || require.is !== '==' || require.left.type !== 'money') return [];
    const [total, sum] = require.left.op === 'field' ? [require.left, require.right] : [require.right, require.left];
    const parts = addends(sum);
    return total.op === 'field' && parts.every(isPart) ? [{ total, parts, sum }] : [];
  });
}

const addends = (expr: Expr): Expr[] => (expr.op === 'add' ? [...addends(expr.left), ...addends(expr.right)] : [expr]);

const isPart = (expr: Expr): expr is Part =>
  expr.op === 'field' || (expr.op === 'sum' && expr.list.from === 'table' && expr.body.op === 'cell');

/**
 * Makes totals and parts agree again after an amount was changed, as an applicant would: the total follows its parts; where
 * the total itself was changed, one part takes the difference.
 */
export function balance(
  linked: LinkedCall,
  equalities: readonly Equality[],
  subject: Subject,
  changed: string,
  random: Random,
): void {
  const settled = new Set([changed]);
  for (let round = 0; round < 2; round += 1) {
    for (const { total, parts, sum } of equalities) {
      const context = contextOf(subject);
      const [wanted, have] = [linked.closures.run(total)(context), linked.closures.run(sum)(context)];
      if (typeof wanted !== 'number' || typeof have !== 'number' || wanted === have) continue;
      if (!settled.has(total.path)) {
        putAmount(subject, total.path, have);
        settled.add(total.path);
      } else {
        const part = random.pick(parts.filter((candidate) => candidate.op === 'sum' || !settled.has(candidate.path)));
        if (part) settled.add(giveDifference(subject, part, wanted - have, random));
      }
    }
  }
}

/** The path of what took it. An amount never falls below nothing. */
function giveDifference(subject: Subject, part: Part, difference: number, random: Random): string {
  if (part.op === 'field') {
    const [section = '', field = ''] = part.path.split('.');
    const amount = Number(subject.application[section]?.[field] ?? 0) + difference;
    putAmount(subject, part.path, Math.max(0, amount));
    return part.path;
  }
  const row = random.pick(rowsAt(subject, part.list.path));
  if (row) row[part.body.key] = Math.max(0, Number(row[part.body.key] ?? 0) + difference);
  return part.list.path;
}

function rowsAt(subject: Subject, path: string): readonly Row[] {
  const [section = '', field = ''] = path.split('.');
  const rows = subject.application[section]?.[field];
  return Array.isArray(rows) ? rows.filter((row): row is Row => typeof row === 'object') : [];
}

function putAmount(subject: Subject, path: string, amount: number): void {
  const [section = '', field = ''] = path.split('.');
  const values = subject.application[section];
  if (values) values[field] = amount;
}
