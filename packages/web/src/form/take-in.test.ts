import { expect, it } from 'vitest';
import { readJsonFile, takeIn } from './take-in.ts';

it('fills only what is empty, or replaces, but never empties what the other left out', () => {
  const now = { title: '甲', summary: ' ', list: [], kept: '留' };
  const brought = { title: '乙', summary: '摘要', list: [{ id: 'r1', name: '丙' }] };
  expect(takeIn(now, brought, 'onlyEmpty')).toEqual({ ...now, summary: '摘要', list: brought.list });
  expect(takeIn(now, brought, 'replace')).toEqual({ ...brought, kept: '留' });
  expect(takeIn({ zero: 0, no: false }, { zero: 1, no: true }, 'onlyEmpty')).toEqual({ zero: 0, no: false });
});

it('reads a file and says where it breaks off', () => {
  expect(readJsonFile('\uFEFF{"a":1}')).toEqual({ ok: true, document: { a: 1 } });
  expect(readJsonFile(' ')).toMatchObject({ ok: false, message: expect.stringContaining('空的') });
  expect(readJsonFile('{\n "a": 1\n "b": 2 }')).toMatchObject({ message: expect.stringContaining('第 3 行') });
  expect(readJsonFile('{\n "a": [1,')).toMatchObject({ message: expect.stringContaining('第 2 行') });
});
