export { cleanFileName } from './file-name.ts';
export { inspectFile } from './inspect-file.ts';
export { textOfPdf } from '../platform/inspection/index.ts';
