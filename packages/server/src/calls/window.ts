import { officialInstant, windowAt, type LinkedCall, type Window } from '@keshen/rules';
import { ok, refused, type Result } from '../platform/http/result.ts';
import type { LoadedRound } from './round.ts';

/**
 * Whether an action may be done at the instant its request was received, to the millisecond. The refusal tells the times and the clause.
 * An action that no window of the call names is not done in this call at all: nothing is accepted without a time for it.
 */
export function windowVerdict(round: LoadedRound, action: string, instant: Date): Result<Window> {
  const linked = round.linkedAt(instant);
  const { state, window, text, opens, closesInclusive } = windowAt(linked, action, instant.getTime(), round.shiftMs);
  const at = instant.toISOString();
  if (!window) return refused(403, { code: 'no_such_step', message: '本通知没有安排这一步。', at });
  if (state === 'open') return ok(window);
  const early = state === 'notYet' && opens !== undefined;
  const bound = !early && closesInclusive === false ? '截止时刻本身不算在内。' : '';
  return refused(403, {
    code: early ? 'window_not_open' : 'window_closed',
    message: `${text ?? ''}${bound}您的请求于${officialInstant(instant.getTime())}收到。`,
    remedy: early ? '请在开始以后再操作。' : '已填写的内容保留可看；确有特殊情况的，请联系发布通知的部门。',
    clause: clauseOf(linked, window),
    at,
  });
}

export function clauseOf({ call }: Pick<LinkedCall, 'call'>, window: Window): { id: string; at: string } {
  const id = window.clauses[0] ?? '';
  return { id, at: call.clauses.find((clause) => clause.id === id)?.at ?? '' };
}
