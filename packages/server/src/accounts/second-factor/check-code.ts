import type { AccountsContext } from '../accounts-context.ts';
import { ok, refused, type Refused, type Result } from '../../platform/http/result.ts';
import { readRecoveryCode, recoveryCodeMatches } from './recovery-codes.ts';
import * as store from './store.ts';
import { stepOf } from './totp.ts';

const refusedCode = (code: string, message: string, remedy: string): Refused =>
  refused(422, { code, message, where: 'code', remedy });

const mismatch = (): Refused =>
  refusedCode('wrong_code', '验证码不对。', '请输入验证器里现在显示的 6 位数字；一直不对的，请核对手机的时间。');

/** Uses up a code of the authenticator or a recovery code of this person; each works once. The caller counts the attempt. */
export async function checkCode(
  { db }: AccountsContext,
  personId: string,
  typed: string,
  at: Date,
): Promise<Result<'totp' | 'recoveryCode'>> {
  const digits = typed.normalize('NFKC').replace(/\s/g, '');
  if (/^\d{6}$/.test(digits)) {
    const factor = await store.findSecondFactor(db, personId);
    if (!factor) return mismatch();
    const step = stepOf(factor.secret, digits, at);
    if (step === undefined) return mismatch();
    if (await store.spendStep(db, personId, step)) return ok('totp');
    return refusedCode(
      'code_used',
      '这个验证码已经用过。',
      '每个验证码只能用一次，请等验证器显示下一个（至多 30 秒）。',
    );
  }
  const recovery = readRecoveryCode(typed);
  const known = recovery && (await store.findRecoveryCode(db, personId, recovery.position));
  if (!known || !(await recoveryCodeMatches(known.codeHash, recovery.plain))) return mismatch();
  if (await store.spendRecoveryCode(db, personId, recovery.position, at)) return ok('recoveryCode');
  return refusedCode('code_used', '这个恢复码已经用过。', '每个恢复码只能用一次，请用另一个。');
}
