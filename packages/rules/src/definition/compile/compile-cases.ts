import type { CaseChange, CaseExpectation, CompiledCase, Json } from '../../call.ts';
import { parseDate } from '../../calendar/dates.ts';
import { isoInstant, parseInstant } from '../../calendar/instants.ts';
import { STEPS } from '../../lifecycle/steps.ts';
import type { Outcome, RollUp } from '../../verdict.ts';
import type { Checker } from '../expression/checker.ts';
import { parseConstant, TYPE_NAMES, WRITTEN_LIKE } from '../expression/literals.ts';
import { allowedValues, FACT_SYMBOLS, isRows, type RowsSymbol, type ValueSymbol } from '../expression/symbols.ts';
import { OUTCOMES } from '../files/common.ts';
import type { WrittenCase, WrittenRule } from '../files/rules-file.ts';
import { suggest } from '../problem.ts';
import { lineOf } from '../shape/source.ts';
import { trimmed, type Compilation } from './compilation.ts';
import { checkUnder } from './compile-rules.ts';

const ACTIONS: readonly string[] = STEPS.map(({ action }) => action);

type AnyCase = {
  name: string;
  edge?: string;
  base?: string;
  readings?: Record<string, string>;
  set?: Record<string, Json>;
};

/** What cases may refer to. */
export type CaseWorld = { checker: Checker; clauses: readonly string[]; examples: readonly string[] };

/** Keys of rules and of papers, of which cases may be about. */
type Known = { rules: readonly string[]; papers: readonly string[] };

export function compileRuleCases(
  compilation: Compilation,
  world: CaseWorld,
  rules: readonly WrittenRule[],
): CompiledCase[] {
  return rules.flatMap((rule) =>
    (rule.cases ?? []).map((written) => {
      const { expect: outcome, fields } = written;
      const expect: CaseExpectation = trimmed({ about: 'rule', rule: rule.id, outcome, fields });
      const readings = { ...rule.under, ...written.readings };
      return compileCase(compilation, world, { ...written, readings }, written, expect);
    }),
  );
}

export function compileCallCases(
  compilation: Compilation,
  world: CaseWorld,
  cases: readonly WrittenCase[],
  known: Known,
): CompiledCase[] {
  return cases.flatMap((written) => {
    const expect = expectationOf(compilation, written, known);
    return expect ? [compileCase(compilation, world, written, written, expect)] : [];
  });
}

function compileCase(
  compilation: Compilation,
  { checker, clauses, examples }: CaseWorld,
  written: AnyCase & { clause?: string },
  owner: object,
  expect: CaseExpectation,
): CompiledCase {
  const edgeOf = written.edge?.split('#')[0];
  for (const [key, clause] of [
    ['edge', edgeOf],
    ['clause', written.clause],
  ] as const) {
    if (clause !== undefined && !clauses.includes(clause)) {
      compilation.report(owner, key, `clauses.yaml 里没有条款“${clause}”`, suggest(clause, clauses));
    }
  }
  if (written.base !== undefined && examples.length > 0 && !examples.includes(written.base)) {
    compilation.report(owner, 'base', `examples/ 里没有“${written.base}”`, suggest(written.base, examples));
  }
  checkUnder(compilation, checker, owner, written.readings);
  const place = compilation.place(owner);
  return trimmed({
    name: written.name,
    edge: written.edge,
    clause: written.clause ?? edgeOf,
    place: { file: place?.source.file ?? '', line: place ? lineOf(place) : 1 },
    example: written.base,
    readings: written.readings && Object.keys(written.readings).length > 0 ? written.readings : undefined,
    set: Object.entries(written.set ?? {}).flatMap(([path, value]) =>
      change(compilation, checker, written.set ?? {}, path, value),
    ),
    expect,
  });
}

function expectationOf(
  compilation: Compilation,
  written: WrittenCase,
  { rules, papers }: Known,
): CaseExpectation | undefined {
  const word = String(written.expect);
  const one = <T extends string>(known: readonly T[]): T | undefined => {
    const found = known.find((candidate) => candidate === word);
    if (found === undefined) compilation.report(written, 'expect', `不能是“${word}”`, `可以写：${known.join('、')}`);
    return found;
  };
  if (written.mechanism !== undefined) {
    const { mechanism, given, shownBy } = written;
    return trimmed({ about: 'elsewhere', mechanism, given, outcome: word, shownBy });
  }
  if (written.paper !== undefined) {
    const brought = written.brought && trimmed({ ...written.brought });
    const received = parseInstant(brought?.received ?? '');
    if (!papers.includes(written.paper))
      compilation.report(
        written,
        'paper',
        `call.yaml 的 paper 里没有“${written.paper}”`,
        suggest(written.paper, papers),
      );
    if (!brought || received === undefined) {
      compilation.report(written, 'paper', '要写 brought: { received: 2026-05-22 17:30 }');
      return undefined;
    }
    const outcome = one(['accepted', 'incomplete', 'late', 'refused', 'notAsked'] as const);
    return (
      outcome && {
        about: 'paper',
        paper: written.paper,
        brought: { ...brought, received: isoInstant(received) },
        outcome,
      }
    );
  }
  if (written.route !== undefined) {
    return {
      about: 'route',
      organisation: trimmed(written.route),
      errand: written.errand ?? 'recommendation',
      to: word,
    };
  }
  if (written.window !== undefined) {
    const instant = parseInstant(written.at ?? '');
    if (instant === undefined) compilation.report(written, 'at', '要写 at：2025-11-28 17:00:00.001');
    if (typeof written.expect !== 'boolean')
      compilation.report(written, 'expect', '时限的例子写 expect: true 或 false');
    if (instant === undefined) return undefined;
    if (!ACTIONS.includes(written.window)) {
      compilation.report(written, 'window', `没有“${written.window}”这个操作`, suggest(written.window, ACTIONS));
    }
    return trimmed({
      about: 'window',
      action: written.window,
      state: written.state,
      instant: isoInstant(instant),
      open: written.expect === true,
    });
  }
  if (written.workingDays !== undefined) {
    const { from, count } = written.workingDays;
    if (word !== 'unknownYear' && parseDate(word) === undefined) {
      compilation.report(written, 'expect', '应为日期，或 unknownYear');
    }
    return { about: 'deadline', from, workingDays: count, date: word };
  }
  if (written.material !== undefined) {
    const need = one(['yes', 'no', 'unknown'] as const);
    return need && trimmed({ about: 'material', material: written.material, row: written.row, need });
  }
  if (written.rule === undefined) {
    const rollUp = one<RollUp>(['blocked', 'incomplete', 'needs_person', 'ready']);
    return rollUp && { about: 'rollUp', rollUp };
  }
  const { rule, fields } = written;
  if (!rule.includes(':') && !rules.includes(rule)) {
    compilation.report(written, 'rule', `没有规则“${rule}”`, suggest(rule, rules));
  }
  const outcome = one<Outcome>(OUTCOMES);
  return outcome && trimmed({ about: 'rule', rule, outcome, fields });
}

const ROW = /^([A-Za-z]+)\.([A-Za-z]+)\[([^\]]+)\](?:\.([A-Za-z0-9]+))?$/;

/** One change, its value converted by the type of the place it goes to. */
function change(compilation: Compilation, checker: Checker, set: object, path: string, written: Json): CaseChange[] {
  const refuse = (message: string, suggestion?: string): CaseChange[] => {
    compilation.report(set, path, message, suggestion);
    return [];
  };
  if (path === 'at') return momentChange(refuse, written);
  if (/^facts\.sources\.[a-zA-Z]+\.(status|asOf|name)$/.test(path)) return [{ path, value: written }];
  const row = ROW.exec(path);
  const target = targetOf(checker, row ? `${row[1]}.${row[2]}` : path);
  if (!target) return refuse(`没有“${path}”`, suggest(path, casePaths(checker)));
  if (written === null) return [{ path }];
  const convert = new Conversion(checker, (message, suggestion) => void refuse(message, suggestion));
  if (!isRows(target)) return valueChange(path, convert.value(target, written));
  if (!row) return valueChange(path, convert.rows(target, written));
  const column = row[4];
  if (column === undefined) return valueChange(path, convert.row(target, written));
  const symbol = target.columns.get(column);
  if (!symbol) return refuse(`没有“${column}”一列`, suggest(column, [...target.columns.keys()]));
  return valueChange(path, convert.value(symbol, written));
}

/** `at: 2025-10-20` or an instant: the moment of the evaluation. */
function momentChange(refuse: (message: string, suggestion?: string) => CaseChange[], written: Json): CaseChange[] {
  const text = typeof written === 'string' ? written : '';
  const instant = parseInstant(parseDate(text) === undefined ? text : `${text} 12:00`);
  if (instant === undefined) return refuse('时刻写得不对', '写作 2025-10-20 或 2025-10-20 17:00:00');
  return [{ path: 'at', value: isoInstant(instant) }];
}

const valueChange = (path: string, value: Json | undefined): CaseChange[] =>
  value === undefined ? [] : [{ path, value }];

function targetOf(checker: Checker, path: string): ValueSymbol | RowsSymbol | undefined {
  const [root = '', key = '', rest] = path.split('.');
  if (rest !== undefined) return undefined;
  if (root === 'materials') return checker.symbols.materials.get(key);
  if (root === 'facts') return FACT_SYMBOLS.get(key);
  return checker.symbols.sections.get(root)?.get(key);
}

const casePaths = (checker: Checker): string[] => [
  ...[...checker.symbols.sections].flatMap(([section, fields]) => [...fields.keys()].map((key) => `${section}.${key}`)),
  ...[...checker.symbols.materials.keys()].map((key) => `materials.${key}`),
  ...[...FACT_SYMBOLS.keys()].map((key) => `facts.${key}`),
];

/** Values as a definition writes them to values as an application holds them. */
class Conversion {
  readonly #checker: Checker;
  readonly #refuse: (message: string, suggestion?: string) => void;

  constructor(checker: Checker, refuse: (message: string, suggestion?: string) => void) {
    this.#checker = checker;
    this.#refuse = refuse;
  }

  value(symbol: ValueSymbol, written: Json): Json | undefined {
    if (typeof written === 'string' && written.startsWith('@')) return written;
    if (written === null) return null;
    const converted = parseConstant(symbol.type, written);
    if (converted === undefined) {
      this.#refuse(`应为${TYPE_NAMES[symbol.type]}`, `写作 ${WRITTEN_LIKE[symbol.type]}`);
      return undefined;
    }
    const allowed = allowedValues(symbol, this.#checker.symbols);
    const values = Array.isArray(converted) ? converted : [converted];
    const strange = allowed && values.find((value) => !allowed.includes(String(value)));
    if (strange !== undefined) {
      this.#refuse(`没有“${String(strange)}”这个选项`, suggest(String(strange), allowed ?? []));
      return undefined;
    }
    return converted as Json;
  }

  rows(symbol: RowsSymbol, written: Json): Json | undefined {
    if (!Array.isArray(written)) {
      this.#refuse('应为列表：[ { … }, … ]，空的写 []');
      return undefined;
    }
    const rows = written.map((row, at) => this.row(symbol, row, at));
    return rows.some((row) => row === undefined) ? undefined : (rows as Json[]);
  }

  row(symbol: RowsSymbol, written: Json, at = 0): Json | undefined {
    if (typeof written !== 'object' || written === null || Array.isArray(written)) {
      this.#refuse('一行应写作 { 列: 值 }');
      return undefined;
    }
    const row: { [key: string]: Json } = {};
    const isTable = symbol.list.from === 'table';
    if (isTable) row.id = `r${at + 1}`;
    for (const [key, cell] of Object.entries(written)) {
      const column = symbol.columns.get(key);
      if (!column) {
        this.#refuse(`没有“${key}”一列`, suggest(key, [...symbol.columns.keys()]));
        return undefined;
      }
      const value = this.value(column, cell);
      if (value !== undefined && value !== null) row[key] = value;
    }
    return row;
  }
}
