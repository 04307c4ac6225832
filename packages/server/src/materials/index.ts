export { cleanFileName } from './file-name.ts';
export { inspectFile } from './inspect-file.ts';
export { textOfPdf } from './inspect-pdf.ts';
