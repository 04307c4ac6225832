import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ACTIONS, labelOf } from './words.ts';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('testing/'),
);

/** Every text that stands behind `action:` in the sources, both sides of a choice, and what is read into the log by name. */
const logged = files.flatMap((name) => {
  const source = readFileSync(join(SOURCES, name), 'utf8');
  const values = [...source.matchAll(/\baction:\s*([^,;{}\n]+)/g)].map((found) => found[1] ?? '');
  return values.flatMap((value) => [...value.matchAll(/(?<!=== )'([a-z][a-zA-Z]+)'/g)].map((word) => word[1] ?? ''));
});

test('every action that the sources log has a label in Chinese', () => {
  expect(logged).toContain('proposeExtension');
  expect(logged.length).toBeGreaterThan(40);
  const unnamed = [...new Set(logged)].filter((action) => !/\p{Script=Han}/u.test(labelOf(action)));
  expect(unnamed).toEqual([]);
});

test('the filter of the log offers every action once, by its label', () => {
  expect(new Set(ACTIONS.map(({ action }) => action)).size).toBe(ACTIONS.length);
  expect(ACTIONS.find(({ action }) => action === 'approveExtension')?.label).toBe('批准延期');
});
