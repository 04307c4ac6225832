import type { AccountsContext, Visit } from './accounts-context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { keysOf } from '../platform/secrets/index.ts';
import { checkProof, newChallenge, PROOF_FROM, type Proof } from './proof.ts';
import { failuresOfAddress } from './store.ts';
import { spendProof } from './store-proofs.ts';

/**
 * From an address with many failures a sign-in costs its sender a little work (once each), so that guessing many logins from one place is
 * dear. The browser does it by itself: no picture, no sound, no third party.
 */
export async function demandProof(
  { db }: AccountsContext,
  proof: Proof | undefined,
  { address, at }: Visit,
): Promise<Result<undefined>> {
  if ((await failuresOfAddress(db, { address, at })).length < PROOF_FROM) return ok(undefined);
  const keys = await keysOf(db);
  const until = proof && checkProof((text) => keys.index(text), proof, address, at);
  if (until && (await spendProof(db, proof.challenge, until))) return ok(undefined);
  return refused(428, {
    code: 'proof_required',
    message: '从这个网络地址登录失败的次数很多，须由浏览器先做一小段计算才能登录。',
    remedy: '浏览器会自动计算，一般一两秒；没有自动继续的，请刷新页面重试。',
    current: newChallenge((text) => keys.index(text), address, at),
  });
}
