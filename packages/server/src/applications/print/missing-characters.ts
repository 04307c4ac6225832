import type { FormField, LinkedCall, Row } from '@keshen/rules';
import { refused, type Refused } from '../../platform/http/result.ts';
import type { Content } from '../content.ts';

/** A text of the application with characters that no font has. */
export type Unprintable = { path: string; label: string; text: string; characters: string[] };

type Text = { path: string; label: string; text: string };

/** Every text that would be printed with boxes in it, with its place in the form. */
export function findUnprintable(
  content: Content,
  linked: LinkedCall,
  missing: (text: string) => string[],
): Unprintable[] {
  // Nearly always there is none: one look at all of it is cheaper than one at each.
  if (missing(JSON.stringify(content)).length === 0) return [];
  return textsOf(content, linked).flatMap((text) => {
    const characters = missing(text.text);
    return characters.length > 0 ? [{ ...text, characters }] : [];
  });
}

function textsOf(content: Content, linked: LinkedCall): Text[] {
  const { organisation, department, applicant, sections, attachments } = content;
  const fields = linked.form.sections.flatMap((section) =>
    section.fields.flatMap((field) => {
      const value = sections[section.key]?.[field.key];
      return field.type === 'table'
        ? cellsOf(field, Array.isArray(value) ? (value as readonly Row[]) : [])
        : textOf(field.path, field.name, value);
    }),
  );
  const files = attachments.flatMap(({ material, fileName, facts }) => {
    const definition = linked.materials.find(({ key }) => key === material);
    const title = definition?.title ?? material;
    return [
      ...textOf(`materials.${material}.fileName`, `附件“${title}”的文件名`, fileName),
      ...(definition?.facts ?? []).flatMap((fact) =>
        textOf(fact.path, `附件“${title}”的${fact.name}`, facts[fact.key]),
      ),
    ];
  });
  return [
    ...fields,
    ...files,
    ...textOf('organisation.name', '单位信息里的单位名称', organisation.name),
    ...textOf('department', '推荐部门名称', department),
    ...textOf('applicant', '申报人姓名', applicant),
  ];
}

const cellsOf = (field: FormField, rows: readonly Row[]): Text[] =>
  rows.flatMap((row, index) =>
    (field.columns ?? []).flatMap((column) =>
      textOf(
        `${field.path}[${row.id}].${column.key}`,
        `${field.rowNoun ?? field.label}第${index + 1}行的${column.label}`,
        row[column.key],
      ),
    ),
  );

const textOf = (path: string, label: string, value: unknown): Text[] =>
  typeof value === 'string' && value !== '' ? [{ path, label, text: value }] : [];

const MOST_NAMED = 10;

/** Says which character stands where, and what to do: an emoji goes, a rare character in a name wants a font. */
export function unprintable(found: readonly Unprintable[]): Refused {
  const characters = [...new Set(found.flatMap((place) => place.characters))];
  const places = found.slice(0, MOST_NAMED).map(({ label, text, characters: its }) => {
    const shown = Array.from(text).length <= 20 ? `“${text}”` : '';
    return `${label}${shown}中的${its.map(named).join('、')}`;
  });
  const more = found.length > MOST_NAMED ? `等${found.length}处` : '';
  return refused(422, {
    code: 'missing_characters',
    message: `有${characters.length}个字打印不出来：${places.join('；')}${more}。`,
    where: found[0]?.path ?? '',
    remedy: remedyFor(characters),
  });
}

const isHan = (character: string): boolean => /\p{Script=Han}/u.test(character);
const isVisible = (character: string): boolean => !/[\p{C}\p{M}\p{Z}\uFE00-\uFE0F]/u.test(character);

/** With its number, since the screen may not have the character either. */
function named(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return isVisible(character) ? `“${character}”（${code}）` : `看不见的字符（${code}）`;
}

function remedyFor(characters: readonly string[]): string {
  const rare = characters.some(isHan);
  const others = characters.some((character) => !isHan(character));
  return [
    rare &&
      '姓名、地名里的生僻字不必改写：请联系系统管理员把有这个字的字体文件（TTF、OTF）放进服务器的字体目录，再重新打印；其他地方请换用通行的写法。',
    others && '表情符号和看不见的字符，请在所指的地方删去。',
  ]
    .filter(Boolean)
    .join('');
}
