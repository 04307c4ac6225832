const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 3天4小时, 4小时20分钟, 20分钟, 不到1分钟: rounded down, so that nobody is promised time that is not there. */
export function spanText(ms: number): string {
  const days = Math.floor(ms / DAY);
  const hours = Math.floor((ms % DAY) / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  if (days > 0) return `${days}天${hours > 0 ? `${hours}小时` : ''}`;
  if (hours > 0) return `${hours}小时${minutes > 0 ? `${minutes}分钟` : ''}`;
  return minutes > 0 ? `${minutes}分钟` : '不到1分钟';
}
