import type { CompiledCall } from '../call.ts';
import { linkCall, type LinkedCall } from '../evaluate/link.ts';
import type { ReferenceData } from '../reference.ts';

/** Links a call once for each day and choice of readings. */
export class Links {
  readonly #compiled: CompiledCall;
  readonly #reference: ReferenceData;
  readonly #linked = new Map<string, LinkedCall>();

  constructor(compiled: CompiledCall, reference: ReferenceData) {
    this.#compiled = compiled;
    this.#reference = reference;
  }

  on(asOf: string, readings: Readonly<Record<string, string>> = {}): LinkedCall {
    const key = `${asOf} ${JSON.stringify(Object.entries(readings).sort())}`;
    let linked = this.#linked.get(key);
    if (!linked) {
      linked = linkCall(this.#compiled, { asOf, readings, reference: this.#reference });
      this.#linked.set(key, linked);
    }
    return linked;
  }
}
