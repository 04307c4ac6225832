import type { CompareOperator } from '../../tree.ts';
import { ExpressionError, tokens, type Token } from './lexer.ts';

type Kinds<K extends string, T> = K extends string ? { kind: K } & T : never;

/** What was written, not yet understood. */
export type Syntax = { start: number; end: number } & (
  | Kinds<'string' | 'money' | 'number' | 'ratio' | 'name', { text: string }>
  | { kind: 'boolean'; value: boolean }
  | { kind: 'member'; of: Syntax; key: string }
  | { kind: 'call'; of: Syntax | undefined; name: string; args: Syntax[] }
  | { kind: 'list'; of: Syntax[] }
  | Kinds<'not' | 'minus', { of: Syntax }>
  | Kinds<'and' | 'or', { of: Syntax[] }>
  | { kind: 'compare'; is: CompareOperator; left: Syntax; right: Syntax }
  | Kinds<'in' | 'add' | 'subtract' | 'multiply', { left: Syntax; right: Syntax }>
  | { kind: 'if'; if: Syntax; then: Syntax; else: Syntax }
);

const COMPARES = new Set(['==', '!=', '<', '<=', '>', '>=']);
const MAX_DEPTH = 60;

/** Throws `ExpressionError`. */
export function parse(text: string): Syntax {
  const parser = new Parser(tokens(text));
  return parser.whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(pieces: readonly Token[]) {
    this.#tokens = pieces;
  }

  whole(): Syntax {
    const syntax = this.#conditional();
    const rest = this.#peek();
    if (rest.kind !== 'end') {
      throw new ExpressionError(`这里多出“${rest.text}”，前面的式子已经完整`, rest.start, rest.end);
    }
    return syntax;
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', start: 0, end: 0 };
  }

  #takes(text: string, kind: Token['kind'] = 'symbol'): boolean {
    const token = this.#peek();
    if (token.kind !== kind || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #expect(text: string): Token {
    const token = this.#peek();
    if (token.kind !== 'symbol' || token.text !== text) {
      throw new ExpressionError(
        token.kind === 'end' ? `式子没有写完，缺“${text}”` : `这里应为“${text}”，写的是“${token.text}”`,
        token.start,
        token.end,
      );
    }
    this.#at += 1;
    return token;
  }

  #conditional(): Syntax {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw new ExpressionError('式子嵌套太深，请拆成几条规则', this.#peek().start, this.#peek().end);
    }
    const condition = this.#or();
    let syntax = condition;
    if (this.#takes('?')) {
      const then = this.#conditional();
      this.#expect(':');
      const otherwise = this.#conditional();
      syntax = { kind: 'if', if: condition, then, else: otherwise, start: condition.start, end: otherwise.end };
    }
    this.#depth -= 1;
    return syntax;
  }

  #or(): Syntax {
    return this.#junction('or', '||', () => this.#and());
  }

  #and(): Syntax {
    return this.#junction('and', '&&', () => this.#comparison());
  }

  #junction(kind: 'and' | 'or', symbol: string, next: () => Syntax): Syntax {
    const first = next();
    const of = [first];
    while (this.#takes(symbol)) of.push(next());
    return of.length === 1 ? first : { kind, of, start: first.start, end: of.at(-1)?.end ?? first.end };
  }

  #comparison(): Syntax {
    const left = this.#sum();
    if (this.#takes('in', 'name')) {
      const right = this.#sum();
      return { kind: 'in', left, right, start: left.start, end: right.end };
    }
    const token = this.#peek();
    if (token.kind !== 'symbol' || !COMPARES.has(token.text)) return left;
    this.#at += 1;
    const right = this.#sum();
    const next = this.#peek();
    if (next.kind === 'symbol' && COMPARES.has(next.text)) {
      throw new ExpressionError('不能连写比较，请用 && 分成两个', next.start, next.end, 'a <= x && x <= b');
    }
    return { kind: 'compare', is: token.text as CompareOperator, left, right, start: left.start, end: right.end };
  }

  #sum(): Syntax {
    let left = this.#product();
    for (;;) {
      const kind = this.#takes('+') ? 'add' : this.#takes('-') ? 'subtract' : undefined;
      if (!kind) return left;
      const right = this.#product();
      left = { kind, left, right, start: left.start, end: right.end };
    }
  }

  #product(): Syntax {
    let left = this.#unary();
    while (this.#takes('*')) {
      const right = this.#unary();
      left = { kind: 'multiply', left, right, start: left.start, end: right.end };
    }
    return left;
  }

  #unary(): Syntax {
    const { start } = this.#peek();
    const kind = this.#takes('!') ? 'not' : this.#takes('-') ? 'minus' : undefined;
    if (!kind) return this.#postfix();
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new ExpressionError('式子嵌套太深，请拆成几条规则', start, start + 1);
    const of = this.#unary();
    this.#depth -= 1;
    return { kind, of, start, end: of.end };
  }

  #postfix(): Syntax {
    let syntax = this.#primary();
    while (this.#takes('.')) {
      const token = this.#peek();
      if (token.kind !== 'name') throw new ExpressionError('“.”后面要写名字', token.start, token.end);
      this.#at += 1;
      if (this.#takes('(')) {
        const { args, end } = this.#arguments();
        syntax = { kind: 'call', of: syntax, name: token.text, args, start: syntax.start, end };
      } else {
        syntax = { kind: 'member', of: syntax, key: token.text, start: syntax.start, end: token.end };
      }
    }
    return syntax;
  }

  #arguments(close = ')'): { args: Syntax[]; end: number } {
    const args: Syntax[] = [];
    if (this.#peek().text !== close || this.#peek().kind !== 'symbol') {
      do args.push(this.#conditional());
      while (this.#takes(','));
    }
    return { args, end: this.#expect(close).end };
  }

  #primary(): Syntax {
    const token = this.#peek();
    const { start, end } = token;
    this.#at += 1;
    if (token.kind === 'string' || token.kind === 'money' || token.kind === 'number' || token.kind === 'ratio') {
      return { kind: token.kind, text: token.text, start, end };
    }
    if (token.kind === 'name') {
      if (token.text === 'true' || token.text === 'false') {
        return { kind: 'boolean', value: token.text === 'true', start, end };
      }
      if (this.#takes('(')) {
        const call = this.#arguments();
        return { kind: 'call', of: undefined, name: token.text, args: call.args, start, end: call.end };
      }
      return { kind: 'name', text: token.text, start, end };
    }
    if (token.kind === 'symbol' && token.text === '(') {
      const inner = this.#conditional();
      return { ...inner, start, end: this.#expect(')').end };
    }
    if (token.kind === 'symbol' && token.text === '[') {
      const { args, end: closed } = this.#arguments(']');
      return { kind: 'list', of: args, start, end: closed };
    }
    throw new ExpressionError(token.kind === 'end' ? '式子没有写完' : `这里不能写“${token.text}”`, start, end);
  }
}
