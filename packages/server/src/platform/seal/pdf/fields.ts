import { SEAL_KINDS, type SealKind } from '../authority.ts';

/** The signature field that each kind of seal stands in: a document carries each kind once. */
export const fieldOf = (kind: SealKind): string => `keshen-seal-${kind}`;

export const kindOf = (field: string): SealKind | undefined => SEAL_KINDS.find((kind) => fieldOf(kind) === field);

/**
 * Our own entry of the signature dictionary: hash and length of the file before its first seal, so that a sealed file leads back to the
 * print that it was made from.
 */
export const SOURCE_ENTRY = 'KSHN_Source';

export type Source = { sha256: string; length: number };
