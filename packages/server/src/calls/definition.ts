import { createHash } from 'node:crypto';
import { callForBrowser, referenceForBrowser, type ReferenceData } from '@keshen/rules';
import type { LoadedRound } from './round.ts';

/** What the browser evaluates with: the same rules and readings as the server, and of the rest what a form needs. */
export function definitionOf(loaded: LoadedRound, reference: ReferenceData): { etag: string; body: string } {
  const { round, compiled, mode, shiftMs } = loaded;
  const body = JSON.stringify({
    compiled: callForBrowser(compiled),
    reference: referenceForBrowser(compiled, reference),
    checksum: round.checksum,
    readings: round.readings,
    shiftMs,
    mode,
  });
  return { etag: `"${createHash('sha256').update(body).digest('base64url')}"`, body };
}
