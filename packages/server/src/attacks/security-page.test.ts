import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
const cited = [...page.matchAll(/`([\w./-]+\.(?:test|spec)\.ts)`(?: “([^”]+)”)?/g)].map(([, file = '', title]) => ({
  file,
  title,
}));
const placeOf = (file: string): string =>
  join(ROOT, /^(packages|e2e)\//.test(file) ? file : join('packages/server/src', file));

test('every test that the page names is there, with the words that the page gives of its title', () => {
  expect(cited.length).toBeGreaterThan(100);
  const missing = cited.filter(
    ({ file, title }) =>
      !existsSync(placeOf(file)) || (title !== undefined && !readFileSync(placeOf(file), 'utf8').includes(title)),
  );
  expect(missing).toEqual([]);
});

test('every requirement names the test that shows it', () => {
  const rows = page.split('\n').filter((line) => /^\| .*\|$/.test(line) && line.split('|').length === 7);
  const requirements = rows.filter((line) => !/^\| (要求|---|-+ )/.test(line));
  expect(requirements.length).toBeGreaterThan(80);
  expect(requirements.filter((line) => !/\.(test|spec)\.ts` “/.test(line))).toEqual([]);
});
