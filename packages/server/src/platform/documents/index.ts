export { openDocuments, type Documents } from './documents.ts';
