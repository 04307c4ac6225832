export * from './authority.ts';
export { openLocalAuthority } from './local/local-authority.ts';
export { lookUpSeal, type UsableSeal } from './look-up-seal.ts';
export type { SealPlace } from './pdf/place-seal.ts';
export { remoteAuthority, type RemoteService } from './remote/remote-authority.ts';
export { sealDocument, type SealedDocument, type SealOrder } from './seal-document.ts';
export { type DetachedReport, type DetachedSignature, signDetached, verifyDetached } from './sign-detached.ts';
export { type Coverage, type SignatureReport, type VerificationReport, verifyDocument } from './verify-document.ts';
