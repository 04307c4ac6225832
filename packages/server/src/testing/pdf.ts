export type PdfParts = {
  /** Entries of the catalogue, such as an action on opening. */
  catalogue?: string;
  /** Further objects, from number 6 on. */
  objects?: string[];
  /** Drawing operators of the pages. */
  content?: string;
  /** In points; A4 when absent. */
  size?: [number, number];
  pages?: number;
};

/** A valid PDF of these parts, whose pages all show the same. */
export function pdfOf({
  catalogue = '',
  objects: more = [],
  content = '',
  size = [595, 842],
  pages = 1,
}: PdfParts): Buffer {
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${size.join(' ')}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`;
  const firstPage = 6 + more.length;
  const kids = Array.from({ length: pages }, (_, at) => `${at === 0 ? 3 : firstPage + at - 1} 0 R`);
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages} >>`,
    page,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...more,
    ...Array.from({ length: pages - 1 }, () => page),
  ];
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  file += offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** A valid one-page PDF with a line of text (ASCII) in its text layer; without a text, a blank page as a scan has it. */
export const tinyPdf = (text = ''): Buffer =>
  pdfOf({ content: `BT /F1 12 Tf 72 720 Td (${text.replace(/[\\()]/g, '\\$&')}) Tj ET` });
