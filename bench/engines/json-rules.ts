import type { CompiledRule, Expr, LinkedCall, Subject } from '@keshen/rules';
import { Engine, type AllConditions, type AnyConditions, type NestedCondition } from 'json-rules-engine';
import type { JsonLogic } from './json-logic.ts';

export type JsonRules = {
  /** The rules that fail and those that want a person, by id. All others let the application through. */
  judge: (subject: Subject) => Promise<ReadonlyMap<string, 'fail' | 'needs_human'>>;
};

/**
 * The rules of a call for json-rules-engine: conditions of its own (`all`, `any`, `not`, `equal`, `in`, `lessThan` …) over
 * facts and paths, an event for each rule that fails or wants a person. It has no arithmetic and no conditions over rows:
 * those are computed facts, run by compiled JSON Logic, which costs it next to nothing. Two-valued.
 */
export function jsonRulesOf(linked: LinkedCall, logic: JsonLogic): JsonRules {
  const translator = new Translator(logic);
  const rules = linked.rules.flatMap((rule) => translator.rule(rule));
  const engine = new Engine([], { allowUndefinedFacts: true, pathResolver: byDots });
  for (const [id, run] of translator.computed) {
    engine.addFact(id, async (_, almanac) => run(await almanac.factValue<Subject>('subject')));
  }
  for (const { id, outcome, conditions } of rules)
    engine.addRule({ conditions, event: { type: outcome, params: { id } } });
  return {
    judge: async (subject) => {
      const { events } = await engine.run({ subject, ...subject });
      return new Map(
        events.map(({ type, params }) => [String(params?.['id']), type === 'fail' ? 'fail' : 'needs_human']),
      );
    },
  };
}

/** Much faster than the JSONPath it uses by default. */
function byDots(value: unknown, path: string): unknown {
  let found: unknown = value;
  for (const key of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

type Written = { id: string; outcome: 'fail' | 'needs_human'; conditions: AllConditions | AnyConditions };

const OPERATORS = {
  '==': 'equal',
  '!=': 'notEqual',
  '<': 'lessThan',
  '<=': 'lessThanInclusive',
  '>': 'greaterThan',
  '>=': 'greaterThanInclusive',
} as const;

class Translator {
  readonly computed = new Map<string, (subject: Subject) => unknown>();
  readonly #logic: JsonLogic;

  constructor(logic: JsonLogic) {
    this.#logic = logic;
  }

  rule(rule: CompiledRule): Written[] {
    const { id, forEach, when, except, require, human } = rule;
    const outcomes = (['fail', 'needs_human'] as const).filter(
      (outcome) =>
        except.some((exception) => exception.outcome === outcome) ||
        (outcome === 'fail' ? require : human) !== undefined,
    );
    if (forEach || except.some(({ outcome }) => outcome !== 'not_applicable' && outcome !== 'pass')) {
      return outcomes.map((outcome) => ({
        id,
        outcome,
        conditions: { all: [this.#compute(`${id} ${outcome}`, this.#logic.compileOutcome(rule, outcome))] },
      }));
    }
    const before = [
      ...(when ? [this.condition(when)] : []),
      ...except.map((exception): NestedCondition => ({ not: this.condition(exception.when) })),
    ];
    return outcomes.map((outcome) => ({
      id,
      outcome,
      conditions: {
        all: [
          ...before,
          ...(require ? [outcome === 'fail' ? { not: this.condition(require) } : this.condition(require)] : []),
          ...(outcome === 'needs_human' && human ? [this.condition(human.when)] : []),
        ],
      },
    }));
  }

  condition(expr: Expr): NestedCondition {
    switch (expr.op) {
      case 'and':
        return { all: expr.of.map((child) => this.condition(child)) };
      case 'or':
        return { any: expr.of.map((child) => this.condition(child)) };
      case 'not':
        return { not: this.condition(expr.of) };
      case 'compare':
        if (expr.left.op === 'field' && expr.right.op === 'const' && typeof expr.right.value !== 'object') {
          return { ...place(expr.left.path), operator: OPERATORS[expr.is], value: expr.right.value };
        }
        break;
      case 'in':
        if (expr.left.op === 'field' && expr.right.op === 'const') {
          return { ...place(expr.left.path), operator: 'in', value: expr.right.value };
        }
        break;
      case 'field':
        return { ...place(expr.path), operator: 'equal', value: true };
    }
    return this.#compute(JSON.stringify(expr), this.#logic.compile(expr));
  }

  #compute(fact: string, run: (subject: Subject) => unknown): NestedCondition {
    this.computed.set(fact, run);
    return { fact, operator: 'equal', value: true };
  }
}

const place = (path: string): { fact: string; path: string } => ({ fact: 'application', path });
