import { describe, expect, test } from 'vitest';
import { FILES, REFERENCE, STANDARD_FORMS } from '../../testing/fixture-call.ts';
import { readChange, type Change } from './read-change.ts';

const read = (text: string) => readChange(FILES, { name: 'change.yaml', text }, REFERENCE, STANDARD_FORMS);

function changed(text: string): Change {
  const { change, problems } = read(text);
  if (!change) throw new Error(JSON.stringify(problems));
  return change;
}

/** `line message suggestion` of each problem. */
const said = (text: string): string[] =>
  read(text).problems.map(({ file, line, message, suggestion }) =>
    [`${file}:${line}`, message, suggestion].filter(Boolean).join(' '),
  );

describe('a change to a call', () => {
  test('takes another reading', () => {
    expect(changed('readings: { counted: grantOnly }').readings).toEqual({ counted: 'grantOnly' });
  });

  test('gives a parameter another value for every day', () => {
    const { parameters } = changed('parameters: { share: 60%, bornFrom: 1975-01-01 }').compiled;
    expect(parameters.find(({ key }) => key === 'share')?.values).toEqual([
      { from: '0001-01-01', value: { n: 3, d: 5 } },
    ]);
    expect(parameters.find(({ key }) => key === 'bornFrom')?.values).toEqual([
      { from: '0001-01-01', value: '1975-01-01' },
    ]);
  });

  test('replaces a rule where it stands, adds one at the end, takes one out', () => {
    const before = changed('readings: { counted: all }').compiled.rules.map(({ id }) => id);
    const { rules } = changed(`
rules:
  - { id: lead-registered, remove: true }
  - { id: lead-here, clause: T-3, title: 注册地, require: 'division_within(lead.division, "310000")' }
  - { id: not-a-club, clause: T-3, title: 不是社团, require: lead.kind != "club" }
`).compiled;
    expect(rules.map(({ id }) => id)).toEqual([...before.filter((id) => id !== 'lead-registered'), 'not-a-club']);
    expect(JSON.stringify(rules.find(({ id }) => id === 'lead-here'))).toContain('310000');
  });
});

describe('a change written wrongly is refused with its line', () => {
  test.each([
    ['nothing', '{}', ['change.yaml:1 没有写要改什么 可以写 readings、parameters、rules']],
    ['no YAML', 'rules:\n  - { id: a', ['change.yaml:2 YAML 写法有误：']],
    ['an unknown key', '\nparameter: { share: 60% }', ['change.yaml:2 不认识“parameter” 是不是“parameters”？']],
    ['an unknown parameter', 'parameters:\n  shar: 60%', ['change.yaml:2 没有参数“shar” 是不是“share”？']],
    ['a value of another type', 'parameters:\n  share: 6万元', ['change.yaml:2 “自筹比例”应为比例 写作 70% 或 1/3']],
    ['an unknown reading', 'readings:\n  count: all', ['change.yaml:2 没有读法“count” 是不是“counted”？']],
    ['an unknown option', 'readings:\n  counted: al', ['change.yaml:2 读法“counted”没有选项“al” 是不是“all”？']],
    [
      'taking out what is not there',
      'rules:\n  - { id: capp, remove: true }',
      ['change.yaml:2 没有规则“capp”，不能去掉 是不是“cap”？'],
    ],
    ['remove: false', 'rules:\n  - { id: cap, remove: false }', ['change.yaml:2 没有“false”这个取值 可以写：true']],
    [
      'a rule twice',
      'rules:\n  - { id: cap, remove: true }\n  - { id: cap, remove: true }',
      ['change.yaml:2 规则“cap”写了两次'],
    ],
    [
      'a rule that is wrong itself',
      'rules:\n  - id: cap\n    clause: T-99\n    title: 上限\n    require: budget.grnt <= 30\n',
      ['change.yaml:3 clauses.yaml 里没有条款“T-99”', 'change.yaml:5 申报书中没有“budget.grnt” 是不是“budget.grant”？'],
    ],
  ])('%s', (_, text, expected) => {
    const problems = said(text);
    expect(problems).toHaveLength(expected.length);
    for (const [at, message] of expected.entries()) expect(problems[at]).toContain(message);
    expect(read(text).change).toBeUndefined();
  });
});
