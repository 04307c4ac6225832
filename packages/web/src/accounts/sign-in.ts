import { call, type Answer } from '../api/client.ts';
import type { Me } from '../api/types.ts';
import { solve, type Challenge, type Proof } from './proof-of-work.ts';

/** The password was right; the code is awaited until then. */
export type CodeAwaited = { codeUntil: string };
export const awaitsCode = (value: Me | CodeAwaited): value is CodeAwaited => 'codeUntil' in value;

/** Does the work that the server may ask of a busy address, once, without asking the person. */
export async function signIn(login: string, password: string): Promise<Answer<Me | CodeAwaited>> {
  const send = (proof?: Proof) =>
    call<Me | CodeAwaited>('POST', '/session', { body: { login, password, ...(proof && { proof }) } });
  const answer = await send();
  if (answer.ok || answer.refusal.code !== 'proof_required') return answer;
  const proof = await solve(answer.refusal.current as Challenge);
  if (proof) return send(proof);
  const remedy = '请改用 https:// 开头的网址打开本系统，或过半小时再试。';
  return { ...answer, refusal: { ...answer.refusal, remedy } };
}

export const enterCode = (code: string): Promise<Answer<Me>> => call<Me>('POST', '/session/code', { body: { code } });
