import { describe, expect, it } from 'vitest';
import { REFERENCE } from '../../testing/fixture-call.ts';
import { Checker } from './checker.ts';
import { ExpressionError } from './lexer.ts';
import { parseRatio } from './literals.ts';
import { parse } from './parser.ts';
import type { RowsSymbol, Symbols, ValueSymbol } from './symbols.ts';

const value = (address: string, type: ValueSymbol['type'], options?: string[]): [string, ValueSymbol] => [
  address.split('.').at(-1) ?? '',
  { address, type, ...(options && { options }) },
];

const symbols: Symbols = {
  sections: new Map<string, ReadonlyMap<string, ValueSymbol | RowsSymbol>>([
    ['budget', new Map([value('budget.total', 'money'), value('budget.grant', 'money')])],
    [
      'lead',
      new Map([
        value('lead.kind', 'code', ['enterprise', 'university']),
        value('lead.on', 'date'),
        value('lead.many', 'codes', ['x']),
      ]),
    ],
    [
      'partners',
      new Map([
        [
          'list',
          {
            list: { from: 'table' as const, path: 'partners.list' },
            columns: new Map([value('partners.list.country', 'code'), value('partners.list.share', 'money')]),
          },
        ],
      ]),
    ],
  ]),
  materials: new Map(),
  parameters: new Map([['share', { type: 'ratio', address: 'param.share' }]]),
  readings: new Map([['counted', ['all', 'chinese']]]),
  topicValues: new Map(),
  topics: [],
  reference: REFERENCE,
};

const checker = new Checker(symbols);

function problem(text: string): { message: string; suggestion: string | undefined; at: number } {
  try {
    checker.condition(text);
  } catch (error) {
    if (error instanceof ExpressionError)
      return { message: error.message, suggestion: error.suggestion, at: error.start };
    throw error;
  }
  throw new Error(`no problem in ${text}`);
}

describe('expressions', () => {
  it('parses with the usual precedence', () => {
    expect(parse('a || b && !c == d')).toMatchObject({ kind: 'or', of: [{}, { kind: 'and' }] });
    expect(parse('a + b * c')).toMatchObject({ kind: 'add', right: { kind: 'multiply' } });
    expect(parse('a ? b : c ? d : e')).toMatchObject({ kind: 'if', else: { kind: 'if' } });
  });

  it.each([
    ['budget.totl > 0元', 'budget.totl', 'budget.total'],
    ['lead.kind == "enterprize"', 'enterprize', 'enterprise'],
    ['reading.counted == "chinse"', 'chinse', 'chinese'],
    ['param.shar * budget.total > 0元', 'shar', 'share'],
    ['partners.list.exists(p, p.contry == "DE")', 'contry', 'country'],
    ['in_group(lead.kind, "rivr", at.date)', 'rivr', 'river'],
    ['mising(lead.kind)', 'mising', 'missing'],
  ])('%s: names %s, suggests %s', (text, word, suggestion) => {
    const { message, suggestion: said } = problem(text);
    expect(message).toContain(word);
    expect(said).toContain(suggestion);
  });

  it.each([
    ['budget.total >= 200', '金额不能与整数相比', '200万元'],
    ['lead.on >= "2026-01-01"', '日期不能与文字相比', 'date("2026-01-01")'],
    ['lead.on >= date("2026-02-30")', '没有2026-02-30这一天', undefined],
    ['budget.total * budget.grant > 0元', '不能相乘', '整数或比例'],
    ['lead.kind > "a"', '没有“a”这个选项', undefined],
    ['budget.total', '这里应为是否', undefined],
    ['partners.list > 1', '这是一张表', undefined],
    ['budget.total > 1 > 2', '不能连写比较', undefined],
    ['budget.total >', '式子没有写完', undefined],
    ['budget.total > “a”', '表达式里不能用', '半角'],
    ['budget.total > 1.001元', '这个数写得不对', '到分'],
    ['partners.list.all(lead, true)', '已有所指', undefined],
    ['months_between(lead.on)', '要写2项', undefined],
    ['months_between(lead.on, budget.total)', '第2项应为日期', undefined],
    ['lead.many == "x"', '多个选项不能与选项相比', undefined],
    [`${'!'.repeat(80)}lead.many`, '嵌套太深', undefined],
  ])('%s: %s', (text, message, suggestion) => {
    const said = problem(text);
    expect(said.message).toContain(message);
    expect(said.suggestion ?? '').toContain(suggestion ?? '');
  });

  it('makes a filter part of what goes through the rows', () => {
    expect(checker.condition('partners.list.filter(p, p.country == "DE").exists(q, q.share > 0元)')).toMatchObject({
      op: 'exists',
      body: { op: 'and', of: [{ op: 'compare' }, { op: 'compare' }] },
    });
  });

  it('reads ratios exactly', () => {
    expect(parseRatio('70%')).toEqual({ n: 7, d: 10 });
    expect(parseRatio('33.5%')).toEqual({ n: 67, d: 200 });
    expect(parseRatio('2/1')).toEqual({ n: 2, d: 1 });
    expect(parseRatio('1/0')).toBeUndefined();
  });
});
