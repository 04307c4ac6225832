export * from './file-store.ts';
export * from './send-file.ts';
