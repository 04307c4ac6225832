import type { DemonstrationPerson } from './demonstration/index.ts';

/** What the console shows once the system serves: where it is, and how to sign in as each demonstration person. */
export function welcome(url: string, people: readonly DemonstrationPerson[]): string {
  const lines = ['', `科申已启动：${url}`, `申报通知：${url}/    登录：${url}/app/`, ''];
  if (people.length === 0) return lines.join('\n');
  lines.push('现在是演练，不是正式申报。每种角色都有一个人，密码都是：' + (people[0]?.password ?? ''), '');
  for (const authority of new Set(people.map(({ authorityName }) => authorityName ?? ''))) {
    const own = people.filter(({ authorityName }) => (authorityName ?? '') === authority);
    lines.push(authority || '全系统');
    lines.push(...table(own.map(({ login, label, name, of, what }) => [login, label, name, of ?? '', what])));
    lines.push('');
  }
  lines.push('按 Ctrl-C 停止。');
  return lines.join('\n');
}

function table(rows: string[][]): string[] {
  const all = [['登录名', '角色', '姓名', '所在', '做什么'], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))));
  return all.map((row) =>
    `  ${row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell) + 2)).join('')}`.trimEnd(),
  );
}

/** Columns of a terminal: Chinese characters take two. */
const width = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) >= 0x2e80 ? 2 : 1), 0);
