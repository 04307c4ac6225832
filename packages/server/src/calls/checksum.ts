import { createHash } from 'node:crypto';
import type { CompiledCall } from '@keshen/rules';
import { canonicalJson } from '../platform/audit/canonical.ts';

/** A published version is known by the SHA-256 (hexadecimal) of its canonical JSON. */
export const checksumOf = (compiled: CompiledCall): string =>
  createHash('sha256').update(canonicalJson(compiled)).digest('hex');
