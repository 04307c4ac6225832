import { isAlias, isMap, isScalar, LineCounter, parseDocument, type Document, type Node, type Scalar } from 'yaml';
import type { Problem } from '../problem.ts';

/** A definition file and where things stand in it. */
export type SourceFile = { file: string; text: string; document: Document.Parsed; lines: LineCounter };

/** A place in a file: an offset into its text. */
export type Place = { source: SourceFile; offset: number };

const SAID: Record<string, string> = {
  DUPLICATE_KEY: '同一处写了两个相同的键',
  BAD_INDENT: '缩进不对，同一层要对齐',
  TAB_AS_INDENT: '缩进要用空格，不能用制表符',
  MISSING_CHAR: '缺少引号、括号或逗号',
  BLOCK_AS_IMPLICIT_KEY: '冒号后面多了一层，值里有冒号的要加引号',
  BAD_SCALAR_START: '值不能以 @ 或 ` 开头，请加引号',
  MULTILINE_IMPLICIT_KEY: '键写成了多行，可能缺冒号或引号没有收住',
  UNEXPECTED_TOKEN: '这里的写法读不懂',
  BAD_ALIAS: '引用（*）的名字没有定义过',
};

/** Reads YAML. What is not well-formed becomes problems, one for each place. */
export function readSource(file: string, text: string): { source: SourceFile; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  const source: SourceFile = { file, text, document, lines };
  const problems = document.errors.map((error) =>
    problemAt(
      { source, offset: error.pos[0] },
      `YAML 写法有误：${SAID[error.code] ?? error.message.split('\n')[0] ?? ''}`,
    ),
  );
  return { source, problems };
}

export function problemAt({ source, offset }: Place, message: string, suggestion?: string): Problem {
  const { line, col } = source.lines.linePos(Math.min(offset, source.text.length));
  return {
    file: source.file,
    line: Math.max(1, line),
    column: Math.max(1, col),
    message,
    ...(suggestion !== undefined && { suggestion }),
  };
}

export const lineOf = (place: Place): number => problemAt(place, '').line;

/** Follows aliases, a few steps at the most: an alias of an alias is as good as none. */
export function plainNode(node: unknown, source: SourceFile): Node | undefined {
  let current = node;
  for (let step = 0; step < 5 && isAlias(current); step += 1) current = current.resolve(source.document);
  return isMap(current) || isScalar(current) || isNode(current) ? (current as Node) : undefined;
}

const isNode = (value: unknown): boolean => typeof value === 'object' && value !== null && 'range' in value;

export const placeOfNode = (node: Node | undefined, source: SourceFile, fallback: number): Place => ({
  source,
  offset: node?.range?.[0] ?? fallback,
});

/** Where the text of a scalar begins, behind its quote. */
export function textOffset(node: Scalar): number {
  const start = node.range?.[0] ?? 0;
  return node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? start + 1 : start;
}
