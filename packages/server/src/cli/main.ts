import { ConfigError } from '../platform/config.ts';
import { UsageError } from './arguments.ts';

/** A command gets its arguments and answers with the exit code: 0 well, 1 not so, 2 wrong use or unreadable input. */
export type Command = { run: (args: string[]) => Promise<number> };

/** One line a command. Each is loaded only when it is called. */
const COMMANDS: Record<string, { usage: string; load: () => Promise<Command> }> = {
  check: {
    usage: 'CALL 申报.json [--facts 登记信息.json] [--at 时刻] [--json]   按某份通知核对一份申报',
    load: () => import('./check.ts'),
  },
  print: {
    usage:
      'CALL 申报.json --out 文件.pdf [--state draft|review|final] [--rehearsal] [--with-attachments 文件夹]   打印成 PDF',
    load: () => import('./print.ts'),
  },
  cases: { usage: '[CALL] [--json]   跑规则旁边的事例、边界对和改反的比较', load: () => import('./cases.ts') },
  lint: { usage: 'CALL|文件夹 [--seconds 20] [--json]   发布前检查', load: () => import('./lint.ts') },
  lock: { usage: '[CALL] [--check]   记下当前版本的校验值；或核对与记下的是否一致', load: () => import('./lock.ts') },
  schema: {
    usage: 'CALL | --definition   申报与登记信息的、或通知文件的 JSON Schema',
    load: () => import('./schema.ts'),
  },
  clauses: { usage: '[CALL] [--json]   每一条款由什么落实、有哪些事例', load: () => import('./clauses.ts') },
  simulate: {
    usage:
      'CALL --change 改动.yaml [--generate 份数] [--database] [--mode rehearsal] [--json]   改读法、参数或规则，看谁的判定会变',
    load: () => import('./simulate.ts'),
  },
  'create-administrator': {
    usage: '--login 登录名 --name 姓名 [--role systemAdministrator]   建立系统、安全或审计管理员',
    load: () => import('./create-administrator.ts'),
  },
  'create-person': {
    usage: '--login 登录名 --name 姓名 --role 角色 --authority 科技厅 [--department 推荐部门]   建立其他人员',
    load: () => import('./create-person.ts'),
  },
  'open-round': {
    usage: 'CALL [--mode rehearsal]   发布一份申报通知，正式开始受理；或只开演练',
    load: () => import('./open-round.ts'),
  },
  'import-register': {
    usage: 'projects|misconduct|platforms|generalLimits FILE.json --authority 科技厅 --as-of 日期   导入登记信息',
    load: () => import('./import-register.ts'),
  },
  'reset-access': {
    usage: '--login 登录名 [--without-second-factor]   作废密码，给出一次性的重设链接（手机丢了的，同时解除两步验证）',
    load: () => import('./reset-access.ts'),
  },
  draw: {
    usage: '名单.txt --secret 种子密文 --public-value 公开数字 --percent 比例   离线复算一次公布的抽查',
    load: () => import('./draw.ts'),
  },
  doctor: { usage: '  核对必须始终成立的事', load: () => import('./doctor.ts') },
  verify: {
    usage: '二维码内容|文件.pdf|图片 [--key 公钥.pem] [--call 通知] [--json]   离线核验打印件上的二维码',
    load: () => import('./verify.ts'),
  },
  'verify-log': {
    usage: '[--subject 类别:编号] [--root 根.json] [--receipt 回执.json]   证明日志没有改动，或指出第一处断开',
    load: () => import('./verify-log.ts'),
  },
  'verify-seal': {
    usage: '文件.pdf [--roots 根证书.pem]   核验申报书上的电子印章：谁、何时、有没有改动',
    load: () => import('./verify-seal.ts'),
  },
  'rotate-keys': {
    usage: '[--master 新主密钥文件]   换新的数据密钥并重新加密个人号码；或换主密钥',
    load: () => import('./rotate-keys.ts'),
  },
  permissions: { usage: '[--json]   打印权限表', load: () => import('./permissions.ts') },
  openapi: { usage: '  打印接口说明（OpenAPI 3.1）', load: () => import('./openapi.ts') },
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (!command) {
  const lines = Object.entries(COMMANDS).map(([key, { usage }]) => `  keshen ${key} ${usage}`);
  console.error(`${name && name !== 'help' ? `没有“${name}”这个命令。` : ''}用法：\n${lines.join('\n')}`);
  process.exit(name === 'help' ? 0 : 2);
}
try {
  process.exitCode = await (await command.load()).run(args);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
