import { expect, test } from 'vitest';
import { COMMON_WORDS } from './common-passwords.ts';
import { findWeakness, temporaryPassword } from './password.ts';

const weaknessOf = (password: string) => findWeakness(password, 'zhangsan', 'next')?.refusal.message;

test('the list of common words has several hundred of them', () => {
  expect(COMMON_WORDS.size).toBeGreaterThan(300);
});

test.each([
  'password2026',
  'P@ssw0rd!!!!',
  'Pa$$word2026!',
  '1234567890',
  '13800000000',
  '2026-05-18!!',
  'qwertyuiop',
  'woaini1314520',
  'zhongguo2026',
  'wo-ai-ni-2026-5',
  'abcabcabcabc',
  'admin@2026!!',
  'ADMIN_admin_1',
  'kejiting@123',
  'keshen-yanlian',
  'liaoning.keji.1',
])('%s is what is tried first', (password) => {
  expect(weaknessOf(password)).toMatch(/常见的字样|不同的字符太少/);
});

test.each([
  'kuang-xiu-ping-guo',
  'yi-zhi-xiao-hua-mao',
  '三只松鼠爬上屋顶看雪',
  'my admin lost 3 keys',
  'correct horse battery',
  'Tj9#vQ2mLx',
])('%s is taken', (password) => {
  expect(weaknessOf(password)).toBeUndefined();
});

test('length, the login and variety count', () => {
  expect(weaknessOf('a'.repeat(9))).toContain('至少要10个字符');
  expect(weaknessOf('三只松鼠爬上屋顶')).toContain('至少要10个字符');
  expect(weaknessOf('x7'.repeat(65))).toContain('至多128个字符');
  expect(weaknessOf('xx-ZhangSan-xx')).toContain('登录名');
  expect(weaknessOf('vwvwvwvwvwvw')).toContain('不同的字符太少');
});

test('no temporary password is refused by the same rules', () => {
  for (let at = 0; at < 500; at += 1) expect(weaknessOf(temporaryPassword())).toBeUndefined();
});
