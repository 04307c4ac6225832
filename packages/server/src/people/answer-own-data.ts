import { findNameFault, normaliseName, roleLabel } from '../accounts/index.ts';
import { attempt, type By, eventBy } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { findMember } from './store.ts';
import * as store from './store-requests.ts';

export type Answer = { id: string; decision: 'done' | 'refused'; answer: string };

/**
 * The organisation of an applicant, or a security administrator, answers a request about personal data. Done is done: the name is put
 * right, the account is closed. Nobody answers his own.
 */
export const answerOwnData = (
  context: Context,
  by: By,
  organisationId: string | undefined,
  { id, decision, answer }: Answer,
): Promise<Result<undefined>> =>
  attempt(context, by, { action: 'answerOwnData', subject: { kind: 'personalDataRequest', id } }, async (trx) => {
    const request = await store.lockRequest(trx, id);
    const theirs =
      request && (organisationId === undefined || (await findMember(trx, organisationId, request.personId)));
    if (!request || !theirs) return refused(404, { code: 'not_found', message: '没有这份申请，或者它不归您办理。' });
    const { personId, kind, name } = request;
    if (personId === by.actor.personId) {
      return refused(403, { code: 'own_request', message: '自己的申请不能由自己办理。', remedy: '请由其他人办理。' });
    }
    if (request.decision) {
      return refused(409, { code: 'already_decided', message: '这份申请已经办结。', remedy: '请刷新页面。' });
    }
    if (!answer.trim()) {
      return refused(422, {
        code: 'reason_missing',
        message: '没有写答复。',
        where: 'answer',
        remedy: '请写明怎样办的，或者为什么不办；本人会看到。',
      });
    }
    if (decision === 'done' && kind === 'correction' && name !== null) {
      const fault = findNameFault(normaliseName(name), 'name');
      if (fault) return fault;
      await store.renamePerson(trx, personId, normaliseName(name));
    }
    if (decision === 'done' && kind === 'erasure') {
      const [office] = await store.officesOf(trx, personId);
      if (office) {
        return refused(409, {
          code: 'holds_office',
          message: `${request.personName}还是${roleLabel(office.role)}，不能注销。`,
          remedy: '请先办理交接，终止这个角色。',
        });
      }
      await store.closeAccount(trx, personId, {
        endedAt: by.at,
        endedBy: by.actor.personId,
        endReason: '本人申请注销',
      });
    }
    const decided = { decision, answer: answer.trim(), decidedBy: by.actor.personId, decidedAt: by.at };
    await store.answerRequest(trx, id, decided);
    await context.log(trx, {
      ...eventBy(by, { action: 'answerOwnData', subject: { kind: 'person', id: personId } }),
      outcome: 'done',
      detail: { request: id, kind, decision },
    });
    return ok(undefined);
  });
