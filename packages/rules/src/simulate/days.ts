import type { CompiledCall } from '../call.ts';
import { OUTCOME_BYTES, type OutcomeByte } from '../batch/batch.ts';
import { generatedBatch } from '../batch/generate.ts';
import { linkCall, type LinkedCall } from '../evaluate/link.ts';
import type { ReferenceData } from '../reference.ts';
import type { Subject } from '../subject.ts';

/** A call as it is, or as it would be. */
export type Side = { compiled: CompiledCall; readings: Readonly<Record<string, string>> };

/** What an outcome comes to: pass, not applicable and a rule that is not there let an application through alike. */
export type Effect = 'through' | 'fail' | 'unknown' | 'needs_human';

export const effectOf = (outcome: OutcomeByte | 'absent'): Effect => {
  if (outcome === 'pass' || outcome === 'not_applicable' || outcome === 'absent') return 'through';
  return outcome === 'defect' ? 'unknown' : outcome;
};

/** Both sides linked for one day. */
export type Day = {
  before: LinkedCall;
  after: LinkedCall;
  /** Whether anything may come out otherwise: told by the bytes of a batch, without explaining. */
  mayDiffer: (subject: Subject) => boolean;
};

/** Links both sides once for each day. */
export class Days {
  readonly #before: Side;
  readonly #after: Side;
  readonly #reference: ReferenceData;
  readonly #days = new Map<string, Day | undefined>();

  constructor(before: Side, after: Side, reference: ReferenceData) {
    this.#before = before;
    this.#after = after;
    this.#reference = reference;
  }

  /** Undefined where a parameter has no value for the day. */
  on(asOf: string): Day | undefined {
    if (!this.#days.has(asOf)) this.#days.set(asOf, this.#link(asOf));
    return this.#days.get(asOf);
  }

  #link(asOf: string): Day | undefined {
    if (![this.#before, this.#after].every(({ compiled }) => holdsOn(compiled, asOf))) return undefined;
    const [before, after] = [this.#before, this.#after].map(({ compiled, readings }) =>
      linkCall(compiled, { asOf, readings, reference: this.#reference }),
    );
    return before && after && { before, after, mayDiffer: comparison(before, after) };
  }
}

const holdsOn = ({ parameters }: CompiledCall, asOf: string): boolean =>
  parameters.every(({ values }) =>
    values.some(({ from, until }) => from <= asOf && (until === undefined || asOf <= until)),
  );

const EFFECTS = OUTCOME_BYTES.map(effectOf);

function comparison(before: LinkedCall, after: LinkedCall): Day['mayDiffer'] {
  const rest = ({ form, materials }: LinkedCall): string => JSON.stringify([form, materials]);
  if (rest(before) !== rest(after)) return () => true;
  const [old, now] = [generatedBatch(before), generatedBatch(after)];
  const [oldBytes, nowBytes] = [new Uint8Array(old.rules.length), new Uint8Array(now.rules.length)];
  const places = [...new Set([...old.rules, ...now.rules])].map(
    (rule) => [old.rules.indexOf(rule), now.rules.indexOf(rule)] as const,
  );
  const effect = (bytes: Uint8Array, at: number): Effect => EFFECTS[bytes[at] ?? 0] ?? 'through';
  return (subject) => {
    old.judge(subject, oldBytes);
    now.judge(subject, nowBytes);
    return places.some(([a, b]) => effect(oldBytes, a) !== effect(nowBytes, b));
  };
}
