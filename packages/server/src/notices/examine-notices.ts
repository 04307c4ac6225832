import type { Context } from '../platform/context.ts';
import { closeCarriers, openCarriers } from '../platform/messaging/index.ts';
import { countAll, listCauses, overdueMessages } from './store-outbox.ts';

const DAY_MS = 86_400_000;

/** Whether everything is told and sent: events that could not be told, messages a day late, a mail server or gateway that does not answer. */
export async function examineNotices({ db, config, clock }: Context): Promise<{ looked: number; faults: string[] }> {
  const stuck = await listCauses(db, true);
  const late = await overdueMessages(db, new Date(clock.now().getTime() - DAY_MS));
  const carriers = await openCarriers(config.messaging, config.publicUrl);
  const silent = await Promise.all(Object.values(carriers).map((carrier) => carrier.check()));
  closeCarriers(carriers);
  return {
    looked: await countAll(db),
    faults: [
      ...stuck.map(({ eventId, action, problem }) => `事件 ${eventId}（${action}）没有生成通知：${problem ?? ''}`),
      ...late.map(
        ({ id, channel, problem }) => `${channel === 'mail' ? '邮件' : '短信'} ${id} 一天还没有发出：${problem ?? ''}`,
      ),
      ...silent.filter((problem) => problem !== undefined),
    ],
  };
}
