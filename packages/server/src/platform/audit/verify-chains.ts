import type { Db } from '../db/schema.ts';
import { eventHash, START } from './log.ts';
import { wasForgotten } from './store-forgotten.ts';

/** An event that does not follow from the one before it: `link` when the chain is torn, `content` when the row itself was changed. */
export type BrokenLink = { event: number; chain: string; at: Date; why: 'link' | 'content' };
export type ChainsVerdict = { events: number; chains: number; broken: BrokenLink[] };

const BATCH = 5000;

/** Walks every chain, or that of one subject, and recomputes every hash. */
export async function verifyChains(db: Db, subject?: { kind: string; id: string }): Promise<ChainsVerdict> {
  const heads = new Map<string, string>();
  const broken: BrokenLink[] = [];
  let events = 0;
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('event')
      .selectAll()
      .where('id', '>', after)
      .$if(subject !== undefined, (query) =>
        query.where('subjectKind', '=', subject?.kind ?? '').where('subjectId', '=', subject?.id ?? ''),
      )
      .orderBy('id')
      .limit(BATCH)
      .execute();
    for (const { id, previousHash, hash, ...row } of rows) {
      const chain = `${row.subjectKind}:${row.subjectId}`;
      const changed = hash !== eventHash(previousHash, row);
      const before = heads.get(chain);
      const follows =
        previousHash === (before ?? START) || (before === undefined && (await wasForgotten(db, previousHash)));
      if (changed || !follows) {
        broken.push({ event: id, chain, at: row.at, why: changed ? 'content' : 'link' });
      }
      heads.set(chain, hash);
      after = id;
      events += 1;
    }
    if (rows.length < BATCH) return { events, chains: heads.size, broken };
  }
}
