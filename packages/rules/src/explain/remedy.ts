import type { Closures } from '../evaluate/closures.ts';
import type { Context } from '../evaluate/context.ts';
import { factList, type FactList } from '../facts.ts';
import { walk, type Expr } from '../tree.ts';
import { decidingTerms } from './deciding.ts';
import type { Phrases } from './phrases.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What to do about a requirement that is not met, from the terms that broke it. */
export function generatedRemedy(
  require: Expr,
  world: { vocabulary: Vocabulary; closures: Closures; phrases: Phrases; context: Context },
): string {
  const advice = new Set<string>();
  for (const term of decidingTerms(require, world.closures, world.context)) {
    for (const step of adviceFor(term, world)) advice.add(step);
  }
  return [...advice].slice(0, 3).join('；');
}

type World = Parameters<typeof generatedRemedy>[1];

function adviceFor(expr: Expr, world: World): string[] {
  const { phrases, vocabulary } = world;
  switch (expr.op) {
    case 'compare':
      return [compareAdvice(expr, world)];
    case 'not':
      return adviceFor(expr.of, world);
    case 'call':
      return expr.fn === 'filled' ? [`请填写${answersIn(expr, phrases).join('、')}`] : [check(expr, world)];
    case 'exists':
    case 'all':
      if (expr.list.from === 'materials') return [`请上传《${vocabulary.list(expr.list).noun}》`];
      return expr.list.from === 'facts'
        ? [askRegister(expr.list.path, world)]
        : [`请核对${vocabulary.list(expr.list).noun}一表`];
    default:
      return [check(expr, world)];
  }
}

function compareAdvice(expr: Extract<Expr, { op: 'compare' }>, world: World): string {
  const { left, right, is } = expr;
  const [raised, lowered] = [answersIn(left, world.phrases), answersIn(right, world.phrases)];
  const register = registerIn(expr);
  if (register !== undefined && raised.length === 0) return askRegister(register, world);
  if (left.type !== 'money' || is === '==' || is === '!=' || raised.length === 0) return check(expr, world);
  const upward = is === '>=' || is === '>';
  const other = lowered.length > 0 ? `，或者${upward ? '减少' : '增加'}${lowered.join('、')}` : '';
  return `请${upward ? '增加' : '减少'}${raised.join('、')}${other}`;
}

function check(expr: Expr, { phrases, vocabulary }: World): string {
  const answers = answersIn(expr, phrases);
  if (answers.length > 0) return `请核对${answers.join('、')}；没有填错的，不符合这一条`;
  const tables = new Set<string>();
  walk(expr, (node) => {
    if ('list' in node && node.list.from === 'table') tables.add(vocabulary.list(node.list).noun);
  });
  return tables.size > 0 ? `请核对${[...tables].join('、')}一表` : '请核对填写的内容';
}

function askRegister(list: string, { context }: World): string {
  const name = context.facts.sources?.[list as FactList]?.name ?? factList(list)?.source ?? '登记部门';
  return `请核对${name}的记录；记录有误的请联系其管理部门更正，无误的不符合这一条`;
}

function registerIn(expr: Expr): string | undefined {
  let found: string | undefined;
  walk(expr, (node) => {
    if ('list' in node && node.list.from === 'facts') found ??= node.list.path;
  });
  return found;
}

/** Names of the answers that a term reads, each once. */
function answersIn(expr: Expr, phrases: Phrases): string[] {
  const names = new Set<string>();
  walk(expr, (node) => {
    if (node.op === 'field' || (node.op === 'cell' && !node.address.startsWith('facts.'))) {
      names.add(node.type === 'boolean' ? `“${phrases.name(node)}”` : phrases.name(node));
    }
  });
  return [...names];
}
