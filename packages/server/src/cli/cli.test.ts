import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..', '..', '..');
const main = path.join(root, 'packages', 'server', 'src', 'cli', 'main.ts');
const scratch = mkdtempSync(path.join(tmpdir(), 'keshen-cli-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const keshen = (...args: string[]): { status: number | null; out: string } => {
  const run = spawnSync(process.execPath, [main, ...args], { cwd: root, encoding: 'utf8' });
  return { status: run.status, out: run.stdout + run.stderr };
};
const example = path.join(root, 'calls', 'liaoning-2026-international', 'examples', 'enterprise.json');
const file = (name: string, text: string): string => {
  const full = path.join(scratch, name);
  writeFileSync(full, text);
  return full;
};

test('a ready application: exit 0', () => {
  expect(keshen('check', 'liaoning', example).status).toBe(0);
});

test('the same at 17:00:00.000 is accepted, a millisecond later refused with the window and its clause', () => {
  expect(keshen('check', 'liaoning', example, '--at', '2025-11-28T17:00:00.000+08:00').status).toBe(0);
  const late = keshen('check', 'liaoning', example, '--at', '2025-11-28T17:00:00.001+08:00');
  expect(late.status).toBe(1);
  expect(late.out).toContain('2025年11月28日 17:00');
  expect(late.out).toContain('三1');
});

test('one 分 under 70 %: exit 1, the verdict as JSON with clause, figures and remedy', () => {
  const document = JSON.parse(readFileSync(example, 'utf8')) as { application: { budget: Record<string, number> } };
  Object.assign(document.application.budget, {
    total: 100_000_000,
    grant: 30_000_000,
    selfRaised: 69_999_999,
    overseas: 1,
  });
  const { status, out } = keshen('check', 'liaoning', file('short.json', JSON.stringify(document)), '--json');
  expect(status).toBe(1);
  const { rollUp, verdicts } = JSON.parse(out) as {
    rollUp: string;
    verdicts: { rule: string; outcome: string; clause: { id: string }; text: string }[];
  };
  expect(rollUp).toBe('blocked');
  const verdict = verdicts.find(({ rule }) => rule === 'self-raised-share');
  expect(verdict).toMatchObject({ outcome: 'fail', clause: { id: 'LN-4.8b' } });
  expect(verdict?.text).toContain('0.01元');
});

test('what cannot be read: exit 2 with line and path, never a stack trace', () => {
  const text = readFileSync(example, 'utf8');
  for (const [name, content, says] of [
    ['cut.json', text.slice(0, 500), '行第'],
    ['typed.json', text.replace('"legalPerson": true', '"legalPerson": "yes"'), 'application.lead.legalPerson'],
    ['proto.json', '{"application":{"__proto__":{"x":1}},"at":"2025-11-20T10:00:00+08:00"}', '__proto__'],
    ['deep.json', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, '应为'],
  ] as const) {
    const { status, out } = keshen('check', 'liaoning', file(name, content));
    expect(status, name).toBe(2);
    expect(out, name).toContain(says);
    expect(out, name).not.toMatch(/\n\s+at /);
  }
  expect(keshen('check', 'liaoning', path.join(scratch, 'nowhere.json')).status).toBe(2);
  expect(keshen('check').status).toBe(2);
  expect(keshen('check', 'atlantis', example).out).toContain('liaoning-2026-international');
});

test('every clause of every call is bound to something', () => {
  const { status, out } = keshen('clauses', '--json');
  expect(status).toBe(0);
  const rows = JSON.parse(out) as { id: string; boundBy: unknown[] }[];
  expect(rows).toHaveLength(240);
  expect(rows.filter(({ boundBy }) => boundBy.length === 0)).toEqual([]);
});

test('a defective pack is refused as a whole, each mistake with file, line and what was probably meant', () => {
  const folder = path.join(scratch, 'liaoning-2026-international');
  cpSync(path.join(root, 'calls', 'liaoning-2026-international'), folder, { recursive: true });
  const rules = path.join(folder, 'rules.yaml');
  writeFileSync(
    rules,
    `${readFileSync(rules, 'utf8')}
- { id: misspelt, clause: LN-4.8b, title: 字段写错, require: budget.totl >= 1万元 }
- { id: unit, clause: LN-4.8b, title: 单位混用, require: budget.total >= 200 }
- { id: option, clause: LN-4.2a, title: 选项写错, require: lead.kind == "enterprize" }
- { id: nowhere, clause: LN-9.9, title: 条款不存在, require: budget.total >= 1万元 }
- { id: day, clause: LN-4.4b, title: 日期不存在, kind: born_on_or_after, field: principalInvestigator.birthDate, bound: 1966-02-30 }
`,
  );
  const { status, out } = keshen('lint', folder);
  expect(status).toBe(1);
  for (const said of ['budget.total', 'enterprise', '200万元', 'LN-9.9', '1966-02-30']) expect(out).toContain(said);
  expect(out.match(/rules\.yaml:\d+:\d+/g)?.length).toBeGreaterThanOrEqual(5);
});

test('the schema of a document and of the facts has Chinese titles', () => {
  const { application, facts } = JSON.parse(keshen('schema', 'shanxi').out) as Record<string, { properties: object }>;
  expect(JSON.stringify(application)).toContain('项目总预算');
  expect(JSON.stringify(facts)).toContain('惩戒期结束');
});
