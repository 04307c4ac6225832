import { type Refused, refused } from '../platform/http/result.ts';

/** What people type: full-width letters, capitals and blanks around do not make another login. */
export const normaliseLogin = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase();

/** Plain letters and digits only: no two logins look alike. A letter of another script that looks like one of ours is named. */
export function findLoginFault(login: string, where: string): Refused | undefined {
  if (/^[a-z][a-z0-9._@-]{2,49}$/.test(login)) return undefined;
  const stranger = Array.from(login).find((character) => /[\p{L}\p{M}\p{Cf}]/u.test(character) && character > '~');
  const which = stranger && `登录名里的${nameOf(stranger)}不是英文字母。`;
  return refused(422, {
    code: 'login_form',
    message: which || '登录名应以字母开头，由3至50个字母、数字或 . _ - @ 组成。',
    where,
    remedy: which
      ? '有的字母看上去一样，其实不是同一个。请切换到英文输入法重新输入，例如姓名的拼音：zhangsan。'
      : '例如姓名的拼音：zhangsan。',
  });
}

export const loginTaken = (login: string, where: string): Refused =>
  refused(409, {
    code: 'login_taken',
    message: `登录名“${login}”已有人使用。`,
    where,
    remedy: '请换一个，例如在后面加上单位简称。',
  });

/** A person's name on the screen, cleaned: no blanks around, compatibility forms made plain. */
export const normaliseName = (typed: string): string => typed.normalize('NFKC').trim().replace(/\s+/gu, ' ');

const SCRIPTS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['拉丁字母', /\p{Script=Latin}/u],
  ['西里尔字母', /\p{Script=Cyrillic}/u],
  ['希腊字母', /\p{Script=Greek}/u],
  ['亚美尼亚字母', /\p{Script=Armenian}/u],
];

/**
 * Names that pass for others: invisible characters, and alphabets that look alike side by side (Unicode TS 39). Han beside one alphabet is
 * usual and looks like nothing else.
 */
export function findNameFault(name: string, where: string): Refused | undefined {
  const fault = (message: string, remedy: string): Refused =>
    refused(422, { code: 'name_form', message, where, remedy });
  if (!name) return fault('没有填写姓名。', '请填写与证件一致的姓名。');
  const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u.exec(name)?.[0];
  if (hidden) return fault(`姓名里有看不见的字符（${codePoint(hidden)}）。`, '请删去姓名，用键盘重新输入。');
  const alphabets = SCRIPTS.filter(([, pattern]) => pattern.test(name)).map(([script]) => script);
  if (alphabets.length > 1) {
    return fault(`姓名里混用了${alphabets.join('和')}，它们看上去一样，会认错人。`, '请按证件用同一种文字重新输入。');
  }
  return undefined;
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
const nameOf = (character: string): string =>
  /[\p{M}\p{Cf}]/u.test(character)
    ? `不可见字符（${codePoint(character)}）`
    : `“${character}”（${codePoint(character)}）`;
