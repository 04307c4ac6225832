export { cleanFileName } from './file-name.ts';
export { inspectFile } from './inspect-file.ts';
