import { dateOfInstant, linkCall, type CompiledCall, type LinkedCall, type ReferenceData } from '@keshen/rules';
import type { Db } from '../platform/db/schema.ts';
import { approvedExtensions, type Extension, findRound, listRounds, readVersion, type RoundRow } from './store.ts';

/** A call being run, with everything to judge an application by. */
export type LoadedRound = {
  round: RoundRow;
  compiled: CompiledCall;
  mode: 'live' | 'rehearsal';
  /** Added to every instant of the notice to get the real one; 0 in a live round. Ms. */
  shiftMs: number;
  /** What the authority extended, approved by a second person. */
  extensions: readonly Extension[];
  /** The instant of the notice's calendar that a real instant stands for. */
  noticeInstant(instant: Date): Date;
  /** The calendar date (Asia/Shanghai) by which rules are evaluated at a real instant: `at.date`. */
  asOf(instant: Date): string;
  /** The call with the parameters of a day of the notice's calendar. Throws where a parameter has no value for it. */
  linked(asOf: string): LinkedCall;
  linkedAt(instant: Date): LinkedCall;
};

/** Undefined when there is no such round. */
export async function loadRound(
  { db, reference }: { db: Db; reference: ReferenceData },
  roundId: string,
): Promise<LoadedRound | undefined> {
  const round = await findRound(db, roundId);
  if (!round) return undefined;
  const compiled = await compiledCall(db, round.checksum);
  return openRound(round, compiled, reference, await approvedExtensions(db, roundId));
}

/** Every round of an authority, the live ones first. */
export async function roundsOfAuthority(
  context: { db: Db; reference: ReferenceData },
  authorityId: string,
): Promise<LoadedRound[]> {
  const rounds = await listRounds(context.db, [authorityId]);
  const loaded = await Promise.all(rounds.map(({ id }) => loadRound(context, id)));
  return loaded.filter((round) => round !== undefined);
}

export function openRound(
  round: RoundRow,
  compiled: CompiledCall,
  reference: ReferenceData,
  extensions: readonly Extension[],
): LoadedRound {
  const noticeInstant = (instant: Date): Date => new Date(instant.getTime() - round.shiftMs);
  const asOf = (instant: Date): string => dateOfInstant(noticeInstant(instant).getTime());
  const linked = (date: string): LinkedCall => link(round, compiled, reference, date);
  return {
    round,
    compiled,
    mode: round.mode,
    shiftMs: round.shiftMs,
    extensions,
    noticeInstant,
    asOf,
    linked,
    linkedAt: (instant) => linked(asOf(instant)),
  };
}

/** Published versions never change, so they are read and linked once. */
const versions = new Map<string, CompiledCall>();
const links = new Map<string, LinkedCall>();
const MOST_LINKS = 200;

export async function compiledCall(db: Db, checksum: string): Promise<CompiledCall> {
  const known = versions.get(checksum);
  if (known) return known;
  const compiled = await readVersion(db, checksum);
  versions.set(checksum, compiled);
  return compiled;
}

function link(round: RoundRow, compiled: CompiledCall, reference: ReferenceData, asOf: string): LinkedCall {
  const key = JSON.stringify([
    round.checksum,
    asOf,
    Object.entries(round.readings).toSorted(([a], [b]) => a.localeCompare(b)),
  ]);
  const known = links.get(key);
  if (known && known.reference === reference) return known;
  const linked = linkCall(compiled, { asOf, readings: round.readings, reference });
  const [oldest] = links.keys();
  if (links.size >= MOST_LINKS && oldest !== undefined) links.delete(oldest);
  links.set(key, linked);
  return linked;
}
