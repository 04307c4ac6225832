import { forgetReadings } from '../platform/audit/forget-readings.ts';
import { gatherRoots, stampRoots } from '../platform/audit/gather-roots.ts';
import { timeStampingOf } from '../platform/audit/time-stamping.ts';
import type { Context } from '../platform/context.ts';

/** A root every ten minutes, in ms: what is younger than that is protected by its chain alone. */
const EVERY_MS = 600_000;

/**
 * Gathers and stamps roots now and from time to time; the returned function ends it. Each server may do so, one at a time works. A fault is
 * said and tried again: neither the log nor the house depends on it.
 */
export function keepLog(context: Context, complain: (text: string) => void): () => void {
  const { config, clock, db } = context;
  const { stamper } = timeStampingOf(config, clock);
  if (!stamper) complain('没有设置时间戳服务（KESHEN_TSA_URL）：日志的根只有签名，没有时间戳。');
  const keep = async (): Promise<void> => {
    try {
      await gatherRoots(context, clock.now());
      if (config.logMonths !== undefined) await forgetReadings(db, config.logMonths, clock.now());
      if (stamper) await stampRoots(db, stamper, () => clock.now());
    } catch (error) {
      complain(`固定日志没有成功，${EVERY_MS / 60_000}分钟后再试：${error instanceof Error ? error.message : ''}`);
    }
  };
  void keep();
  const timer = setInterval(() => void keep(), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
