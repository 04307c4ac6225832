export { type Insertion, openBinder } from './binder.ts';
export { openDocuments, type Documents, type Pdf } from './documents.ts';
