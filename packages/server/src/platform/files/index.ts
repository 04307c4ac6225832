export type { FileStore, ReceivedFile, Reception } from './file-store.ts';
export { openFileStore } from './open-file-store.ts';
export * from './send-file.ts';
export { readS3Settings, type S3Settings } from './settings.ts';
