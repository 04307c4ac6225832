import type { CompiledRule } from '../call.ts';
import { parseDate } from '../calendar/dates.ts';
import { decideByRange } from '../evaluate/comparisons.ts';
import type { LinkedCall } from '../evaluate/link.ts';
import { POSSIBLE, settle } from '../evaluate/rule-outcome.ts';
import type { Value } from '../evaluate/values.ts';
import type { Subject } from '../subject.ts';
import type { CompareOperator } from '../tree.ts';
import type { Outcome } from '../verdict.ts';
import { BYTE_OF, ROW_RANK, type Batch } from './batch.ts';
import { RUNTIME, type Truth } from './runtime.ts';
import { TermCode, type Temps } from './term-code.ts';

/**
 * A batch as generated code: every answer is read once for all rules, every term is plain JavaScript. For servers and
 * command lines only: a browser's content policy forbids making code from text. The text is made from the compiled tree
 * alone; words of a definition get into it only as JSON strings.
 */
export function generatedBatch(linked: LinkedCall): Batch {
  const terms = new TermCode(linked);
  const source = new RuleCode(terms).source(linked.rules);
  // eslint-disable-next-line no-new-func -- the purpose of this module
  const make = new Function('R', 'K', source) as (runtime: typeof RUNTIME, constants: readonly unknown[]) => Judge;
  const judge = make({ ...RUNTIME, ...TABLES }, terms.constants);
  return {
    rules: linked.rules.map(({ id }) => id),
    judge: (subject, out, at = 0) => judge(subject, parseDate(subject.at.date), out, at),
  };
}

type Judge = (subject: Subject, today: number | undefined, out: Uint8Array, at: number) => void;

/** From a set of possible outcomes to the byte, and from a byte to its rank among rows. */
const TABLES = {
  SETTLED: Uint8Array.from({ length: 32 }, (_, possible) => BYTE_OF[settle(possible)]),
  RANK: Uint8Array.from(
    (['pass', 'fail', 'unknown', 'needs_human', 'not_applicable'] as const satisfies readonly Outcome[]).map(
      (outcome) => ROW_RANK[outcome],
    ),
  ),
  range: (a: Value, b: Value, c: Value, d: Value, is: CompareOperator): Truth =>
    RUNTIME.truth(decideByRange([a, b] as never, [c, d] as never, is)),
};

/** Writes the functions that judge rules, and the one that judges an application by all of them. */
class RuleCode {
  readonly #terms: TermCode;

  constructor(terms: TermCode) {
    this.#terms = terms;
  }

  source(rules: readonly CompiledRule[]): string {
    const calls = rules.map((rule, place) => {
      const name = this.#rule(rule);
      return `try{out[at+${place}]=${name}()}catch{out[at+${place}]=${BYTE_OF.defect}}`;
    });
    return `'use strict';
const {SETTLED,RANK}=R;
let T;${this.#terms.answers.declaration()}
${this.#terms.functions.join('\n')}
return function judge(subject,today,out,at){T=today;
const A=subject.application??R.EMPTY,M=subject.materials??R.EMPTY,F=subject.facts??R.EMPTY;
${this.#terms.answers.prologue()}
${calls.join('\n')}
}`;
  }

  /** A function that yields the byte of a rule. */
  #rule(rule: CompiledRule): string {
    const { forEach } = rule;
    if (!forEach) return this.#terms.function(0, (temps) => `let p=0;${this.#byte(rule, temps)}`);
    const ofRow = this.#terms.function(1, (temps) => this.#byte(rule, temps), { also: ['p'] });
    const list = this.#terms.answers.list(forEach.list);
    const { when } = rule;
    const whole = when && this.#terms.function(1, (own) => `return ${this.#terms.test(when, own)}`);
    const without = whole ? `${whole}(R.EMPTY)===0?${BYTE_OF.not_applicable}:${BYTE_OF.unknown}` : BYTE_OF.unknown;
    const loop = (temps: Temps): string => {
      const concerned = forEach.when ? this.#terms.test(forEach.when, temps) : '2';
      return `const l=${list};if(l===undefined)return ${without};
let worst=${BYTE_OF.not_applicable};
for(let i=0;i<l.length;i++){const r0=l[i]??R.EMPTY;const here=${concerned};if(here===0)continue;
const byte=${ofRow}(r0,here===1?${POSSIBLE.not_applicable}:0);
if(RANK[byte]>RANK[worst])worst=byte}
return worst`;
    };
    return this.#terms.function(0, loop, { deeper: 1 });
  }

  /** Statements that return the byte of a rule, for the row in force; `p` holds what is possible besides. */
  #byte(rule: CompiledRule, temps: Temps): string {
    const { pass, fail, needs_human: human, not_applicable: idle } = POSSIBLE;
    const lines = ['let t=0;'];
    if (rule.when) {
      lines.push(
        `t=${this.#terms.test(rule.when, temps)};if(t===0)return ${BYTE_OF.not_applicable};if(t===1)p|=${idle};`,
      );
    }
    for (const exception of rule.except) {
      const bit = POSSIBLE[exception.outcome];
      lines.push(`t=${this.#terms.test(exception.when, temps)};if(t===2)return SETTLED[p|${bit}];if(t===1)p|=${bit};`);
    }
    if (rule.require) {
      const broken = `if(t===0)return SETTLED[p|${fail}];if(t===1)return SETTLED[p|${pass | fail}];`;
      lines.push(`t=${this.#terms.test(rule.require, temps)};${broken}`);
    }
    if (!rule.human) return `${lines.join('')}return SETTLED[p|${pass}]`;
    lines.push(`t=${this.#terms.test(rule.human.when, temps)};`);
    return `${lines.join('')}return SETTLED[t===2?p|${human}:p|${pass}|(t===1?${human}:0)]`;
  }
}
