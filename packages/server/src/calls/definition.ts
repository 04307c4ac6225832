import { createHash } from 'node:crypto';
import type { ReferenceData } from '@keshen/rules';
import type { LoadedRound } from './round.ts';

/** What the browser evaluates with: the same call, readings and reference data as the server. */
export function definitionOf(loaded: LoadedRound, reference: ReferenceData): { etag: string; body: string } {
  const { round, compiled, mode, shiftMs } = loaded;
  const { countries, groups, divisions, holidays, titles } = reference;
  const body = JSON.stringify({
    compiled: { ...compiled, cases: [] },
    reference: { countries, groups, divisions, holidays, titles },
    checksum: round.checksum,
    readings: round.readings,
    shiftMs,
    mode,
  });
  return { etag: `"${createHash('sha256').update(body).digest('base64url')}"`, body };
}
