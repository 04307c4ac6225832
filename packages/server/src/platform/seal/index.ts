export * from './authority.ts';
export { openSealAuthorities, readRoots, type SealAuthorities } from './authorities.ts';
export { openLocalAuthority } from './local/local-authority.ts';
export { certificateFacts, lookUpSeal, type SealCertificateFacts } from './look-up-seal.ts';
export { previewSeals, sealDocument } from './seal-document.ts';
export { signDetached, verifyDetached } from './sign-detached.ts';
export { firstProblem, verifyDocument } from './verify-document.ts';
