import { expect, test } from 'vitest';
import { cleanFileName } from './file-name.ts';

test.each([
  ['合作协议.pdf', '合作协议.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\用户\\协议.pdf', '协议.pdf'],
  ['a\u0000b\u202Efdp.exe', 'abfdp.exe'],
  ['  多个   空格 .pdf', '多个 空格 .pdf'],
  ['...隐藏.pdf', '隐藏.pdf'],
  ['a<b>:"c|d?.pdf', 'a_b___c_d_.pdf'],
  ['', '附件.pdf'],
  ['/', '附件.pdf'],
])('%j becomes %j', (given, expected) => {
  expect(cleanFileName(given, '附件.pdf')).toBe(expected);
});

test('a name of 300 characters keeps its extension', () => {
  const cleaned = cleanFileName(`${'长'.repeat(300)}.pdf`, '附件.pdf');
  expect(Array.from(cleaned)).toHaveLength(120);
  expect(cleaned.endsWith('长.pdf')).toBe(true);
});
