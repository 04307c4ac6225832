import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { readCoverage, uncovered, type Coverage } from './font-coverage.ts';
import { fontFiles } from './fonts.ts';

/** A document to be set: `data` is what the template reads as JSON, `images` are SVG files by name. */
export type DocumentRequest = {
  template: 'application' | 'recommendation-list' | 'pledge' | 'delivery-receipt' | 'paper-slip';
  data: unknown;
  images: Record<string, string>;
  /** Stands in the PDF as the time it was made; the same request gives the same bytes. */
  createdAt: Date;
};

/** A place for a seal, as the template tells it in `metadata(…) <seal-place>`: page from 1, mm from its upper left corner. */
export type SealPlaceMark = { kind: string; title: string; page: number; x: number; y: number };

/** `marks`: for each `metadata(…) <mark>` of the template the page on which it stands, from 1. */
export type Pdf = { bytes: Buffer; pages: number; marks: number[]; sealPlaces: SealPlaceMark[] };

export type Documents = {
  /** Sets a document as PDF/UA-1 (ISO 14289-1) in a worker thread. Throws when the template fails on the data. */
  render(request: DocumentRequest): Promise<Pdf>;
  /** Characters that none of the fonts has and that would print as boxes. */
  missingCharacters(text: string): string[];
  close(): Promise<void>;
};

export type WorkerSettings = { templates: string; fontFiles: string[] };
export type Job = { id: number; template: string; data: string; images: Record<string, string>; createdAt: number };
export type Answer = {
  id: number;
  pdf?: Uint8Array;
  pages?: number;
  marks?: number[];
  sealPlaces?: SealPlaceMark[];
  error?: string;
};

const TEMPLATES = fileURLToPath(new URL('../../../documents', import.meta.url));

/**
 * The worker starts with the first document; one document is set at a time. `fontFolder`: fonts that the operator adds for rare
 * characters (TrueType or OpenType files), by default `documents/fonts`; they are looked for once.
 */
export function openDocuments(fontFolder: string = join(TEMPLATES, 'fonts')): Documents {
  const fonts = fontFiles(fontFolder);
  let worker: Worker | undefined;
  let coverage: Coverage[] | undefined;
  let lastId = 0;
  const waiting = new Map<number, { resolve: (pdf: Pdf) => void; reject: (error: Error) => void }>();

  function start(): Worker {
    const started = new Worker(new URL('./typst-worker.ts', import.meta.url), {
      workerData: { templates: TEMPLATES, fontFiles: fonts } satisfies WorkerSettings,
    });
    started.unref();
    started.on('message', ({ id, pdf, pages, marks = [], sealPlaces = [], error }: Answer) => {
      const job = waiting.get(id);
      waiting.delete(id);
      if (waiting.size === 0) started.unref();
      if (pdf && pages) job?.resolve({ bytes: Buffer.from(pdf), pages, marks, sealPlaces });
      else job?.reject(new Error(`the document could not be set: ${error}`));
    });
    const fail = (error: Error) => {
      if (worker !== started) return;
      worker = undefined;
      for (const job of waiting.values()) job.reject(error);
      waiting.clear();
    };
    started.on('error', fail);
    started.on('exit', () => fail(new Error('the document worker ended')));
    return started;
  }

  return {
    render: ({ template, data, images, createdAt }) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        worker ??= start();
        // Idle, the worker does not keep the process alive; a document under way does.
        worker.ref();
        const seconds = Math.floor(createdAt.getTime() / 1000);
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
        worker.postMessage({ id, template, data: JSON.stringify(data), images, createdAt: seconds } satisfies Job);
      }),
    missingCharacters(text) {
      coverage ??= fonts.map(readCoverage);
      return uncovered(text, coverage);
    },
    async close() {
      await worker?.terminate();
    },
  };
}
