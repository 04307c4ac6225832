/** More rows are no table of an application; the server takes no more either. */
export const MOST_ROWS = 5000;

/**
 * Cells as Excel and WPS put them on the clipboard: tabs between columns, and quotes around a cell that holds a line break, a tab or a
 * quote. Rows without any text are left out, as are empty columns at the end.
 */
export function readTsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const endCell = () => {
    row.push(cell.replace(/[\u200B\u00A0]/g, ' ').trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    while (row.at(-1) === '') row.pop();
    if (row.length > 0) rows.push(row);
    row = [];
  };
  for (let at = 0; at < plain.length; at++) {
    const character = plain[at] ?? '';
    if (quoted) {
      if (character !== '"') cell += character;
      else if (plain[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (character === '"' && cell === '' && closes(plain, at)) quoted = true;
    else if (character === '\t') endCell();
    else if (character === '\n') endRow();
    else cell += character;
  }
  endRow();
  return rows;
}

/** A quote opens a cell only where another one ends it; else it is an inch or a slip, and is text. */
const closes = (text: string, at: number): boolean => /^"(?:[^"]|"")*"(?=[\t\n]|$)/.test(text.slice(at, at + 200_000));
