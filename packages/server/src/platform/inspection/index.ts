export type { ClamdAddress } from './clamd.ts';
export { isWhole } from './file-ends.ts';
export { type FileType, isAccepted, typeOfFile } from './file-type.ts';
export * from './inspection.ts';
export { textOfPdf } from './inspect-pdf.ts';
export { runTool } from './run-tool.ts';
