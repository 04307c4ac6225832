import { createHash } from 'node:crypto';
import type { CompiledCall } from '@keshen/rules';
import { canonicalJson } from '../platform/audit/canonical.ts';

/** What is published of a call: all that decides anything. Cases only show that it decides rightly. */
export const published = (compiled: CompiledCall): CompiledCall => ({ ...compiled, cases: [] });

/** A published version is known by the SHA-256 (hexadecimal) of its canonical JSON. */
export const checksumOf = (compiled: CompiledCall): string =>
  createHash('sha256')
    .update(canonicalJson(published(compiled)))
    .digest('hex');
