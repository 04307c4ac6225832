const LONGEST = 120;

/**
 * A file name that is only a name: no folders, no control or direction-changing characters, no leading dots, at most 120
 * characters with its extension kept. `fallback` is used when nothing is left.
 */
export function cleanFileName(given: string, fallback: string): string {
  const base = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = base
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '');
  if (plain === '') return fallback;
  const characters = Array.from(plain);
  if (characters.length <= LONGEST) return plain;
  const extension = /\.[0-9a-z]{1,8}$/i.exec(plain)?.[0] ?? '';
  return characters.slice(0, LONGEST - extension.length).join('') + extension;
}
