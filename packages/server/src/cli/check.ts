import {
  dateOfInstant,
  evaluate,
  linkCall,
  parseInstant,
  rollUp,
  windowAt,
  type LinkedCall,
  type RollUp,
  type Subject,
  type Verdict,
} from '@keshen/rules';
import { readArguments, UsageError } from './arguments.ts';
import { openCall } from './open-call.ts';
import { readDocument } from './read-document.ts';

const USAGE = '用法：keshen check CALL 申报.json [--facts 登记信息.json] [--at 2025-11-20T10:00:00+08:00] [--json]';

/**
 * Judges one application from a file. The instant is `--at`, else the document's own `at`, else now. Exit code 0 ready, 1 not
 * (blocked, incomplete, needs a person, or outside of the window), 2 wrong use or unreadable input.
 */
export async function run(args: string[]): Promise<number> {
  const { positional, optional, flag } = readArguments(args, ['facts', 'at'], ['json']);
  const [name, file, ...rest] = positional;
  if (!file || rest.length > 0) throw new UsageError(USAGE);
  const { call, reference } = await openCall(name);
  const subject = await readDocument(call.compiled, file, { facts: optional('facts'), at: optional('at') });
  const linked = linkCall(call.compiled, { asOf: subject.at.date, reference });
  const verdicts = [windowVerdict(linked, subject), ...evaluate(linked, subject)];
  const whole = rollUp(verdicts);
  if (flag('json')) {
    console.log(JSON.stringify({ call: call.key, at: subject.at.instant, rollUp: whole, verdicts }, undefined, 2));
  } else print(whole, verdicts);
  return whole === 'ready' ? 0 : 1;
}

/** Whether it could be submitted at that instant, as a verdict beside the others. */
function windowVerdict(linked: LinkedCall, subject: Subject): Verdict {
  const { state, window, text } = windowAt(linked, 'submit', subject.at.instant);
  const id = window?.clauses[0] ?? linked.form.completeness.clause;
  const clause = linked.call.clauses.find((candidate) => candidate.id === id);
  const title = window?.title ?? '申报时间';
  return {
    rule: `window:${window?.key ?? 'submit'}`,
    title,
    clause: { id, at: clause?.at ?? '' },
    outcome: state === 'open' ? 'pass' : 'fail',
    severity: 'block',
    fields: [],
    asks: clause?.text ?? title,
    found: dateOfInstant(parseInstant(subject.at.instant) ?? 0),
    text: text ?? `现在可以提交。依据《通知》${clause?.at ?? ''}。`,
  };
}

const WHOLE: Record<RollUp, string> = {
  blocked: '不能提交：有不符合的条款。',
  incomplete: '还不能提交：有没填的，或者缺少资料。',
  needs_person: '可以提交，有几项要由人判断。',
  ready: '可以提交。',
};
const MARKS = { fail: '✗', unknown: '？', needs_human: '☺', pass: '✓', not_applicable: '–' } as const;

function print(whole: RollUp, verdicts: readonly Verdict[]): void {
  for (const outcome of ['fail', 'unknown', 'needs_human'] as const) {
    for (const verdict of verdicts.filter((candidate) => candidate.outcome === outcome)) {
      const hint = verdict.severity === 'hint' ? '（提示）' : '';
      console.log(`${MARKS[outcome]} ${hint}${verdict.title}：${verdict.text}${verdict.remedy ?? ''}`);
    }
  }
  const fine = verdicts.filter(({ outcome }) => outcome === 'pass').length;
  const idle = verdicts.filter(({ outcome }) => outcome === 'not_applicable').length;
  console.log(`\n${WHOLE[whole]}（符合 ${fine} 项，不适用 ${idle} 项）`);
}
