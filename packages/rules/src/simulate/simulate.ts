import { evaluate } from '../evaluate/evaluate.ts';
import { worstOf } from '../evaluate/rule-outcome.ts';
import { rollUp } from '../evaluate/roll-up.ts';
import type { ReferenceData } from '../reference.ts';
import type { Subject } from '../subject.ts';
import type { Outcome, RollUp, Verdict } from '../verdict.ts';
import { Days, effectOf, type Day, type Side } from './days.ts';
import { Groups, type Group, type Happened } from './groups.ts';

/** An application of the database, or a generated one. */
export type Candidate = { id: string; title: string; subject: Subject };

/** `absent`: the rule is not there on this side. */
export type SimulatedOutcome = Outcome | 'absent';

export type RuleChange = { rule: string; title: string; from: SimulatedOutcome; to: SimulatedOutcome };

export type ChangedExample = {
  id: string;
  title: string;
  from: RollUp;
  to: RollUp;
  changes: (RuleChange & { text: string })[];
};

export type Simulation = {
  judged: number;
  /** No parameter holds on their day. */
  unjudged: number;
  /** Some verdict is another one; for some of them the whole is as well. */
  changed: number;
  rollUpChanged: number;
  rollUps: { from: RollUp; to: RollUp; count: number }[];
  rules: (RuleChange & { count: number })[];
  topics: Group[];
  regions: Group[];
  kinds: Group[];
  examples: ChangedExample[];
};

const EXAMPLES_OF_A_KIND = 3;

/**
 * Judges applications by a call as it is and as it would be, and counts whose verdict changes. A verdict has changed when it
 * lets through, fails, asks a person or stays open otherwise than before. Rules are compared by the batch; where they differ,
 * the whole application is judged, its form and materials included. Windows are not simulated.
 */
export class Simulator {
  readonly #days: Days;
  readonly #groups: Groups;
  readonly #rollUps = new Map<string, Simulation['rollUps'][number]>();
  readonly #rules = new Map<string, Simulation['rules'][number]>();
  readonly #examples: ChangedExample[] = [];
  readonly #counts = { judged: 0, unjudged: 0, changed: 0, rollUpChanged: 0 };

  constructor(before: Side, after: Side, reference: ReferenceData) {
    this.#days = new Days(before, after, reference);
    this.#groups = new Groups(before.compiled, reference);
  }

  add(candidate: Candidate): void {
    const { subject } = candidate;
    const day = this.#days.on(subject.at.date);
    if (!day) {
      this.#counts.unjudged += 1;
      return;
    }
    this.#counts.judged += 1;
    this.#groups.count(subject, day.mayDiffer(subject) ? this.#compare(candidate, day) : undefined);
  }

  report(): Simulation {
    const byCount = <T extends { count: number }>(map: ReadonlyMap<string, T>): T[] =>
      [...map.values()].toSorted((a, b) => b.count - a.count);
    return {
      ...this.#counts,
      rollUps: byCount(this.#rollUps),
      rules: byCount(this.#rules),
      ...this.#groups.report(),
      examples: this.#examples,
    };
  }

  #compare({ id, title, subject }: Candidate, day: Day): Happened {
    const [old, now] = [evaluate(day.before, subject), evaluate(day.after, subject)];
    const changes = changesBetween(old, now);
    if (changes.length === 0) return undefined;
    const [from, to] = [rollUp(old), rollUp(now)];
    this.#counts.changed += 1;
    if (from !== to) this.#counts.rollUpChanged += 1;
    const seen = countIn(this.#rollUps, `${from} ${to}`, { from, to });
    for (const { rule, title: named, from: was, to: is } of changes) {
      countIn(this.#rules, `${rule} ${was} ${is}`, { rule, title: named, from: was, to: is });
    }
    if (seen <= EXAMPLES_OF_A_KIND) this.#examples.push({ id, title, from, to, changes });
    return { rollUpChanged: from !== to };
  }
}

function countIn<T extends object>(counts: Map<string, T & { count: number }>, key: string, what: T): number {
  const known = counts.get(key) ?? { ...what, count: 0 };
  counts.set(key, known);
  known.count += 1;
  return known.count;
}

function changesBetween(before: readonly Verdict[], after: readonly Verdict[]): ChangedExample['changes'] {
  const [old, now] = [byRule(before), byRule(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((rule) => {
    const [was, is] = [old.get(rule), now.get(rule)];
    const from = was?.outcome ?? 'absent';
    const to = is?.outcome ?? 'absent';
    const { title = rule, text = '' } = is ?? was ?? {};
    return effectOf(from) === effectOf(to) ? [] : [{ rule, title, from, to, text }];
  });
}

/** One verdict for each rule, form entry and material, whatever rows it was asked for: the worst. */
function byRule(verdicts: readonly Verdict[]): Map<string, Verdict> {
  const worst = new Map<string, Verdict>();
  for (const verdict of verdicts) {
    const rule = withoutRow(verdict.rule);
    const other = worst.get(rule);
    if (!other || worstOf([other.outcome, verdict.outcome]) !== other.outcome) worst.set(rule, verdict);
  }
  return worst;
}

/** `form:valid:partners.list[p1].country` and `material:agreement:p1` without the row. */
function withoutRow(rule: string): string {
  const whole = rule.replaceAll(/\[[^\]]*\]/g, '');
  return whole.startsWith('material:') ? whole.split(':').slice(0, 2).join(':') : whole;
}
