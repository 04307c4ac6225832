import type { FormField } from '../call.ts';
import type { Hint, HintInput } from './hint.ts';
import { rowsOf } from './read.ts';

/**
 * What the usual print fonts do not draw: pictures of emotion, private and invisible characters, Han characters beyond the basic block
 * and Extension A. A house may have added a font, so this only asks to look at the print.
 */
const RARE =
  /[\p{Extended_Pictographic}\p{Co}\p{Cn}\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF\u{20000}-\u{3FFFF}\u9FA6-\u9FFF]/u;
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/u;
/** Drawn by any font, though they count as pictographs. */
const PLAIN = new Set(['©', '®', '™']);

/** Texts with characters that may come out as boxes on paper. */
export function rareCharacters({ application, form }: HintInput): Hint[] {
  const look = (path: string, label: string, value: unknown): Hint[] => {
    if (typeof value !== 'string') return [];
    const found = [...new Set(Array.from(value).filter((one) => RARE.test(one) && !PLAIN.has(one)))];
    if (found.length === 0) return [];
    const named = found.map((one) =>
      INVISIBLE.test(one)
        ? `看不见的字符（U+${one.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}）`
        : `“${one}”`,
    );
    const text = `“${label}”里有${named.slice(0, 5).join('、')}，打印时可能没有这个字。姓名、地名里的生僻字不必改，请先打印看看。`;
    return [{ kind: 'character', title: '有的字可能打印不出来', text, fields: [path] }];
  };
  const words = ({ type }: FormField) => type === 'text' || type === 'long_text';
  return form.sections.flatMap((section) =>
    section.fields.flatMap((field) => {
      const value = application[section.key]?.[field.key];
      if (words(field)) return look(field.path, field.label, value);
      const columns = (field.columns ?? []).filter(words);
      return rowsOf(value).flatMap((row, index) =>
        columns.flatMap(({ key, label }) =>
          look(`${field.path}[${row.id}].${key}`, `${field.rowNoun ?? field.label} ${index + 1}的${label}`, row[key]),
        ),
      );
    }),
  );
}
