import type { CompiledRule, RuleException } from '../../call.ts';
import { walk, type Expr } from '../../tree.ts';
import type { Checker } from '../expression/checker.ts';
import { ExpressionError } from '../expression/lexer.ts';
import type { Scope } from '../expression/meaning.ts';
import type { WrittenRule } from '../files/rules-file.ts';
import { suggest } from '../problem.ts';
import { compileForEach, type ForEach } from './compile-each.ts';
import { trimmed, type Compilation } from './compilation.ts';
import { KIND_ATTRIBUTES, lowerKind } from './kinds.ts';

export function compileRules(compilation: Compilation, checker: Checker, rules: WrittenRule[]): CompiledRule[] {
  const ids = new Set<string>();
  return rules.flatMap((rule) => {
    if (ids.has(rule.id)) compilation.report(rule, 'id', `规则“${rule.id}”写了两次`);
    ids.add(rule.id);
    const compiled = compileRule(compilation, checker, rule);
    return compiled ? [compiled] : [];
  });
}

function compileRule(compilation: Compilation, checker: Checker, rule: WrittenRule): CompiledRule | undefined {
  checkUnder(compilation, checker, rule, rule.under);
  const each = rule.for_each && compileForEach(compilation, checker, rule.for_each);
  if (rule.for_each && !each) return undefined;
  const lowered = lower(compilation, checker, rule, each);
  if (!lowered) return undefined;
  const { forEach, scope, require } = lowered;
  const when = forEach === each?.forEach ? compilation.condition(checker, rule.when, scope) : undefined;
  const except = (rule.except ?? []).flatMap((exception): RuleException[] => {
    const condition = compilation.condition(checker, exception.when, scope);
    if (exception.outcome === 'needs_human' && exception.to === undefined) {
      compilation.report(exception, 'outcome', 'needs_human 要写 to：由谁判断');
    }
    const { outcome, say, to } = exception;
    return condition ? [trimmed({ when: condition, outcome, say, to })] : [];
  });
  const asked = rule.human && compilation.condition(checker, rule.human.when, scope);
  if (!require && !rule.human && except.length === 0) {
    compilation.report(rule, 'id', `规则“${rule.id}”没有要求`, '写 require，或写 kind');
    return undefined;
  }
  checkExplanation(compilation, checker, rule);
  checkShown(compilation, checker, rule);
  const trees = [when, require, asked, forEach?.when, ...except.map((exception) => exception.when)];
  const reads = readsOf(trees, forEach);
  return trimmed({
    id: rule.id,
    title: rule.title,
    clauses: rule.clause,
    scope: rule.scope ?? 'application',
    severity: rule.severity ?? 'block',
    under: rule.under,
    forEach,
    when,
    except,
    require,
    human: rule.human && asked ? { when: asked, to: rule.human.to, question: rule.human.question } : undefined,
    explanation: rule.explanation,
    show: rule.show ?? reads.filter((path) => !path.startsWith('facts.')),
    asks: rule.asks,
    remedy: rule.remedy,
    reads,
  });
}

type Body = { forEach?: ForEach; scope: Scope; require?: Expr };

/** The requirement, from `require` or from a typed kind; undefined when it does not make sense. */
function lower(
  compilation: Compilation,
  checker: Checker,
  rule: WrittenRule,
  each: { forEach: ForEach; scope: Scope } | undefined,
): Body | undefined {
  const scope = each?.scope ?? [];
  if (!rule.kind) {
    const stray = KIND_ATTRIBUTES.find((name) => rule[name] !== undefined);
    if (stray) compilation.report(rule, stray, `“${stray}”只与 kind 同用`);
    const require = compilation.condition(checker, rule.require, scope);
    if (rule.require && !require) return undefined;
    return trimmed({ forEach: each?.forEach, scope, require });
  }
  const lowered = lowerKind(compilation, checker, rule, scope);
  if (!lowered) return undefined;
  let rows = each;
  if (lowered.forEach) {
    const { row, in: list } = lowered.forEach;
    const place = rule.in?.place ?? rule.id;
    if (typeof place === 'string') return undefined;
    rows = compileForEach(compilation, checker, {
      row,
      in: { text: list, place },
      ...(rule.when && { when: rule.when }),
    });
    if (!rows) return undefined;
  }
  try {
    const require = checker.condition(lowered.require, rows?.scope ?? scope);
    return trimmed({ forEach: rows?.forEach, scope: rows?.scope ?? scope, require });
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    compilation.report(rule, 'kind', `${rule.kind}：${error.message}`, error.suggestion);
    return undefined;
  }
}

/** Readings named by `under` must exist, with that option. */
export function checkUnder(
  compilation: Compilation,
  checker: Checker,
  owner: object,
  under: Record<string, string> | undefined,
): void {
  for (const [key, option] of Object.entries(under ?? {})) {
    const options = checker.symbols.readings.get(key);
    if (!options) {
      compilation.report(under ?? owner, key, `没有读法“${key}”`, suggest(key, [...checker.symbols.readings.keys()]));
    } else if (!options.includes(option)) {
      compilation.report(under ?? owner, key, `读法“${key}”没有选项“${option}”`, suggest(option, options));
    }
  }
}

/** A soft rule needs a place where the applicant explains; other rules need none. */
function checkExplanation(compilation: Compilation, checker: Checker, rule: WrittenRule): void {
  const path = rule.explanation;
  if (rule.severity === 'soft' && path === undefined) {
    compilation.report(rule, 'severity', 'soft 要写 explanation：申报人在哪个字段说明');
  }
  if (path === undefined) return;
  if (rule.severity !== 'soft') compilation.report(rule, 'explanation', 'explanation 只用于 severity: soft');
  const known = fieldPaths(checker);
  if (!known.includes(path)) compilation.report(rule, 'explanation', `申报书中没有“${path}”`, suggest(path, known));
}

function checkShown(compilation: Compilation, checker: Checker, rule: WrittenRule): void {
  const known = [...fieldPaths(checker), ...[...checker.symbols.materials.keys()].map((key) => `materials.${key}`)];
  for (const [at, path] of (rule.show ?? []).entries()) {
    if (!known.includes(path)) compilation.report(rule.show ?? rule, at, `申报书中没有“${path}”`, suggest(path, known));
  }
}

export const fieldPaths = (checker: Checker): string[] =>
  [...checker.symbols.sections].flatMap(([section, fields]) => [...fields.keys()].map((key) => `${section}.${key}`));

/** Fields, tables, materials and registers that trees read, in reading order. */
export function readsOf(trees: readonly (Expr | undefined)[], forEach: ForEach | undefined): string[] {
  const reads = new Set<string>();
  const addList = (list: ForEach['list']): void => {
    if (list.from === 'table') reads.add(list.path);
    if (list.from === 'materials' || list.from === 'facts') reads.add(`${list.from}.${list.path}`);
  };
  if (forEach) addList(forEach.list);
  for (const tree of trees) {
    if (!tree) continue;
    walk(tree, (node) => {
      if (node.op === 'field') reads.add(node.path);
      if ('list' in node) addList(node.list);
    });
  }
  return [...reads];
}
