import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../evaluate/evaluate.ts';
import { exampleSubject, FIXTURE, linkFixture } from '../testing/compiled-fixture.ts';
import { EXAMPLE } from '../testing/fixture-call.ts';
import { readApplication } from './read-application.ts';
import { readSubject } from './read-subject.ts';
import { isRequired, isVisible, visibleSections } from './visibility.ts';

const read = (json: unknown): ReturnType<typeof readApplication> => readApplication(FIXTURE.form, json);
const problem = (json: unknown): string =>
  read(json)
    .problems.map(({ path, message }) => `${path}：${message}`)
    .join('\n');

describe('reading an application', () => {
  it('takes a whole one without a word', () => {
    expect(read(EXAMPLE.application)).toEqual({ application: exampleSubject().application, problems: [] });
    expect(readSubject(FIXTURE, EXAMPLE).problems).toEqual([]);
  });

  it.each([
    ['wrong types', { budget: { total: '30' } }, 'budget.total：应为以分为单位的整数，写的是文字'],
    ['fractions of a 分', { budget: { total: 0.5 } }, 'budget.total：应为以分为单位的整数，不能带小数'],
    ['huge numbers', { budget: { total: 1e300 } }, 'budget.total：数字太大'],
    ['lone surrogates', { project: { title: '\ud800' } }, 'project.title：含有不成对的代理字符'],
    ['null characters', { project: { title: 'a\u0000' } }, 'project.title：含有空字符'],
    [
      'days that do not exist',
      { project: { start: '2031-02-30' } },
      'project.start：“2031-02-30”不是日期，或者没有这一天',
    ],
    ['too long a text', { project: { title: 'x'.repeat(10_000_000) } }, 'project.title：文字太长：10000000字'],
    ['unknown sections', { nothing: {} }, 'nothing：申报书里没有这一部分'],
    ['unknown fields', { project: { nothing: 1 } }, 'project.nothing：申报书里没有这一项'],
    ['unknown columns', { partners: { list: [{ id: 'a', nothing: 1 }] } }, 'partners.list[a].nothing：没有这一列'],
    ['a table that is none', { partners: { list: {} } }, 'partners.list：应为表格（列表），写的是对象'],
    ['a row that is none', { partners: { list: [1] } }, 'partners.list[1]：一行应为对象'],
    ['rows of the same id', { partners: { list: [{ id: 'a' }, { id: 'a' }] } }, 'partners.list[2].id：行的编号“a”重复'],
    ['too many rows', { partners: { list: Array.from({ length: 5001 }, () => ({})) } }, 'partners.list：行数太多'],
    ['a list for an object', [], '：申报书应为对象'],
    ['nothing', null, '：申报书应为对象'],
  ])('names %s', (_, json, message) => {
    expect(problem(json)).toContain(message);
  });

  it('lets prototype keys neither in nor through', () => {
    const json: unknown = JSON.parse(
      '{"__proto__":{"project":{"title":"x"}},"constructor":{},"project":{"__proto__":{"title":"y"},"toString":1}}',
    );
    const { application, problems } = read(json);
    expect(application.project).toEqual({});
    expect(problems.map(({ path }) => path)).toEqual([
      '__proto__',
      'constructor',
      'project.__proto__',
      'project.toString',
    ]);
    expect(({} as Record<string, unknown>).title).toBeUndefined();
  });

  it('normalises codes and identity numbers', () => {
    const { application } = read({
      lead: { uscc: ' ９１３５０１００m000100y43 ' },
      person: { idNumber: '11010519491231002x' },
    });
    expect([application.lead?.uscc, application.person?.idNumber]).toEqual([
      '91350100M000100Y43',
      '11010519491231002X',
    ]);
  });

  it('never throws, and what it took can be judged, whatever the document holds', () => {
    const keys = fc.constantFrom(
      'project',
      'title',
      'partners',
      'list',
      'id',
      'total',
      'budget',
      'at',
      'facts',
      'materials',
      'sources',
      'projects',
      '__proto__',
      'application',
    );
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 5 },
        fc.jsonValue(),
        fc.string({ unit: 'binary' }),
        fc.double(),
        fc.bigInt(),
        fc.constantFrom(undefined, NaN, '\udc00', 'ok', '2030-02-30', EXAMPLE.application, EXAMPLE.facts),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(keys, tie('any'), { maxKeys: 5 }),
      ),
    }));
    const linked = linkFixture();
    fc.assert(
      fc.property(any, (json) => {
        const { subject, problems } = readSubject(FIXTURE, json);
        for (const { message } of problems) expect(message).not.toBe('');
        for (const { defect, rule } of evaluate(linked, subject)) expect(defect, rule).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('reads what is nested deep without going deep', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(problem({ project: { title: deep }, partners: { list: [{ id: 'a', name: deep }] } })).toContain(
      '写的是列表',
    );
  });
});

describe('what the form shows and asks', () => {
  it('hides and does not ask what a condition excludes', () => {
    const linked = linkFixture();
    const subject = exampleSubject();
    const inKind = linked.form.sections.flatMap(({ fields }) => fields).find(({ key }) => key === 'inKind');
    if (!inKind) throw new Error('no field');
    expect([isVisible(linked, inKind, subject), isRequired(linked, inKind, subject)]).toEqual([true, true]);
    const university = { ...subject, application: { ...subject.application, lead: { kind: 'university' } } };
    expect([isVisible(linked, inKind, university), isRequired(linked, inKind, university)]).toEqual([false, false]);
    expect(visibleSections(linked, university).find(({ key }) => key === 'budget')?.fields).not.toContain(inKind);
    const place = linked.form.sections
      .flatMap(({ fields }) => fields)
      .flatMap(({ columns }) => columns ?? [])
      .find(({ key }) => key === 'place');
    if (!place) throw new Error('no column');
    expect(isRequired(linked, place, subject, { id: 'x', country: 'CN' })).toBe(false);
    expect(isRequired(linked, place, subject, { id: 'x', country: 'DE' })).toBe(true);
  });
});
