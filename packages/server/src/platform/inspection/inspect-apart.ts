import { Worker } from 'node:worker_threads';
import type { ClamdAddress } from './clamd.ts';
import type { Asked, Inspected } from './inspection.ts';

export type InspectionJob = { id: number; path: string; asked: Asked; clamd: ClamdAddress | undefined };
export type InspectionAnswer = { id: number; inspected?: Inspected; error?: string };

type Waiting = { resolve: (inspected: Inspected) => void; reject: (error: Error) => void };

let worker: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/**
 * As `inspect`, in a worker thread: whoever starts a process waits until it runs (some 10 ms on a busy machine), and what qpdf lists may be
 * 64 MB, while everybody else saves. The thread starts with the first file and is started anew should it break.
 */
export function inspectApart(path: string, asked: Asked, clamd: ClamdAddress | undefined): Promise<Inspected> {
  return new Promise((resolve, reject) => {
    const id = ++lastId;
    waiting.set(id, { resolve, reject });
    worker ??= start();
    // Idle, the worker does not keep the process alive; an inspection under way does.
    worker.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    worker.postMessage({ id, path, asked, clamd } satisfies InspectionJob);
  });
}

function start(): Worker {
  const started = new Worker(new URL('./inspection-worker.ts', import.meta.url));
  started.unref();
  started.on('message', ({ id, inspected, error }: InspectionAnswer) => {
    const job = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) started.unref();
    if (inspected) job?.resolve(inspected);
    else job?.reject(new Error(`the file could not be inspected: ${error}`));
  });
  const fail = (error: Error) => {
    if (worker !== started) return;
    worker = undefined;
    for (const job of waiting.values()) job.reject(error);
    waiting.clear();
  };
  started.on('error', fail);
  started.on('exit', () => fail(new Error('the inspection worker ended')));
  return started;
}
