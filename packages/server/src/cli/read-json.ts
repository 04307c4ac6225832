import { readFile } from 'node:fs/promises';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import { UsageError } from './arguments.ts';

const LARGEST = 50 * 1024 * 1024;

export type JsonFile = {
  name: string;
  value: unknown;
  /** The line (from 1) where a path such as `application.partners.list[p1].country` stands, as near as it can be found. */
  lineOf: (path: string) => number | undefined;
};

/** Reads a JSON file. What cannot be read is a UsageError that names file and line. */
export async function readJsonFile(name: string): Promise<JsonFile> {
  let text: string;
  try {
    text = await readFile(name, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UsageError(missing ? `没有“${name}”这个文件。` : `“${name}”读不了，请检查是不是文件、有没有权限。`);
  }
  if (text.length > LARGEST) throw new UsageError(`“${name}”超过 50 MB，不像一份申报。`);
  try {
    return { name, value: JSON.parse(text), lineOf: locator(text) };
  } catch (error) {
    const [, line, column] = /line (\d+) column (\d+)/.exec(String(error)) ?? [];
    const at = line ? `第 ${line} 行第 ${column} 列` : '结尾';
    throw new UsageError(`“${name}”不是合格的 JSON：${at}写错了，常见的是多了或少了逗号、引号、括号。`);
  }
}

/** JSON is YAML: its reader keeps the place of every node. Only asked when there is something to say. */
function locator(text: string): (path: string) => number | undefined {
  let found: { root: Node | null; lines: LineCounter } | undefined;
  return (path) => {
    if (path === '') return undefined;
    if (!found) {
      const lines = new LineCounter();
      found = { root: parseDocument(text, { lineCounter: lines, strict: false, uniqueKeys: false }).contents, lines };
    }
    const offset = offsetOf(found.root, path);
    return offset === undefined ? undefined : found.lines.linePos(offset).line;
  };
}

function offsetOf(root: Node | null, path: string): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      if (!pair) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const row =
        node.items.find((item) => isMap(item) && String(item.get('id')) === step) ?? node.items[Number(step) - 1];
      if (!row) return offset;
      offset = (row as Node).range?.[0] ?? offset;
      node = row;
    } else return offset;
  }
  return offset;
}
