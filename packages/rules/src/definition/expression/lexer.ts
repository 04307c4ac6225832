/** A piece of an expression; `start` and `end` are offsets into its text. */
export type Token = { start: number; end: number } & (
  | { kind: 'name' | 'string' | 'money' | 'number' | 'ratio'; text: string }
  | { kind: 'symbol'; text: string }
  | { kind: 'end'; text: '' }
);

/** An expression that cannot be read or does not fit; offsets into its text. */
export class ExpressionError extends Error {
  readonly start: number;
  readonly end: number;
  readonly suggestion: string | undefined;
  constructor(message: string, start: number, end: number, suggestion?: string) {
    super(message);
    this.start = start;
    this.end = end;
    this.suggestion = suggestion;
  }
}

const PIECES = [
  ['blank', /\s+/y],
  ['money', /\d[\d,]*(?:\.\d+)?(?:亿元|万元|元)/y],
  ['ratio', /\d+(?:\.\d+)?%|\d+\/\d+/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['string', /"[^"\n]*"|'[^'\n]*'/y],
  ['symbol', /&&|\|\||==|!=|<=|>=|[<>!+\-*?:.,()[\]]/y],
] as const;

const LOOKALIKES: Record<string, string> = {
  '“': '"',
  '”': '"',
  '（': '(',
  '）': ')',
  '，': ',',
  '！': '!',
  '：': ':',
};

export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const token = nextToken(text, at);
    if (token.kind !== 'blank') found.push(token as Token);
    at = token.end;
  }
  found.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return found;
}

function nextToken(text: string, at: number): { kind: string; text: string; start: number; end: number } {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) continue;
    const [piece] = match;
    const content = kind === 'string' ? piece.slice(1, -1) : piece;
    return { kind, text: content, start: at, end: at + piece.length };
  }
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const meant = LOOKALIKES[character] ?? (character === '=' ? '==' : undefined);
  throw new ExpressionError(
    `表达式里不能用“${character}”`,
    at,
    at + character.length,
    meant === undefined ? undefined : `应写半角的 ${meant}`,
  );
}
