import { expect, test } from 'vitest';
import { findLoginFault, findNameFault, normaliseLogin, normaliseName } from './login-name.ts';

test.each([
  ['zh\u0430ngsan', '“\u0430”（U+0430）'],
  ['zhangs\u03b1n', '“α”（U+03B1）'],
  ['zhang\u200bsan', '不可见字符（U+200B）'],
  ['zhang\u202esan', '不可见字符（U+202E）'],
  ['张三', '“张”（U+5F20）'],
])('the login %s is refused and the strange letter named', (typed, named) => {
  const fault = findLoginFault(normaliseLogin(typed), 'login');
  expect(fault?.refusal).toMatchObject({ code: 'login_form', where: 'login' });
  expect(fault?.refusal.message).toContain(named);
});

test('compatibility forms of plain letters are those letters', () => {
  for (const typed of ['ｚｈａｎｇｓａｎ', '𝐳𝐡𝐚𝐧𝐠𝐬𝐚𝐧', ' ZhangSan ']) expect(normaliseLogin(typed)).toBe('zhangsan');
});

test.each(['王示例', '阿不都·示例', '欧阳示例', 'Zhang San', '王Lisa', 'Дмитрий', 'Müller', '䶮示例', '𠮷示例'])(
  'the name %s is a name',
  (name) => {
    expect(findNameFault(normaliseName(name), 'name')).toBeUndefined();
  },
);

test.each([
  ['', '没有填写姓名'],
  ['   ', '没有填写姓名'],
  ['王\u200b示例', '看不见的字符（U+200B）'],
  ['王\u202e例示', '看不见的字符（U+202E）'],
  ['Ad\u0430m', '混用了拉丁字母和西里尔字母'],
])('the name %j is refused', (name, message) => {
  expect(findNameFault(normaliseName(name), 'name')?.refusal.message).toContain(message);
});
