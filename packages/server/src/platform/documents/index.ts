export { type Insertion, openBinder } from './binder.ts';
export { openDocuments, type Documents } from './documents.ts';
