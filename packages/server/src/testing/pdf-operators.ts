import { decodePDFRawStream, PDFArray, type PDFPage, PDFRawStream } from '@cantoo/pdf-lib';

/** Operators that show something (ISO 32000-1, tables 60, 77, 87, 92, 109). */
const SHOWING = new Set(['Tj', 'TJ', "'", '"', 'f', 'F', 'f*', 'S', 's', 'B', 'B*', 'b', 'b*', 'sh', 'Do']);

/** Of a page's content: how many showing operators stand outside of marked content, and the numbers of its marked pieces. */
export function contentOperators({ node }: PDFPage): { unmarked: number; pieces: number[] } {
  const contents = node.Contents();
  const streams = contents instanceof PDFArray ? contents.asArray().map((one) => node.context.lookup(one)) : [contents];
  const text = streams
    .map((one) => (one instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(one).decode()).toString('latin1') : ''))
    .join('\n');
  let unmarked = 0;
  let depth = 0;
  const pieces: number[] = [];
  let piece: number | undefined;
  for (const word of wordsOf(text)) {
    if (word === 'BMC' || word === 'BDC') {
      depth += 1;
      if (piece !== undefined) pieces.push(piece);
      piece = undefined;
    } else if (word === 'EMC') depth -= 1;
    else if (/^MCID \d+$/.test(word)) piece = Number(word.slice(5));
    else if (SHOWING.has(word) && depth === 0) unmarked += 1;
  }
  return { unmarked, pieces };
}

/** The operators and the numbers behind /MCID; strings, names and other numbers are passed over. */
function* wordsOf(text: string): Generator<string> {
  const token =
    /\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>|\/MCID\s+(\d+)|\/[^\s/<>[\]()]*|[A-Za-z'"*]+|[^A-Za-z'"*(</]+|[\s\S]/g;
  for (const match of text.matchAll(token)) {
    const [word, number] = match;
    if (number !== undefined) yield `MCID ${number}`;
    else if (/^[A-Za-z'"*]+$/.test(word)) yield word;
  }
}
