import type { Closures } from '../evaluate/closures.ts';
import type { Context } from '../evaluate/context.ts';
import { factList, type FactList } from '../facts.ts';
import { childrenOf, walk, type Expr } from '../tree.ts';
import { decidingTerms } from './deciding.ts';
import type { Phrases } from './phrases.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What to do about a requirement that is not met, from the terms that broke it. */
export function generatedRemedy(
  require: Expr,
  world: { vocabulary: Vocabulary; closures: Closures; phrases: Phrases; context: Context },
): string {
  const advice = new Set<string>();
  const doubtful = new Set<string>();
  for (const term of decidingTerms(require, world.closures, world.context)) {
    const step = adviceFor(term, world);
    if (step !== undefined) advice.add(step);
    else for (const name of answersIn(term, world)) doubtful.add(name);
  }
  if (doubtful.size > 0) advice.add(`请核对${[...doubtful].join('、')}；没有填错的，说明不符合这一条的要求`);
  return [...advice].slice(0, 3).join('；') || '请核对填写的内容';
}

type World = Parameters<typeof generatedRemedy>[1];

/** Undefined: all one can say is to look again at what was filled in. */
function adviceFor(expr: Expr, world: World): string | undefined {
  const { vocabulary } = world;
  switch (expr.op) {
    case 'compare':
      return compareAdvice(expr, world);
    case 'not':
      return adviceFor(expr.of, world);
    case 'call':
      return expr.fn === 'filled' ? `请填写${answersIn(expr, world).join('、')}` : undefined;
    case 'exists':
    case 'all':
      if (expr.list.from === 'materials') return `请上传《${vocabulary.list(expr.list).noun}》`;
      return expr.list.from === 'facts'
        ? askRegister(expr.list.path, world)
        : `请核对${vocabulary.list(expr.list).noun}一表`;
    default:
      return undefined;
  }
}

function compareAdvice(expr: Extract<Expr, { op: 'compare' }>, world: World): string | undefined {
  const { left, right, is } = expr;
  const [raised, lowered] = [answersIn(left, world), answersIn(right, world)];
  const register = registerIn(expr);
  if (register !== undefined && raised.length === 0) return askRegister(register, world);
  if (left.type !== 'money' || is === '!=' || raised.length === 0) return undefined;
  if (is === '==') {
    if (right.op === 'const') return `请改为${world.phrases.name(right)}`;
    return `请核对${[...raised, ...lowered].join('、')}，看有没有填错或漏填，单位是不是万元`;
  }
  const upward = is === '>=' || is === '>';
  const other = lowered.length > 0 ? `，或者${upward ? '减少' : '增加'}${lowered.join('、')}` : '';
  return `请${upward ? '增加' : '减少'}${raised.join('、')}${other}`;
}

function askRegister(list: string, { context }: World): string {
  const name = context.facts.sources?.[list as FactList]?.name ?? factList(list)?.source ?? '登记部门';
  return `请核对${name}里的记录；记录有误的请联系管理部门更正，没有误的说明不符合这一条的要求`;
}

function registerIn(expr: Expr): string | undefined {
  let found: string | undefined;
  walk(expr, (node) => {
    if ('list' in node && node.list.from === 'facts') found ??= node.list.path;
  });
  return found;
}

/** Names of the answers that a term reads, each once; a column of a table is said with the table. */
function answersIn(expr: Expr, { phrases }: World): string[] {
  const names = new Set<string>();
  const collect = (node: Expr): void => {
    if (node.op === 'sum') names.add(phrases.name(node));
    else if (node.op === 'field' || (node.op === 'cell' && !node.address.startsWith('facts.'))) {
      names.add(node.type === 'boolean' ? `“${phrases.name(node)}”` : phrases.name(node));
    } else for (const child of childrenOf(node)) collect(child);
  };
  collect(expr);
  return [...names];
}
