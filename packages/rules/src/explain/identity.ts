import type { Expr } from '../tree.ts';

const IDENTITY_KEYS = new Set(['id', 'row', 'personId', 'subjectId', 'uscc']);

const isIdentityCell = (expr: Expr): boolean =>
  expr.op === 'cell' &&
  IDENTITY_KEYS.has(expr.key) &&
  (expr.key === 'id' || expr.key === 'row' || expr.address.startsWith('facts.'));

/**
 * Whether a condition only says whose record or whose file it is (`m.subjectId == principalInvestigator.idNumber`,
 * `file.row == p.id`). People take that for granted; a sentence leaves it out.
 */
export function isIdentity(expr: Expr): boolean {
  switch (expr.op) {
    case 'compare':
      return isIdentityCell(expr.left) || isIdentityCell(expr.right);
    case 'in':
      return isIdentityCell(expr.left);
    case 'exists':
      return expr.body.op === 'and' ? expr.body.of.some(isIdentity) : isIdentity(expr.body);
    case 'and':
    case 'or':
      return expr.of.every(isIdentity);
    case 'not':
      return isIdentity(expr.of);
    default:
      return false;
  }
}
