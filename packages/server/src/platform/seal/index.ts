export * from './authority.ts';
export { openSealAuthorities, readRoots, type SealAuthorities } from './authorities.ts';
export { openLocalAuthority } from './local/local-authority.ts';
export { certificateFacts, lookUpSeal, type SealCertificateFacts } from './look-up-seal.ts';
export type { SealPlace } from './pdf/place-seal.ts';
export { previewSeals, sealDocument, type SealedDocument, type SealOrder } from './seal-document.ts';
export { type DetachedReport, type DetachedSignature, signDetached, verifyDetached } from './sign-detached.ts';
export {
  type Coverage,
  firstProblem,
  type SignatureReport,
  type VerificationReport,
  verifyDocument,
} from './verify-document.ts';
