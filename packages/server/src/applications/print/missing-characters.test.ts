import { linkCall } from '@keshen/rules';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadLibrary } from '../../calls/index.ts';
import { readConfig } from '../../platform/config.ts';
import { openDocuments } from '../../platform/documents/index.ts';
import { loadReference } from '../../platform/reference/load-reference.ts';
import type { Content } from '../content.ts';
import { findUnprintable, unprintable } from './missing-characters.ts';

const documents = openDocuments();
afterAll(() => documents.close());
let linked: ReturnType<typeof linkCall>;
beforeAll(async () => {
  const config = readConfig({});
  const reference = await loadReference(config.referenceDir);
  const { calls } = await loadLibrary({ config, reference });
  const call = calls.find(({ key }) => key === 'liaoning-2026-international');
  if (!call) throw new Error('the call has a defect');
  linked = linkCall(call.compiled, { asOf: '2025-11-20', reference });
});

const contentWith = (name: string, member: string, fileName: string): Content => ({
  number: '1',
  callVersion: '',
  mode: 'live',
  organisation: { uscc: '', name: '辽宁某单位' },
  department: '',
  applicant: '',
  sections: {
    principalInvestigator: { name },
    members: {
      list: [
        { id: 'm1', name: '李四' },
        { id: 'm2', name: member },
      ],
    },
  },
  attachments: [{ material: 'agreement', fileName, bytes: 1, sha256: '', facts: {} }],
});
const look = (name: string, member = '李四', fileName = '协议.pdf') =>
  findUnprintable(contentWith(name, member, fileName), linked, (text) => documents.missingCharacters(text));

test('rare characters that a font has are printed: 㐂 (Ext-A), 𬭎 (Ext-E)', () => {
  expect(look('王㐂𬭎')).toEqual([]);
});

test('one that no font has is reported with its place, its number and what to do', () => {
  const [found] = look('王小明', '赵𠮷');
  expect(found).toMatchObject({ path: 'members.list[m2].name', characters: ['𠮷'] });
  const { refusal } = unprintable(found ? [found] : []);
  expect(refusal.message).toBe('有1个字打印不出来：成员第2行的姓名“赵𠮷”中的“𠮷”（U+20BB7）。');
  expect(refusal.where).toBe('members.list[m2].name');
  expect(refusal.remedy).toContain('生僻字不必改写');
  expect(refusal.remedy).not.toContain('表情');
});

test('an emoji and an invisible character are to be taken out, wherever they stand', () => {
  const found = look('王😀', '李四', '协议\u{FE0F}.pdf');
  const { refusal } = unprintable(found);
  expect(refusal.message).toContain('项目负责人姓名“王😀”中的“😀”（U+1F600）');
  expect(refusal.message).toContain('的文件名“协议\u{FE0F}.pdf”中的看不见的字符（U+FE0F）');
  expect(refusal.remedy).toBe('表情符号和看不见的字符，请在所指的地方删去。');
});
