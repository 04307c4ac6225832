export { type Bindable, type Binder, type Insertion, openBinder } from './binder.ts';
export { openDocuments, type Documents } from './documents.ts';
