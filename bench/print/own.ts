import { json } from 'node:stream/consumers';
import { openDocuments } from '../../packages/server/src/platform/documents/index.ts';
import { quantile } from '../measure.ts';
import { type Material, printLong } from './long-application.ts';

/** What a process that does nothing but print tells of itself. Seconds; MB are 10^6 bytes. */
export type Own = {
  pages: number;
  documents: number;
  first: number;
  median: number;
  slowest: number;
  /** Processor time of all threads for a warm document: on a busy machine the clock shows more. */
  processor: number;
  memoryBefore: number;
  memory: number;
};

const DOCUMENTS = 100;

// The material comes on standard input, so that reading the calls is no part of this process's memory.
const material = (await json(process.stdin)) as Material;
const documents = openDocuments();
const held = () => (process.resourceUsage().maxRSS * 1024) / 1e6;
const memoryBefore = held();
const seconds: number[] = [];
let pages = 0;
let before = process.cpuUsage();
for (let ordinal = 0; ordinal < DOCUMENTS; ordinal += 1) {
  const begun = performance.now();
  // Each is another document: nothing of it can be remembered from the one before.
  ({ pages } = await printLong(material, ordinal, documents));
  seconds.push((performance.now() - begun) / 1000);
  if (ordinal === 0) before = process.cpuUsage();
}
const [first = NaN, ...warm] = seconds;
const { user, system } = process.cpuUsage(before);
const memory = held();
await documents.close();
const own: Own = {
  pages,
  documents: DOCUMENTS,
  first,
  median: quantile(warm, 0.5),
  slowest: Math.max(...warm),
  processor: (user + system) / 1e6 / warm.length,
  memoryBefore,
  memory,
};
console.log(JSON.stringify(own));
