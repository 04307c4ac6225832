import type { CompiledCall, CompiledRule } from '../call.ts';
import type { ReferenceData } from '../reference.ts';
import type { Subject } from '../subject.ts';
import type { CompareOperator, Expr } from '../tree.ts';
import type { Outcome } from '../verdict.ts';
import { casesOfRule, type Examples } from './examples.ts';
import { RuleRunner } from './rule-runner.ts';

/** A comparison turned round somewhere in a rule, and whether any of the rule's cases noticed. */
export type Mutation = { rule: string; where: string; what: string; killed: boolean };

const FLIPS: Record<CompareOperator, readonly CompareOperator[]> = {
  '>=': ['>', '<'],
  '>': ['>=', '<='],
  '<=': ['<', '>'],
  '<': ['<=', '>='],
  '==': ['!='],
  '!=': ['=='],
};

/** Flips every comparison of every rule, one at a time, and runs the rule's own cases against it. */
export function runMutations(compiled: CompiledCall, examples: Examples, reference: ReferenceData): Mutation[] {
  const runner = new RuleRunner(compiled, reference);
  return compiled.rules.flatMap((rule) => {
    const cases = casesOfRule(compiled, examples, rule.id);
    return mutants(rule).map(({ where, what, mutant }) => ({
      rule: rule.id,
      where,
      what,
      killed: cases.some(({ subject, readings, outcome }) => survives(runner, mutant, subject, readings) !== outcome),
    }));
  });
}

/** What a mutant says; one that throws has been noticed. */
function survives(
  runner: RuleRunner,
  mutant: CompiledRule,
  subject: Subject,
  readings: Record<string, string>,
): Outcome | undefined {
  try {
    return runner.outcome(mutant, subject, readings);
  } catch {
    return undefined;
  }
}

type Mutant = { where: string; what: string; mutant: CompiledRule };

function mutants(rule: CompiledRule): Mutant[] {
  const made: Mutant[] = [];
  const vary = (where: string, tree: Expr | undefined, put: (changed: Expr) => CompiledRule): void => {
    if (!tree) return;
    for (const { what, changed } of variants(tree)) made.push({ where, what, mutant: put(changed) });
  };
  vary('when', rule.when, (when) => ({ ...rule, when }));
  vary('require', rule.require, (require) => ({ ...rule, require }));
  if (rule.human)
    vary('human', rule.human.when, (when) => ({ ...rule, ...(rule.human && { human: { ...rule.human, when } }) }));
  if (rule.forEach)
    vary('for_each', rule.forEach.when, (when) => ({
      ...rule,
      ...(rule.forEach && { forEach: { ...rule.forEach, when } }),
    }));
  for (const [at, exception] of rule.except.entries()) {
    vary(`except ${at + 1}`, exception.when, (when) => ({
      ...rule,
      except: rule.except.with(at, { ...exception, when }),
    }));
  }
  return made;
}

/** Every tree that differs from this one in one comparison. */
function variants(expr: Expr): { what: string; changed: Expr }[] {
  const inside = (child: Expr, put: (changed: Expr) => Expr): { what: string; changed: Expr }[] =>
    variants(child).map(({ what, changed }) => ({ what, changed: put(changed) }));
  switch (expr.op) {
    case 'compare':
      return isReading(expr.left) || isReading(expr.right)
        ? []
        : FLIPS[expr.is].map((is) => ({ what: `${expr.is} → ${is}`, changed: { ...expr, is } }));
    case 'in':
      return isReading(expr.left) ? [] : [{ what: 'in → not in', changed: { op: 'not', type: 'boolean', of: expr } }];
    case 'and':
    case 'or':
      return expr.of.flatMap((child, at) => inside(child, (changed) => ({ ...expr, of: expr.of.with(at, changed) })));
    case 'not':
      return inside(expr.of, (of) => ({ ...expr, of }));
    case 'if':
      return [
        ...inside(expr.if, (condition) => ({ ...expr, if: condition })),
        ...inside(expr.then, (then) => ({ ...expr, then })),
        ...inside(expr.else, (otherwise) => ({ ...expr, else: otherwise })),
      ];
    case 'exists':
    case 'all':
    case 'count':
    case 'sum':
      return inside(expr.body, (body) => ({ ...expr, body }));
    default:
      return [];
  }
}

/** Readings have their own cases under each option; they are not turned round here. */
const isReading = (expr: Expr): boolean => expr.op === 'reading';
