export * from './signer.ts';
export * from './version-code.ts';
