import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Answer, Job, WorkerSettings } from './documents.ts';

if (!parentPort) throw new Error('this file runs as a worker');
const port = parentPort;
const { templates, fontFiles }: WorkerSettings = workerData;
const compiler = NodeCompiler.create({
  workspace: templates,
  fontArgs: [{ fontPaths: [...new Set(fontFiles.map((file) => dirname(file)))] }],
});

port.on('message', ({ id, template, data, images, createdAt }: Job) => {
  const answer: Answer = { id };
  try {
    // Data and pictures are shadow files that the template reads: nothing a user typed is ever parsed as markup.
    compiler.mapShadow(join(templates, 'data.json'), Buffer.from(data));
    for (const [name, content] of Object.entries(images))
      compiler.mapShadow(join(templates, name), Buffer.from(content));
    const compiled = compiler.compile({ mainFilePath: join(templates, `${template}.typ`), resetRead: true });
    if (compiled.hasError() || !compiled.result) {
      const error = compiled.takeError();
      answer.error = JSON.stringify(error ? compiler.fetchDiagnostics(error) : 'no document');
    } else {
      answer.pages = compiled.result.numOfPages;
      answer.marks = compiler.query(compiled.result, { selector: '<mark>', field: 'value' });
      answer.sealPlaces = compiler.query(compiled.result, { selector: '<seal-place>', field: 'value' });
      answer.pdf = compiler.pdf(compiled.result, { pdfStandard: 'ua-1', creationTimestamp: createdAt });
    }
  } catch (error) {
    answer.error = String(error);
  } finally {
    compiler.resetShadow();
    // Cached layout is dropped between documents: without this the worker grows by some 10 MB a document.
    compiler.evictCache(0);
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port has no origin
  port.postMessage(answer);
});
