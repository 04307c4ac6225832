import { Worker } from 'node:worker_threads';
import type { Bindable, BinderAnswer, BinderJob, Insertion } from './binder-worker.ts';

export type { Bindable, Insertion } from './binder-worker.ts';

/** Files that are being bound into one document. */
export type Binder = {
  bindable: Bindable[];
  /** The document with the files' pages in it; its claim to PDF/UA is taken out, since foreign pages carry no tags. */
  bind(document: Uint8Array, insertions: readonly Insertion[]): Promise<Uint8Array>;
  close(): Promise<void>;
};

/** A file that somebody uploaded may be built to be slow or to grow; a binder that takes longer is ended. Ms. */
const TIMEOUT = 60_000;
const HEAP_MB = 1024;

/** Opens files (PDF, PNG or JPEG, told by their first bytes) in a thread of their own, which the caller closes. */
export async function openBinder(files: readonly Uint8Array[]): Promise<Binder> {
  const worker = new Worker(new URL('./binder-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  let pending: { resolve: (answer: BinderAnswer) => void; reject: (error: Error) => void } | undefined;
  worker.on('message', (answer: BinderAnswer) => pending?.resolve(answer));
  worker.on('error', (error) => pending?.reject(error instanceof Error ? error : new Error(String(error))));
  const ask = async (job: BinderJob): Promise<BinderAnswer> => {
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<BinderAnswer>((resolve, reject) => {
        pending = { resolve, reject };
        timer = setTimeout(() => reject(new Error('binding took too long')), TIMEOUT);
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
        worker.postMessage(job);
      });
    } catch (error) {
      await worker.terminate();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
  const opened = await ask({ files: [...files] });
  return {
    bindable: opened.bindable ?? [],
    async bind(document, insertions) {
      const { bound, error } = await ask({ document, insertions: [...insertions] });
      if (!bound) throw new Error(`the files could not be bound: ${error}`);
      return bound;
    },
    async close() {
      await worker.terminate();
    },
  };
}
