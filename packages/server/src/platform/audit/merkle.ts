import { createHash } from 'node:crypto';

/** The tree of RFC 9162 (2.1): leaves and nodes are hashed apart, so that neither can stand for the other. All values are 32 bytes. */
const hashLeaf = (leaf: Buffer): Buffer => createHash('sha256').update(Buffer.of(0)).update(leaf).digest();
const hashNode = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();

/** The largest power of two below `size`. */
const splitOf = (size: number): number => 2 ** Math.floor(Math.log2(size - 1));

/** At least one leaf. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (!only) throw new Error('a tree needs a leaf');
  if (leaves.length === 1) return hashLeaf(only);
  const split = splitOf(leaves.length);
  return hashNode(merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)));
}

/** The neighbours on the way from leaf `index` (from 0) up to the root. */
export function merkleProof(leaves: readonly Buffer[], index: number): Buffer[] {
  if (index < 0 || index >= leaves.length) throw new Error(`no leaf ${index} among ${leaves.length}`);
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...merkleProof(left, index), merkleRoot(right)]
    : [...merkleProof(right, index - split), merkleRoot(left)];
}

/** The root to which a proof leads; undefined when it has the wrong length for a tree of that size. */
export function rootOfProof(leaf: Buffer, index: number, size: number, proof: readonly Buffer[]): Buffer | undefined {
  if (index < 0 || index >= size) return undefined;
  if (size === 1) return proof.length === 0 ? hashLeaf(leaf) : undefined;
  const neighbour = proof.at(-1);
  if (!neighbour) return undefined;
  const split = splitOf(size);
  const below = proof.slice(0, -1);
  const inner =
    index < split ? rootOfProof(leaf, index, split, below) : rootOfProof(leaf, index - split, size - split, below);
  if (!inner) return undefined;
  return index < split ? hashNode(inner, neighbour) : hashNode(neighbour, inner);
}
