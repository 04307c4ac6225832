import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCall } from '../check/check-call.ts';
import { FILES, REFERENCE, STANDARD_FORMS } from '../testing/fixture-call.ts';
import { FIXTURE } from '../testing/compiled-fixture.ts';
import { compileCall } from './compile-call.ts';
import { nearest, type Problem } from './problem.ts';

const file = (name: string): string => FILES[name] ?? '';

/** Problems after a change to one file. */
function problems(name: string, from: string | RegExp, to: string): Problem[] {
  const changed = file(name).replace(from, to);
  expect(changed).not.toBe(file(name));
  return checkCall({ ...FILES, [name]: changed }, REFERENCE, STANDARD_FORMS).problems;
}

const lineOf = (name: string, part: string): number => file(name).slice(0, file(name).indexOf(part)).split('\n').length;

describe('compiling a call', () => {
  it('yields plain JSON that survives a round trip', () => {
    expect(JSON.parse(JSON.stringify(FIXTURE))).toEqual(FIXTURE);
    expect(FIXTURE.topicField).toBe('project.topic');
    expect(FIXTURE.form.sections.map(({ key }) => key)).toEqual(['project', 'lead', 'budget', 'person', 'partners']);
    expect(FIXTURE.form.sections[0]?.fields.map(({ key }) => key)).not.toContain('unwanted');
  });

  it('knows what binds each clause', () => {
    const bound = Object.fromEntries(FIXTURE.clauses.map(({ id, boundBy }) => [id, boundBy.map(({ by }) => by)]));
    expect(bound).toMatchObject({ 'T-1': ['window'], 'T-8': ['attestation'], 'T-9': ['shown'] });
    expect(bound['T-5']).toEqual(expect.arrayContaining(['rule', 'parameter', 'topic']));
  });

  it('gives a misspelt path with file, line, column and what was meant', () => {
    expect(problems('rules.yaml', 'require: budget.grant <= topic.cap', 'require: budget.grnat <= topic.cap')).toEqual([
      {
        file: 'rules.yaml',
        line: lineOf('rules.yaml', 'require: budget.grant'),
        column: '  require: '.length + 1,
        message: '申报书中没有“budget.grnat”',
        suggestion: '是不是“budget.grant”？',
      },
    ]);
  });

  it.each([
    ['an unknown key', 'rules.yaml', '  kind: born_on_or_after', '  knd: born_on_or_after', '不认识“knd”', 'kind'],
    [
      'an unknown kind',
      'rules.yaml',
      'born_on_or_after',
      'born_on_or_afer',
      '没有“born_on_or_afer”这个取值',
      'born_on_or_after',
    ],
    ['a kind without what it needs', 'rules.yaml', '  bound: param.bornFrom\n', '', '缺“bound”', undefined],
    ['a clause that does not exist', 'rules.yaml', 'clause: T-4', 'clause: T-44', '没有条款“T-44”', 'T-4'],
    ['a reading that does not exist', 'rules.yaml', 'counted: all', 'conted: all', '没有读法“conted”', 'counted'],
    ['a reading option that does not exist', 'rules.yaml', 'counted: all', 'counted: al', '没有选项“al”', 'all'],
    [
      'a soft rule without a place to explain',
      'rules.yaml',
      '  explanation: budget.note\n',
      '',
      '要写 explanation',
      undefined,
    ],
    ['a rule written twice', 'rules.yaml', 'id: cap', 'id: term', '写了两次', undefined],
    [
      'a wrong option in a case',
      'rules.yaml',
      'set: { lead.kind: club }',
      'set: { lead.kind: clb }',
      '没有“clb”这个选项',
      'club',
    ],
    ['a wrong unit in a case', 'rules.yaml', 'budget.total: 100万元', 'budget.total: 100', '应为金额', '30万元'],
    ['a reserved section', 'form.yaml', 'key: person', 'key: facts', '式子自己的词', undefined],
    ['a prototype key', 'form.yaml', 'key: academician', 'key: constructor', '键用英文', undefined],
    [
      'a choice without options',
      'form.yaml',
      'type: one_of, options_from: titles',
      'type: one_of',
      '没有选项',
      undefined,
    ],
    [
      'a field to drop that is not there',
      'form.yaml',
      'project.unwanted',
      'project.unwnted',
      '没有“project.unwnted”',
      'project.unwanted',
    ],
    [
      'a field whose display depends on itself',
      'form.yaml',
      'when: it.country != "CN"',
      'when: it.place != "CN"',
      '循环',
      undefined,
    ],
    ['an impossible day', 'call.yaml', 'closes: 2030-02-20 17:00', 'closes: 2030-02-30 17:00', '没有这一天', undefined],
    ['a date parameter that is no date', 'call.yaml', 'value: 1970-01-01', 'value: 1970-02-30', '应为日期', undefined],
    [
      'overlapping values of a parameter',
      'call.yaml',
      '2029-01-01, value: 60%',
      '2029-01-01, until: 2030-06-01, value: 60%',
      '重叠',
      undefined,
    ],
    [
      'windows in the wrong order',
      'call.yaml',
      'closes: 2030-02-20 17:00',
      'closes: 2030-02-01 17:00',
      '次序不对',
      undefined,
    ],
    [
      'a window that closes before it opens',
      'call.yaml',
      'opens: 2030-01-10',
      'opens: 2030-03-10',
      '截止不晚于开始',
      undefined,
    ],
    ['an action that does not exist', 'call.yaml', '[submit, forward]', '[sumbit, forward]', '没有“sumbit”', 'submit'],
    [
      'a list column from nowhere',
      'call.yaml',
      'from: project.title',
      'from: project.titel',
      '取不到',
      'project.title',
    ],
    [
      'a clause bound to nothing',
      'clauses.yaml',
      ', bound: [{ by: shown, where: callPage }]',
      '',
      '没有着落',
      undefined,
    ],
    [
      'an unknown mechanism',
      'clauses.yaml',
      '{ by: shown, where: callPage }',
      '{ by: workflow, mechanism: onlin_only }',
      '没有“onlin_only”',
      'online_only',
    ],
    ['a topic that misses a value', 'topics.yaml', ', values: { cap: 50万元 }', '', '没有写 values.cap', undefined],
    [
      'a material fact that refers to nothing',
      'materials.yaml',
      'when: it.stated',
      'when: it.statd',
      '没有“statd”',
      'stated',
    ],
    [
      'a duplicate YAML key',
      'call.yaml',
      'authority: 演示厅',
      'authority: 演示厅\nauthority: 另一厅',
      '相同的键',
      undefined,
    ],
  ])('refuses %s', (_, name, from, to, message, suggestion) => {
    const found = problems(name, from, to);
    const problem = found.find((candidate) => candidate.message.includes(message));
    expect(problem, JSON.stringify(found)).toBeDefined();
    expect(problem?.line).toBeGreaterThan(0);
    expect(problem?.suggestion ?? '').toContain(suggestion ?? '');
  });

  it('refuses the pack as a whole, with all messages', () => {
    const rules = file('rules.yaml').replace('topic.cap', 'topic.cup').replace('lead.division,', 'lead.divison,');
    const { compiled, problems: found } = compileCall({ ...FILES, 'rules.yaml': rules }, REFERENCE, STANDARD_FORMS);
    expect(compiled).toBeUndefined();
    expect(found).toHaveLength(2);
  });

  it('never throws over files that are no YAML, empty or of another shape', () => {
    for (const text of ['', '[', '{', '- a: b: c', 'null', '42', '&a [*a]', '- <<: *nowhere', '\t- x']) {
      for (const name of Object.keys(FILES)) {
        const { problems: found } = checkCall({ ...FILES, [name]: text }, REFERENCE, STANDARD_FORMS);
        for (const { file: where, line, message } of found) expect([where, line, message]).not.toContain(undefined);
      }
    }
    expect(compileCall({}, REFERENCE, {}).problems.map(({ message }) => message)).toContain('缺少文件 call.yaml');
  });

  it('never throws over a pack with a few characters lost, doubled or swapped', () => {
    const spoilt = fc.tuple(
      fc.constantFrom(...Object.keys(FILES)),
      fc.nat(),
      fc.integer({ min: 0, max: 40 }),
      fc.constantFrom('', ':', '- ', '{', ']', '"', '\n', '  ', '&a ', '*a', '元', '0'),
    );
    fc.assert(
      fc.property(spoilt, ([name, at, length, put]) => {
        const text = file(name);
        const start = at % (text.length + 1);
        const changed = text.slice(0, start) + put + text.slice(start + length);
        const { problems: found } = checkCall({ ...FILES, [name]: changed }, REFERENCE, STANDARD_FORMS);
        for (const { message, line } of found) expect([message === '', line > 0]).toEqual([false, true]);
      }),
      { numRuns: 100 },
    );
  });

  it('suggests only what is near', () => {
    expect(nearest('totl', ['total', 'grant'])).toBe('total');
    expect(nearest('toatl', ['total'])).toBe('total');
    expect(nearest('xyz', ['total', 'grant'])).toBeUndefined();
  });
});
