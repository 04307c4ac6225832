export type Challenge = { challenge: string; bits: number };
export type Proof = { challenge: string; answer: number };

/** Answers are tried so many at a time: one after the other would mostly wait. */
const BATCH = 512;

/**
 * Finds the number whose SHA-256 together with the challenge begins with so many zero bits. Undefined where the browser offers no hashing,
 * which is so on pages that are neither https nor on this machine.
 */
export async function solve({ challenge, bits }: Challenge): Promise<Proof | undefined> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return undefined;
  const encoder = new TextEncoder();
  const isEnough = async (answer: number): Promise<boolean> => {
    const hash = await subtle.digest('SHA-256', encoder.encode(`${challenge}:${answer}`));
    return new DataView(hash).getUint32(0) >>> (32 - bits) === 0;
  };
  for (let first = 0; ; first += BATCH) {
    const found = await Promise.all(Array.from({ length: BATCH }, (_, at) => isEnough(first + at)));
    const at = found.indexOf(true);
    if (at >= 0) return { challenge, answer: first + at };
  }
}
