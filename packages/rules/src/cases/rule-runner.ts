import type { CompiledCall, CompiledRule } from '../call.ts';
import { contextOf } from '../evaluate/context.ts';
import { outcomeOf } from '../evaluate/judge-rule.ts';
import { resolveRule, type LinkedCall } from '../evaluate/link.ts';
import type { ReferenceData } from '../reference.ts';
import type { Subject } from '../subject.ts';
import type { Outcome } from '../verdict.ts';
import { Links } from './links.ts';

/** Judges single rules, also rules that no call holds: variants made to see whether anything notices. */
export class RuleRunner {
  readonly #links: Links;

  constructor(compiled: CompiledCall, reference: ReferenceData) {
    this.#links = new Links({ ...compiled, rules: [] }, reference);
  }

  linked(subject: Subject, readings: Readonly<Record<string, string>> = {}): LinkedCall {
    return this.#links.on(subject.at.date, readings);
  }

  /** The rule as it stands for a day and its readings. */
  resolved(rule: CompiledRule, linked: LinkedCall): CompiledRule {
    return resolveRule(rule, { parameters: linked.parameters, readings: linked.readings });
  }

  outcome(rule: CompiledRule, subject: Subject, readings: Readonly<Record<string, string>> = {}): Outcome {
    const linked = this.linked(subject, readings);
    return outcomeOf(linked, this.resolved(rule, linked), contextOf(subject)).outcome;
  }
}
