// Writes the pages of docs/ that follow from code; with --check fails when one is out of date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  CHECKS,
  EFFECTS,
  MECHANISMS,
  NOTICE_KINDS,
  NOTICES,
  READERS,
  REMIND_HOURS_BEFORE,
  REMINDERS,
  ROLES,
  SCOPES,
  STATES,
  STEPS,
} from '../packages/rules/src/lifecycle/index.ts';
import { permissionInWords, permissionRows, SUBJECTS } from '../packages/rules/src/permissions/index.ts';
import { definitionSchemas } from '../packages/rules/src/definition/index.ts';
import { root } from './prepare.mjs';

const words = { recommendingDepartment: '推荐部门' };
const say = (text) => text.replaceAll(/\{(\w+)\}/g, (_, word) => words[word] ?? word);
const RECIPIENTS = {
  applicant: '申报人和一起填写的人',
  organisationAdministrator: '单位管理员',
  organisationReviewer: '单位初核人',
  organisationPeople: '单位管理员和本单位申报人',
  recommendingDepartment: '{recommendingDepartment}',
  programmeOfficer: '业务处室',
  subject: '本人',
  concerned: '延期所及的人',
};
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const stateName = (state) => say(STATES[state].label);

function lifecyclePage() {
  return `<!-- 由 tools/docs.mjs 从 packages/rules/src/lifecycle 生成，请勿手改。 -->

# 一份申报的状态、步骤与权限

系统按这几张表运行，没有写在别处的分支。「${words.recommendingDepartment}」在各申报通知里有自己的叫法（初审单位、项目主管部门、归口管理部门等）。

## 状态

${table(
  ['状态', '标识', '申报人可改'],
  Object.entries(STATES).map(([key, { label, open }]) => [say(label), `\`${key}\``, open ? '是' : '否']),
)}

## 步骤

${table(
  ['步骤', '谁', '从', '到', '须通过的检查', '留下什么'],
  STEPS.map((step) => [
    `${say(step.label)} \`${step.action}\``,
    `${say(ROLES[step.role])}（${SCOPES[step.scope]}）`,
    step.from.map(stateName).join('、') || '—',
    step.to ? stateName(step.to) : '不变',
    step.checks.map((check) => `\`${check}\``).join(' '),
    step.effects.map((effect) => say(EFFECTS[effect])).join('；') || '—',
  ]),
)}

## 检查

${table(
  ['检查', '要求'],
  Object.entries(CHECKS).map(([key, text]) => [`\`${key}\``, say(text)]),
)}

## 谁能看到

${table(
  ['角色', '范围', '状态'],
  READERS.map(({ role, scope, states }) => [
    say(ROLES[role]),
    SCOPES[scope],
    states === 'all' ? '全部' : states.map(stateName).join('、'),
  ]),
)}

## 通知谁

动作记入日志的同一个事务里记下“要通知”，随后生成通知；办理这个动作的本人不通知自己。

${table(
  ['动作', '通知', '给谁'],
  NOTICES.map(({ action, kind, to }) => [
    `\`${action}\``,
    NOTICE_KINDS[kind].label,
    to.map((recipient) => say(RECIPIENTS[recipient])).join('、'),
  ]),
)}

截止前 ${REMIND_HOURS_BEFORE.join('、')} 小时（各通知可以另定）提醒还没办完的人；办完了的不提醒。

${table(
  ['到了这一步没办', '提醒谁', '按哪一步的截止'],
  REMINDERS.map(({ states, to, action }) => [states.map(stateName).join('、'), say(RECIPIENTS[to]), `\`${action}\``]),
)}

## 条款可以绑定的系统机制

「已执行」的由系统自己做到；「已写明」的在通知数据里已有最终写法，由后续部分执行。

${table(
  ['机制', '做什么', '现状'],
  Object.entries(MECHANISMS).map(([key, { text, state }]) => [
    `\`${key}\``,
    say(text),
    state === 'enforced' ? '已执行' : '已写明',
  ]),
)}
`;
}

function permissionsPage() {
  const rows = permissionRows();
  const parts = Object.entries(SUBJECTS).map(([subject, { label }]) => {
    const own = rows.filter((one) => one.subject === subject);
    const cells = own.map((one) => {
      const said = permissionInWords(one, words);
      const never = one.never.map((role) => `；${say(ROLES[role])}除外`).join('');
      return [`${said.label} \`${one.right}\``, said.role + never, said.scope, said.states];
    });
    return `## ${label}\n\n${table(['动作', '谁', '范围', '状态'], cells)}`;
  });
  return `<!-- 由 tools/docs.mjs 从 packages/rules/src/permissions 生成，请勿手改。 -->

# 谁能做什么

服务器能做的每一件事都在这里，${Object.keys(SUBJECTS).length} 类对象、${rows.length} 行；没有写在这里的，谁也不能做。怎样执行见 [security.md](security.md)。

${parts.join('\n\n')}
`;
}

/** Schemas by which an editor completes and underlines the files of a call, and the settings that tell it so. */
function editorFiles() {
  const schemas = Object.entries(definitionSchemas());
  const nameOf = (file) => `docs/schemas/${file.replace('/*', '').replace('.yaml', '')}.schema.json`;
  const matches = (file) => (file.startsWith('forms/') ? `reference/${file}` : `calls/*/${file}`);
  const settings = {
    'yaml.schemas': Object.fromEntries(schemas.map(([file]) => [`./${nameOf(file)}`, matches(file)])),
  };
  const text = (value) => `${JSON.stringify(value, undefined, 2)}\n`;
  return {
    ...Object.fromEntries(schemas.map(([file, schema]) => [nameOf(file), text(schema)])),
    '.vscode/settings.json': text(settings),
  };
}

const pages = { 'docs/lifecycle.md': lifecyclePage(), 'docs/permissions.md': permissionsPage(), ...editorFiles() };
const stale = [];
for (const [file, text] of Object.entries(pages)) {
  const full = path.join(root, file);
  if (existsSync(full) && readFileSync(full, 'utf8') === text) continue;
  if (process.argv.includes('--check')) stale.push(file);
  else {
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
}
if (stale.length > 0) {
  console.error(`${stale.join('、')} 与代码不一致：请运行 npm run docs。`);
  process.exit(1);
}
