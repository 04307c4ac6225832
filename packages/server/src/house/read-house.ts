import { readFileSync } from 'node:fs';
import type { Context } from '../platform/context.ts';
import * as store from './store.ts';

type Warning = { message: string; remedy: string };

const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

/** How the installation stands: versions, settings, registers, what it does of itself, and what its administrator should mend. */
export async function readHouse(context: Context, at: Date) {
  const { config, db } = context;
  const [database, registers, rounds, upkeep, counts, administrators] = await Promise.all([
    store.database(db),
    store.registers(db),
    store.rounds(db),
    store.upkeep(db),
    store.counts(db),
    store.administrators(db),
  ]);
  return {
    at: at.toISOString(),
    versions: { keshen: version, node: process.versions.node, database: database.version },
    database: {
      megabytes: Math.round(database.bytes / 1_000_000),
      migrations: database.migrations,
      newest: database.newest,
    },
    counts,
    settings: [
      { name: '运行方式', value: config.production ? '正式' : '演练' },
      { name: '对外网址', value: config.publicUrl },
      { name: '数据库', value: config.databaseUrl ? '外部数据库' : '自带数据库' },
      { name: '附件存放', value: config.s3 ? '对象存储' : '本机文件夹' },
      { name: '病毒扫描', value: config.clamd ? '已接入' : '未接入' },
      { name: '时间戳服务', value: config.timeStamping ? '已接入' : '未接入' },
      { name: '单点登录', value: config.singleSignOn ? '已接入' : '未接入' },
      { name: '登录失败与查阅记录保留', value: config.logMonths ? `${config.logMonths}个月` : '一直保留' },
    ],
    upkeep: {
      lastRoot: upkeep.root?.ordinal ?? null,
      lastRootAt: upkeep.root?.madeAt ?? null,
      lastStampAt: upkeep.root?.stampedAt ?? null,
      eventsWaiting: upkeep.waiting,
      newestKeyAt: upkeep.newestKey?.createdAt ?? null,
    },
    registers,
    rounds,
    warnings: warningsOf(context, at, { registers, upkeep, administrators }),
  };
}

const DAY_MS = 86_400_000;
/** A root is made every ten minutes; a key is due for a change once a year. */
const ROOT_LATE_MS = 3600_000;
const KEY_OLD_MS = 400 * DAY_MS;

function warningsOf(
  { config }: Context,
  at: Date,
  {
    registers,
    upkeep,
    administrators,
  }: {
    registers: Awaited<ReturnType<typeof store.registers>>;
    upkeep: Awaited<ReturnType<typeof store.upkeep>>;
    administrators: Record<string, number>;
  },
): Warning[] {
  const warnings: Warning[] = [];
  const warn = (wrong: boolean, message: string, remedy: string): void => {
    if (wrong) warnings.push({ message, remedy });
  };
  const { root, waiting, newestKey } = upkeep;
  warn(
    (administrators['securityAdministrator'] ?? 0) < 2,
    '安全管理员不足两位，没有人能批准重要角色。',
    '请在服务器上用 keshen create-administrator --role securityAdministrator 补足。',
  );
  warn(
    !administrators['auditAdministrator'],
    '没有审计管理员，日志没有人看。',
    '请由安全管理员提出并批准一位，或用 keshen create-administrator 建立。',
  );
  warn(
    waiting > 0 && (!root || at.getTime() - root.madeAt.getTime() > ROOT_LATE_MS),
    `有${waiting}条日志一小时以上没有固定。`,
    '请查看服务器输出里“固定日志没有成功”的原因。',
  );
  warn(
    newestKey !== undefined && at.getTime() - newestKey.createdAt.getTime() > KEY_OLD_MS,
    '数据密钥一年多没有更换。',
    '请择时运行 keshen rotate-keys，系统不用停。',
  );
  warn(config.production && !config.clamd, '没有接入病毒扫描。', '请设置 KESHEN_CLAMD。');
  warn(config.production && !config.timeStamping, '没有接入时间戳服务。', '请设置 KESHEN_TSA_URL。');
  for (const { authority, name } of registers.filter(({ status }) => status === 'down'))
    warn(true, `${authority}的${name}现在读不到。`, '依赖它的条款都会转人工，请尽快恢复数据来源。');
  return warnings;
}
