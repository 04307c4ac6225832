export type { FileStore, ReceivedFile } from './file-store.ts';
export { openFileStore } from './open-file-store.ts';
export * from './send-file.ts';
export type { S3Settings } from './settings.ts';
