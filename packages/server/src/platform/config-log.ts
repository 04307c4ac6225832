/** Where roots of the log are time-stamped (RFC 3161) and a PEM file with the roots of trust of that service. */
export type TimeStampingSettings = { address: string; roots: string };

/** The settings, none, or a Chinese text that says what is wrong. */
export function readTimeStamping(env: NodeJS.ProcessEnv): TimeStampingSettings | undefined | string {
  const address = env['KESHEN_TSA_URL'];
  const roots = env['KESHEN_TSA_ROOTS'];
  if (!address) return undefined;
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return `KESHEN_TSA_URL 应为时间戳服务的网址，现为“${address}”。`;
  }
  if (!roots) return '写了 KESHEN_TSA_URL，还要用 KESHEN_TSA_ROOTS 写明该服务根证书（PEM）的文件。';
  return { address, roots };
}

/** 网络安全法 第二十一条: network logs are kept six months at the least. */
export const LEAST_MONTHS = 6;

/** For how many months the records of reading and signing in are kept; absent for ever. A Chinese text says what is wrong. */
export function readLogMonths(env: NodeJS.ProcessEnv): number | undefined | string {
  const text = env['KESHEN_LOG_MONTHS'];
  if (!text) return undefined;
  const months = Number(text);
  if (Number.isInteger(months) && months >= LEAST_MONTHS && months <= 1200) return months;
  return `KESHEN_LOG_MONTHS 应为不小于 ${LEAST_MONTHS} 的整数（日志至少保存六个月），现为“${text}”。`;
}
