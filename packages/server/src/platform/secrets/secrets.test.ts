import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FormField } from '@keshen/rules';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../testing/database.ts';
import { ConfigError } from '../config.ts';
import { connectAsOwner } from '../db/connect.ts';
import { keyringOf, openWhole, sealWhole } from './keyring.ts';
import {
  keysOf,
  masked,
  maskPersonal,
  masterKey,
  openMasterKey,
  openPersonal,
  sealPersonal,
  withSecrets,
} from './index.ts';
import { withoutPersonalNumbers } from './without-personal-numbers.ts';

const keys = keyringOf([{ id: 7, key: randomBytes(32) }], [{ id: 8, key: randomBytes(32) }]);
const ID = '210102197001010018';

const field = (key: string, type: FormField['type'], personal = true): FormField => ({
  key,
  path: `section.${key}`,
  label: key,
  name: key,
  type,
  required: false,
  ...(personal && { personal }),
});
const FIELDS = [
  field('name', 'text', false),
  field('idNumber', 'resident_id'),
  { ...field('list', 'table', false), columns: [field('phone', 'phone')] },
];

test('what is sealed for one owner opens for that owner only, and not when a character is changed', () => {
  const sealed = keys.seal('application:a', ID);
  expect(keys.open('application:a', sealed)).toBe(ID);
  expect(() => keys.open('application:b', sealed)).toThrow('does not open');
  const last = sealed.at(-5) === 'A' ? 'B' : 'A';
  expect(() => keys.open('application:a', sealed.slice(0, -5) + last + sealed.slice(-4))).toThrow('does not open');
  expect(keys.seal('application:a', ID)).not.toBe(sealed);
});

test('a section is stored with its personal values sealed, in rows as well, and comes back the same', () => {
  const section = { name: '张三', idNumber: ID, list: [{ id: 'r1', phone: '13800000000' }, { id: 'r2' }] };
  const stored = sealPersonal(keys, 'o', FIELDS, section);
  const text = JSON.stringify(stored);
  expect(text).toContain('张三');
  expect(text).not.toContain(ID);
  expect(text).not.toContain('13800000000');
  expect(stored['idNumber']).toMatchObject({ index: keys.index(ID.toLowerCase()) });
  expect(openPersonal(keys, 'o', stored)).toEqual(section);
});

test('what looks like a sealed text but was typed is only text', () => {
  expect(openPersonal(keys, 'o', { name: 'k1.7.AAAA' })).toEqual({ name: 'k1.7.AAAA' });
});

test('a large text has a key of its own', () => {
  const { content, contentKey } = sealWhole(keys, 'o', '正文'.repeat(10_000));
  expect(openWhole(keys, 'o', content, contentKey)).toBe('正文'.repeat(10_000));
  expect(() => openWhole(keys, 'other', content, contentKey)).toThrow('does not open');
  expect(openWhole(keys, 'o', '{}', null)).toBe('{}');
});

test.each([
  ['resident_id', ID, '210102********0018'],
  ['phone', '13812345678', '138****5678'],
  ['phone', '024-1234', '024*1234'],
  ['phone', '1234567', '*******'],
  ['email', 'zhang.san@example.cn', 'z***@example.cn'],
  ['text', 'E12345678', 'E1*****78'],
  ['text', '', ''],
] as const)('%s %s is shown as %s', (type, value, shown) => {
  expect(masked(type, value)).toBe(shown);
});

test('names stay, numbers are shown in part', () => {
  expect(maskPersonal(FIELDS, { name: '张三', idNumber: ID, list: [{ id: 'r', phone: '13812345678' }] })).toEqual({
    name: '张三',
    idNumber: '210102********0018',
    list: [{ id: 'r', phone: '138****5678' }],
  });
});

test('identity numbers, mobiles and addresses are taken out of any text; codes and hashes stay', () => {
  const detail = {
    message: `证件号码“${ID}”与手机13812345678、邮箱 a.b@example.cn 不符`,
    uscc: '91210100MA0YANL1XK',
    hash: 'a1b2'.repeat(16),
    list: [`X ${ID}`],
    count: 3,
  };
  expect(withoutPersonalNumbers(detail)).toEqual({
    message: '证件号码“210102********0018”与手机138****5678、邮箱 a***@example.cn 不符',
    uscc: '91210100MA0YANL1XK',
    hash: 'a1b2'.repeat(16),
    list: ['X 210102********0018'],
    count: 3,
  });
});

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'keshen-keys-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test('the master key is made on first start, and never silently in production', async () => {
  const path = join(dir, 'keys', 'master.key');
  await expect(openMasterKey(path, false)).rejects.toThrow(ConfigError);
  const made = await openMasterKey(path, true);
  expect((await openMasterKey(path, false)).id).toBe(made.id);
  expect((await readFile(path, 'utf8')).trim()).toHaveLength(44);
  await writeFile(join(dir, 'short'), 'AAAA');
  await expect(openMasterKey(join(dir, 'short'), false)).rejects.toThrow('32 字节');
});

test('a database opened with another master key says so; two processes share the data keys of the first', async () => {
  const address = await freshDatabase();
  const master = masterKey(randomBytes(32));
  const [one, two] = await Promise.all([
    withSecrets(connectAsOwner(address, 2), master),
    withSecrets(connectAsOwner(address, 2), master),
  ]);
  const other = connectAsOwner(address, 2);
  const sealed = (await keysOf(one)).seal('o', ID);
  expect(await two.transaction().execute(async (trx) => (await keysOf(trx)).open('o', sealed))).toBe(ID);
  await expect(withSecrets(other, masterKey(randomBytes(32)))).rejects.toThrow('主密钥与数据库不符');
  await expect(keysOf(other)).rejects.toThrow('without the keys');
  await Promise.all([one.destroy(), two.destroy(), other.destroy()]);
});
