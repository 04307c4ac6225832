import type { Application, FieldValue, SectionValue } from '@keshen/rules';

/** Whether what is filled already stays, or gives way to what is brought in. */
export type Taking = 'onlyEmpty' | 'replace';

const isEmpty = (value: FieldValue | undefined): boolean =>
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** The section as it would be. A table is one answer: it is brought in whole or left as it is. */
export function takeIn(now: SectionValue, brought: SectionValue, taking: Taking): SectionValue {
  const after: SectionValue = { ...now };
  for (const [key, value] of Object.entries(brought)) if (taking === 'replace' || isEmpty(now[key])) after[key] = value;
  return after;
}

/** Every brought section as it would be, by key. */
export const takenIn = (now: Application, brought: Application, taking: Taking): Application =>
  Object.fromEntries(Object.entries(brought).map(([key, data]) => [key, takeIn(now[key] ?? {}, data, taking)]));

export type ReadFile = { ok: true; document: unknown } | { ok: false; message: string };

/** Reads a file's text as JSON and says where it breaks off, by line. A byte order mark of a Windows editor does no harm. */
export function readJsonFile(text: string): ReadFile {
  const plain = text.replace(/^\uFEFF/, '');
  if (plain.trim() === '') return { ok: false, message: '这个文件是空的。' };
  try {
    return { ok: true, document: JSON.parse(plain) };
  } catch (error) {
    const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const line = at === undefined ? plain.split('\n').length : plain.slice(0, Number(at)).split('\n').length;
    return { ok: false, message: `第 ${line} 行附近不是正确的 JSON，可能少了引号、逗号或括号，或者文件没有存完整。` };
  }
}
