import { open } from 'node:fs/promises';

/** PDF readers accept a header within the first 1024 bytes (ISO 32000-1, implementation note 13). */
const HEAD_BYTES = 1024;
/** Some writers put a few lines behind the end mark; more than that is another file. */
const TAIL_BYTES = 4096;

export async function readEnds(path: string): Promise<{ head: Buffer; tail: Buffer }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, HEAD_BYTES));
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    await file.read(head, 0, head.length, 0);
    await file.read(tail, 0, tail.length, size - tail.length);
    return { head, tail };
  } finally {
    await file.close();
  }
}

const ENDS: Record<string, (tail: Buffer) => boolean> = {
  pdf: (tail) => tail.includes('%%EOF'),
  jpg: (tail) => tail.includes(Buffer.from('ffd9', 'hex')),
  png: (tail) => tail.includes('IEND'),
};

/** Whether a file of this type (`pdf`, `jpg`, …) has the end that it must have; one that was cut off has not. */
export async function isWhole(path: string, type: string): Promise<boolean> {
  const end = ENDS[type];
  return end === undefined || end((await readEnds(path)).tail);
}
