import type { CompiledRule } from '../call.ts';
import { clauseOf, RuleExplanation, type Judged, type RowOutcome } from '../explain/explain-rule.ts';
import { accordingTo, sentences } from '../explain/sentences.ts';
import type { Outcome, Verdict } from '../verdict.ts';
import { EMPTY_ROW, type Context } from './context.ts';
import type { LinkedCall } from './link.ts';
import { POSSIBLE, ruleOutcomes, settle, worstOf } from './rule-outcome.ts';

/** What a rule says of an application. A rule that throws is a defect and shows as one. */
export function judgeRule(linked: LinkedCall, rule: CompiledRule, context: Context): Verdict {
  try {
    const judged = outcomeOf(linked, rule, context);
    return new RuleExplanation(linked, rule, context, judged).verdict();
  } catch (error) {
    return defect(linked, rule, error);
  }
}

const outcomesByRule = new WeakMap<CompiledRule, (context: Context) => number>();

/** The rule's outcomes as a closure, made once. */
export function possibleOutcomes(linked: LinkedCall, rule: CompiledRule): (context: Context) => number {
  let made = outcomesByRule.get(rule);
  if (!made) {
    made = ruleOutcomes(rule, linked.closures);
    outcomesByRule.set(rule, made);
  }
  return made;
}

/** The outcome, and with a rule for rows the outcome of each row it concerns. */
export function outcomeOf(linked: LinkedCall, rule: CompiledRule, context: Context): Judged {
  const possible = possibleOutcomes(linked, rule);
  if (!rule.forEach) return { outcome: settle(possible(context)) };
  const rows = linked.closures.rows(rule.forEach.list)(context);
  if (rows === undefined) return { outcome: withoutRows(linked, rule, context) };
  const when = rule.forEach.when && linked.closures.test(rule.forEach.when);
  const judged: RowOutcome[] = [];
  for (const [at, each] of rows.entries()) {
    const row = each ?? EMPTY_ROW;
    context.rows[0] = row;
    const concerned = when ? when(context) : true;
    if (concerned === false) continue;
    const open = concerned === undefined ? POSSIBLE.not_applicable : 0;
    judged.push({ row, at, outcome: settle(open | possible(context)) });
  }
  return { outcome: worstOf(judged.map(({ outcome }) => outcome)), rows: judged };
}

/** Without the rows only a condition that does not ask about them can decide. */
function withoutRows(linked: LinkedCall, rule: CompiledRule, context: Context): Outcome {
  context.rows[0] = EMPTY_ROW;
  return rule.when && linked.closures.test(rule.when)(context) === false ? 'not_applicable' : 'unknown';
}

function defect(linked: LinkedCall, rule: CompiledRule, error: unknown): Verdict {
  const said = error instanceof Error ? error.message : String(error);
  const clause = clauseOf(linked, rule);
  return {
    rule: rule.id,
    title: rule.title,
    clause,
    outcome: 'unknown',
    severity: rule.severity,
    fields: rule.show,
    asks: rule.title,
    found: '系统判断这一条时出错',
    text: sentences(rule.title, '系统判断这一条时出错，不作通过也不作不通过，请联系管理员', accordingTo(clause.at)),
    missing: [],
    defect: said,
  };
}
