import { decide, stepOf } from '@keshen/rules';
import { type By, mechanismClause, type Opened, requiredSeals, stateLabel } from '../applications/index.ts';
import { windowVerdict } from '../calls/index.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';

/** Sealing belongs to forwarding: whoever may forward may seal, in the same state and until the same instant. */
export const FORWARD = stepOf('forward');

export function maySeal(by: By, { row, round }: Opened): Result<void> {
  if (requiredSeals(round.compiled).length === 0) {
    return refused(409, {
      code: 'no_seal_asked',
      message: '这份申报通知没有要求电子印章。',
      remedy: '请按通知的要求在纸质材料上盖章。',
    });
  }
  const decision = decide(by.actor, 'application.seal', row);
  if (!decision.may && decision.why !== 'not_in_this_state') {
    return refused(403, {
      code: 'not_your_step',
      message: '您的账号不能给这份申报书盖章。',
      remedy: '电子印章由申报单位的管理员统一加盖。',
      ...mechanismClause(round, 'electronic_seal_before_forward'),
    });
  }
  if (!decision.may) {
    return refused(409, {
      code: 'wrong_state',
      message: `这份申报现在是“${stateLabel(row.state, round.compiled)}”，不能盖章。`,
      remedy: '申报人提交以后、提交下一步以前才能盖章；请刷新页面，看它现在在哪一步。',
      current: { state: row.state },
    });
  }
  const open = windowVerdict(round, FORWARD.action, by.at, row);
  return open.ok ? ok(undefined) : open;
}
