export type { ClamdAddress } from './clamd.ts';
export { isWhole } from './file-ends.ts';
export { type FileType, isAccepted, typeOfFile } from './file-type.ts';
export { inspectApart } from './inspect-apart.ts';
export { type Inspected, type Inspection, isUnsettled, notYetInspected, unsettledRefusal } from './inspection.ts';
export { textOfPdf } from './inspect-pdf.ts';
export { runTool } from './run-tool.ts';
export { type PageCodes, readCodes, readPicture } from './read-codes.ts';
