import { addPerson, type MadeLink, makeLink } from '../accounts/index.ts';
import { attempt, type By } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import { ok, type Result } from '../platform/http/result.ts';

/** An account for somebody of an authority, a department or the house: without a role until two have agreed on one. */
export const addOfficial = (
  context: Context,
  by: By,
  { login, name }: { login: string; name: string },
): Promise<Result<{ id: string; login: string; name: string; link: MadeLink }>> =>
  attempt(context, by, { action: 'addPerson', subject: { kind: 'login', id: login.slice(0, 100) } }, async (trx) => {
    const { actor, at } = by;
    const person = await addPerson(trx, context.log, {
      login,
      name,
      password: undefined,
      temporary: false,
      at,
      by: actor,
    });
    if (!person.ok) return person;
    const link = await makeLink(trx, context.log, { personId: person.value, purpose: 'invitation', by: actor, at });
    return ok({ id: person.value, login, name, link });
  });
