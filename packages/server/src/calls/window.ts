import { officialInstant, parseInstant, type LinkedCall, type Window } from '@keshen/rules';
import { refused, type Result, ok } from '../platform/http/result.ts';
import type { LoadedRound } from './round.ts';

export type WindowState = 'before' | 'open' | 'closed';

/** Bounds in ms since 1970; `opens` absent: no beginning. */
export type Bounds = { opens: number | undefined; closes: number; inclusive: boolean };

/** A window's bounds as they lie in reality: the notice's, moved by the rehearsal's shift. */
export function boundsOf(window: Window, shiftMs: number): Bounds {
  const instant = (text: string): number => {
    const parsed = parseInstant(text);
    if (parsed === undefined) throw new Error(`window ${window.key}: ${text} is no instant`);
    return parsed + shiftMs;
  };
  const { closesInclusive } = window;
  return {
    opens: window.opens === undefined ? undefined : instant(window.opens),
    closes: instant(window.closes),
    inclusive: closesInclusive?.op === 'const' ? closesInclusive.value === true : true,
  };
}

/** Judged to the millisecond. The opening instant is inside; the closing instant as the call says. */
export function stateAt({ opens, closes, inclusive }: Bounds, instant: Date): WindowState {
  const at = instant.getTime();
  if (opens !== undefined && at < opens) return 'before';
  return at < closes || (inclusive && at === closes) ? 'open' : 'closed';
}

/**
 * Whether an action may be done at the instant its request was received: in any of the windows that name it. The refusal tells the times
 * and the clause. An action that no window of the call names is not done in this call at all.
 */
export function windowVerdict(round: LoadedRound, action: string, instant: Date): Result<Window> {
  const linked = round.linkedAt(instant);
  const windows = linked.windows.filter((window) => window.actions.includes(action));
  const judged = windows.map((window) => {
    const bounds = boundsOf(window, round.shiftMs);
    return { window, bounds, state: stateAt(bounds, instant) };
  });
  const open = judged.find(({ state }) => state === 'open');
  if (open) return ok(open.window);

  const nearest =
    judged.find(({ state }) => state === 'before') ?? judged.toSorted((a, b) => b.bounds.closes - a.bounds.closes)[0];
  if (!nearest) {
    return refused(403, { code: 'no_such_step', message: '本通知没有安排这一步。', at: instant.toISOString() });
  }
  const { window, bounds, state } = nearest;
  const received = `您的请求于${officialInstant(instant.getTime())}收到`;
  return refused(403, {
    code: state === 'before' ? 'window_not_open' : 'window_closed',
    message:
      state === 'before'
        ? `“${window.title}”${officialInstant(bounds.opens ?? 0)}才开始，${received}。`
        : `“${window.title}”已于${officialInstant(bounds.closes)}截止${bounds.inclusive ? '' : '（不含该时刻）'}，${received}。`,
    remedy: state === 'before' ? '请在开始后再操作。' : '已填写的内容保留可看；确有特殊情况的，请联系发布通知的部门。',
    clause: clauseOf(linked, window),
    at: instant.toISOString(),
  });
}

export function clauseOf({ call }: Pick<LinkedCall, 'call'>, window: Window): { id: string; at: string } {
  const id = window.clauses[0] ?? '';
  return { id, at: call.clauses.find((clause) => clause.id === id)?.at ?? '' };
}
