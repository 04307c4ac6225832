import { parseMoney } from '../../money/money.ts';
import type { Constant, Expr, ValueType } from '../../tree.ts';
import { suggest } from '../problem.ts';
import { checkFunction, LIST_FUNCTIONS } from './calls.ts';
import { ExpressionError } from './lexer.ts';
import { parseRatio, TYPE_NAMES } from './literals.ts';
import { both, type Meaning, type RowsMeaning, type Scope, type ValueMeaning } from './meaning.ts';
import { checkCompare, checkConditional, checkIn, checkProduct, checkSum } from './operators.ts';
import { parse, type Syntax } from './parser.ts';
import { allowedValues, FACT_SYMBOLS, isRows, type Symbols, type ValueSymbol } from './symbols.ts';

const ROOTS = ['materials', 'facts', 'param', 'reading', 'topic', 'at'];

/** Understands expressions: names, types, units, options. Throws `ExpressionError` at the first that does not fit. */
export class Checker {
  readonly symbols: Symbols;

  constructor(symbols: Symbols) {
    this.symbols = symbols;
  }

  /** A yes-or-no expression. */
  condition(text: string, scope: Scope = []): Expr {
    const syntax = parse(text);
    return this.typed(syntax, scope, 'boolean');
  }

  /** A value of any type. */
  valueOf(text: string, scope: Scope = []): ValueMeaning {
    const syntax = parse(text);
    return this.value(syntax, scope);
  }

  /** A list of rows. */
  rowsOf(text: string, scope: Scope = []): RowsMeaning {
    const syntax = parse(text);
    const meaning = this.understand(syntax, scope);
    if (meaning.is !== 'rows') throw new ExpressionError('这里要写一张表或一个列表', syntax.start, syntax.end);
    return meaning;
  }

  typed(syntax: Syntax, scope: Scope, type: ValueType): Expr {
    const { expr } = this.value(syntax, scope);
    if (expr.type !== type) {
      throw new ExpressionError(
        `这里应为${TYPE_NAMES[type]}，写的是${TYPE_NAMES[expr.type]}`,
        syntax.start,
        syntax.end,
        type === 'boolean' ? '写成比较，例如 filled(…)、… == true' : undefined,
      );
    }
    return expr;
  }

  value(syntax: Syntax, scope: Scope): ValueMeaning {
    const meaning = this.understand(syntax, scope);
    if (meaning.is === 'value') return meaning;
    const said = {
      rows: '这是一张表，要用 size(…)、.exists(…)、.all(…)、.count(…) 或 .sum(…) 才有值',
      column: '这是表里的一列，要用 .sum(…)、.exists(…) 等才有值，或写在 in 的右边',
      row: '这是表里的一行，后面要写“.列名”',
      literals: '列表只能写在 in 的右边',
      namespace: '这里只写了一半，后面要写“.名字”',
    }[meaning.is];
    throw new ExpressionError(said, syntax.start, syntax.end);
  }

  understand(syntax: Syntax, scope: Scope): Meaning {
    switch (syntax.kind) {
      case 'boolean':
        return { is: 'value', expr: { op: 'const', type: 'boolean', value: syntax.value } };
      case 'string':
        return { is: 'value', expr: { op: 'const', type: 'text', value: syntax.text } };
      case 'money':
        return this.#literal('money', parseMoney(syntax.text), syntax, '金额最细到分，写作 69.99万元');
      case 'ratio':
        return this.#literal('ratio', parseRatio(syntax.text), syntax, '比例写作 70% 或 1/3');
      case 'number':
        return this.#literal('integer', wholeNumber(syntax.text), syntax, '只用整数；金额写 30万元，比例写 70%');
      case 'name':
        return this.#name(syntax, scope);
      case 'member':
        return this.#member(syntax, scope);
      case 'call':
        return this.#call(syntax, scope);
      case 'list':
        return { is: 'literals', members: syntax.of.map((member) => this.value(member, scope)) };
      case 'not':
        return { is: 'value', expr: { op: 'not', type: 'boolean', of: this.typed(syntax.of, scope, 'boolean') } };
      case 'minus':
        return this.#minus(syntax, scope);
      case 'and':
      case 'or':
        return {
          is: 'value',
          expr: { op: syntax.kind, type: 'boolean', of: syntax.of.map((part) => this.typed(part, scope, 'boolean')) },
        };
      case 'compare':
        return checkCompare(this, syntax, scope);
      case 'in':
        return checkIn(this, syntax, scope);
      case 'add':
      case 'subtract':
        return checkSum(this, syntax, scope);
      case 'multiply':
        return checkProduct(this, syntax, scope);
      case 'if':
        return checkConditional(this, syntax, scope);
    }
  }

  #literal(type: ValueType, value: Constant | undefined, syntax: Syntax, hint: string): Meaning {
    if (value === undefined) throw new ExpressionError('这个数写得不对', syntax.start, syntax.end, hint);
    return { is: 'value', expr: { op: 'const', type, value } };
  }

  #name(syntax: Extract<Syntax, { kind: 'name' }>, scope: Scope): Meaning {
    const slot = scope.findLastIndex((row) => row.name === syntax.text);
    const row = scope[slot];
    if (row) return { is: 'row', slot, columns: row.columns };
    const { sections } = this.symbols;
    if (ROOTS.includes(syntax.text) || sections.has(syntax.text)) return { is: 'namespace', name: syntax.text };
    const candidates = [...scope.map(({ name }) => name), ...sections.keys(), ...ROOTS];
    throw new ExpressionError(
      `没有“${syntax.text}”`,
      syntax.start,
      syntax.end,
      suggest(syntax.text, candidates) ?? `文字要加引号："${syntax.text}"`,
    );
  }

  #member(syntax: Extract<Syntax, { kind: 'member' }>, scope: Scope): Meaning {
    const of = this.understand(syntax.of, scope);
    const { key, start, end } = syntax;
    if (of.is === 'namespace') return this.#inNamespace(of.name, key, start, end);
    if (of.is === 'row') {
      const symbol = of.columns.get(key);
      if (!symbol) throw this.#unknown(`这一行没有“${key}”`, key, [...of.columns.keys()], start, end);
      const { type, address } = symbol;
      return { is: 'value', expr: { op: 'cell', type, slot: of.slot, key, address }, symbol };
    }
    if (of.is === 'rows') {
      const symbol = of.columns.get(key);
      if (!symbol) throw this.#unknown(`这张表没有“${key}”一列`, key, [...of.columns.keys()], start, end);
      return { is: 'column', rows: of, key, symbol };
    }
    throw new ExpressionError(`这里后面不能再写“.${key}”`, start, end);
  }

  #unknown(message: string, word: string, candidates: readonly string[], start: number, end: number): ExpressionError {
    return new ExpressionError(message, start, end, suggest(word, candidates));
  }

  #inNamespace(name: string, key: string, start: number, end: number): Meaning {
    const { symbols } = this;
    const pick = <T>(map: ReadonlyMap<string, T>, what: string): T => {
      const found = map.get(key);
      if (found === undefined) throw this.#unknown(`${what}“${key}”`, key, [...map.keys()], start, end);
      return found;
    };
    switch (name) {
      case 'at':
        if (key !== 'date') throw this.#unknown(`at 只有 date`, key, ['date'], start, end);
        return { is: 'value', expr: { op: 'today', type: 'date' } };
      case 'param': {
        const symbol = pick(symbols.parameters, '没有参数');
        return { is: 'value', expr: { op: 'param', type: symbol.type, key }, symbol };
      }
      case 'reading': {
        const options = pick(symbols.readings, '没有读法');
        const symbol: ValueSymbol = { type: 'code', address: `reading.${key}`, options };
        return { is: 'value', expr: { op: 'reading', type: 'code', key }, symbol };
      }
      case 'topic': {
        const symbol = pick(symbols.topicValues, '专题的 values 里没有');
        return { is: 'value', expr: { op: 'topic', type: symbol.type, key }, symbol };
      }
      case 'materials':
        return { is: 'rows', ...pick(symbols.materials, '材料清单里没有') };
      case 'facts':
        return { is: 'rows', ...pick(FACT_SYMBOLS, '登记信息里没有') };
      default: {
        const fields = symbols.sections.get(name) ?? new Map<string, never>();
        const found = fields.get(key);
        if (!found) throw this.#unknownField(`${name}.${key}`, start, end);
        return isRows(found)
          ? { is: 'rows', ...found }
          : { is: 'value', expr: { op: 'field', type: found.type, path: found.address }, symbol: found };
      }
    }
  }

  #unknownField(path: string, start: number, end: number): ExpressionError {
    const paths = [...this.symbols.sections].flatMap(([section, fields]) =>
      [...fields.keys()].map((field) => `${section}.${field}`),
    );
    return new ExpressionError(`申报书中没有“${path}”`, start, end, suggest(path, paths));
  }

  #call(syntax: Extract<Syntax, { kind: 'call' }>, scope: Scope): Meaning {
    if (!syntax.of) return checkFunction(this, syntax, scope);
    const rows = this.understand(syntax.of, scope);
    if (rows.is !== 'rows') {
      throw new ExpressionError(`.${syntax.name}(…) 只用在表或列表上`, syntax.start, syntax.end);
    }
    if (!LIST_FUNCTIONS.includes(syntax.name)) {
      throw this.#unknown(`没有“.${syntax.name}(…)”`, syntax.name, LIST_FUNCTIONS, syntax.start, syntax.end);
    }
    return this.#overRows(syntax, rows, scope);
  }

  /** exists, all, count, sum, filter: the first argument names the row. A filter before them becomes part of them. */
  #overRows(syntax: Extract<Syntax, { kind: 'call' }>, rows: RowsMeaning, scope: Scope): Meaning {
    const [variable, written, extra] = syntax.args;
    if (variable?.kind !== 'name' || !written || extra) {
      const example = `.${syntax.name}(p, …p.列名…)`;
      throw new ExpressionError(`.${syntax.name} 要写两项：行的名字和式子`, syntax.start, syntax.end, example);
    }
    const name = variable.text;
    if (scope.some((row) => row.name === name) || this.symbols.sections.has(name) || ROOTS.includes(name)) {
      throw new ExpressionError(`“${name}”已有所指，请给行换一个名字`, variable.start, variable.end);
    }
    const slot = scope.length;
    const inner = [...scope, { name, columns: rows.columns }];
    const { list, where } = rows;
    if (syntax.name === 'sum') return this.#sumOver(written, inner, { list, slot, name, where });
    const body = this.typed(written, inner, 'boolean');
    const over = { list, slot, name };
    switch (syntax.name) {
      case 'filter':
        return { ...rows, where: both(where, body) };
      case 'count':
        return { is: 'value', expr: { op: 'count', type: 'integer', ...over, body: both(where, body) } };
      case 'exists':
        return { is: 'value', expr: { op: 'exists', type: 'boolean', ...over, body: both(where, body) } };
      default: {
        const guarded: Expr = where
          ? { op: 'or', type: 'boolean', of: [{ op: 'not', type: 'boolean', of: where }, body] }
          : body;
        return { is: 'value', expr: { op: 'all', type: 'boolean', ...over, body: guarded } };
      }
    }
  }

  #sumOver(
    written: Syntax,
    scope: Scope,
    { where, ...over }: { list: RowsMeaning['list']; slot: number; name: string; where: Expr | undefined },
  ): Meaning {
    const amount = this.value(written, scope).expr;
    if (amount.type !== 'money' && amount.type !== 'integer') {
      throw new ExpressionError('.sum 只能把金额或整数加起来', written.start, written.end);
    }
    const { type } = amount;
    const none: Expr = { op: 'const', type, value: 0 };
    const body: Expr = where ? { op: 'if', type, if: where, then: amount, else: none } : amount;
    return { is: 'value', expr: { op: 'sum', type, ...over, body } };
  }

  #minus(syntax: Extract<Syntax, { kind: 'minus' }>, scope: Scope): Meaning {
    const { expr } = this.value(syntax.of, scope);
    if (expr.type !== 'integer' && expr.type !== 'money') {
      throw new ExpressionError(`负号后面应为整数或金额`, syntax.start, syntax.end);
    }
    if (expr.op === 'const') return { is: 'value', expr: { ...expr, value: 0 - (expr.value as number) } };
    const zero: Expr = { op: 'const', type: expr.type, value: 0 };
    return { is: 'value', expr: { op: 'subtract', type: expr.type, left: zero, right: expr } };
  }

  /** Text as an option of a choice. */
  option(value: string, symbol: ValueSymbol, { start, end }: { start: number; end: number }): Expr {
    if (symbol.type !== 'code' && symbol.type !== 'codes') return { op: 'const', type: 'text', value };
    const allowed = allowedValues(symbol, this.symbols);
    if (allowed && !allowed.includes(value)) {
      throw this.#unknown(`没有“${value}”这个选项`, value, allowed, start, end);
    }
    return { op: 'const', type: 'code', value, address: symbol.address };
  }
}

function wholeNumber(text: string): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) && !text.includes('.') ? value : undefined;
}
