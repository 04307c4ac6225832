import { forgetOld } from './accounts/index.ts';
import { keepLog } from './audit/index.ts';
import { makeDigests, passMarks, type Sender, sendMessages, tellCauses } from './notices/index.ts';
import { forgetUnclaimedDocuments } from './organisations/index.ts';
import { timeStampingOf } from './platform/audit/time-stamping.ts';
import { sealPending } from './seals/index.ts';
import type { Context } from './platform/context.ts';
import { throughout } from './platform/db/reach.ts';
import { closeCarriers, openCarriers } from './platform/messaging/index.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

type Job = { name: string; everyMs: number; run: (now: Date) => Promise<unknown> };

/**
 * What the house does of itself from time to time, in each server: every job lets several of them work at once. A fault is said and the job
 * tried again at its next time. Answers how to end it: what is under way is waited for.
 */
export async function startJobs(context: Context, complain: (text: string) => void): Promise<() => Promise<void>> {
  const { config, clock, db } = context;
  const carriers = await openCarriers(config.messaging, config.publicUrl);
  const ending = new AbortController();
  const sender: Sender = { carriers, rests: {}, clock: () => clock.now(), until: ending.signal };
  if (!timeStampingOf(config, clock).stamper) {
    complain('没有设置时间戳服务（KESHEN_TSA_URL）：日志的根只有签名，没有时间戳。');
  }
  const jobs: Job[] = [
    { name: '固定日志', everyMs: 10 * MINUTE_MS, run: () => keepLog(context) },
    { name: '清理过期的登录', everyMs: 24 * 60 * MINUTE_MS, run: (now) => forgetOld(db, now) },
    { name: '清理没有提交的注册材料', everyMs: 24 * 60 * MINUTE_MS, run: (now) => forgetUnclaimedDocuments(db, now) },
    { name: '提醒时限', everyMs: MINUTE_MS / 2, run: (now) => passMarks(context, now) },
    { name: '盖电子印章', everyMs: SECOND_MS, run: () => sealPending(context) },
    { name: '生成通知', everyMs: 2 * SECOND_MS, run: (now) => tellCauses(context, now, ending.signal) },
    { name: '合成每日邮件', everyMs: MINUTE_MS, run: (now) => makeDigests(context, now) },
    { name: '发送邮件和短信', everyMs: 2 * SECOND_MS, run: () => sendMessages(context, sender) },
  ];
  const endings = jobs.map(({ name, everyMs, run }) => {
    let running: Promise<void> | undefined;
    const go = (): void => {
      running ??= throughout(() => run(clock.now()))
        .then(() => undefined)
        .catch((error: unknown) =>
          complain(`${name}没有成功，稍后再试：${error instanceof Error ? error.message : ''}`),
        )
        .finally(() => (running = undefined));
    };
    go();
    const timer = setInterval(go, everyMs);
    timer.unref();
    return async (): Promise<void> => {
      clearInterval(timer);
      await running;
    };
  });
  return async () => {
    ending.abort();
    await Promise.all(endings.map((end) => end()));
    closeCarriers(carriers);
  };
}
