import { attempt, type By, eventBy } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import * as store from './store-requests.ts';

export type Asked = { kind: store.RequestKind; text: string; name: string | null };

/** Somebody asks that what is wrong be put right, or that the account be closed and its data deleted (个人信息保护法 第四十六、四十七条). */
export const askAboutOwnData = (context: Context, by: By, asked: Asked): Promise<Result<{ id: string }>> =>
  attempt(
    context,
    by,
    { action: 'askAboutOwnData', subject: { kind: 'person', id: by.actor.personId } },
    async (trx) => {
      const { personId } = by.actor;
      const text = asked.text.trim();
      if (text.length < 2) {
        return refused(422, {
          code: 'reason_missing',
          message: '没有写明要求。',
          where: 'text',
          remedy: asked.kind === 'correction' ? '请写明哪里不对、应当是什么。' : '请写明为什么要注销账号。',
        });
      }
      const name = asked.name?.trim() ? asked.name.trim() : null;
      const id = await store.insertRequest(trx, { personId, kind: asked.kind, text, name, askedAt: by.at });
      if (!id) {
        return refused(409, {
          code: 'asked_already',
          message: '您有一份同样的申请正在办理。',
          remedy: '请等办结；十五个工作日没有答复的，请联系单位管理员。',
        });
      }
      await context.log(trx, {
        ...eventBy(by, { action: 'askAboutOwnData', subject: { kind: 'person', id: personId } }),
        outcome: 'done',
        detail: { request: id, kind: asked.kind },
      });
      return ok({ id });
    },
  );
