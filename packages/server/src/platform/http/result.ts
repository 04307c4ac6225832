import type { Verdict } from '@keshen/rules';
import type { FastifyReply } from 'fastify';

/** Why something was not done, for the person who asked: what, where, how to mend. All texts Chinese. */
export type Refusal = {
  code: string;
  message: string;
  where?: string;
  remedy?: string;
  clause?: { id: string; at: string };
  findings?: Verdict[];
  current?: unknown;
  /** ISO instant by which the request was judged. */
  at?: string;
};

export type Refused = { ok: false; status: number; refusal: Refusal };
export type Result<T> = { ok: true; value: T } | Refused;

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const refused = (status: number, refusal: Refusal): Refused => ({ ok: false, status, refusal });

/** Answers with the value (204 without one) or with `{ refusal }`. */
export function send<T>(reply: FastifyReply, result: Result<T>, status = 200): FastifyReply {
  if (!result.ok) return reply.code(result.status).send({ refusal: result.refusal });
  if (result.value === undefined) return reply.code(204).send();
  return reply.code(status).send(result.value);
}
