import { type Refused, refused } from '../platform/http/result.ts';

/** What people type: full-width letters, capitals and blanks around do not make another login. */
export const normaliseLogin = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase();

/** Plain letters and digits only: no two logins look alike. */
export function findLoginFault(login: string, where: string): Refused | undefined {
  if (/^[a-z][a-z0-9._@-]{2,49}$/.test(login)) return undefined;
  return refused(422, {
    code: 'login_form',
    message: '登录名应以字母开头，由3至50个字母、数字或 . _ - @ 组成。',
    where,
    remedy: '例如姓名的拼音：zhangsan。',
  });
}

export const loginTaken = (login: string, where: string): Refused =>
  refused(409, {
    code: 'login_taken',
    message: `登录名“${login}”已有人使用。`,
    where,
    remedy: '请换一个，例如在后面加上单位简称。',
  });
