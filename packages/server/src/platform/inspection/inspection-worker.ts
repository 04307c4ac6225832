import { parentPort } from 'node:worker_threads';
import type { InspectionAnswer, InspectionJob } from './inspect-apart.ts';
import { inspect } from './inspection.ts';

if (!parentPort) throw new Error('this file runs as a worker');
const port = parentPort;

port.on('message', (job: InspectionJob) => void answer(job));

async function answer({ id, path, asked, clamd }: InspectionJob): Promise<void> {
  const done: InspectionAnswer = await inspect(path, asked, clamd).then(
    (inspected) => ({ id, inspected }),
    (error: unknown) => ({ id, error: String(error) }),
  );
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port has no origin
  port.postMessage(done);
}
