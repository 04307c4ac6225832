export { openDocuments, type DocumentRequest, type Documents, type Pdf } from './documents.ts';
