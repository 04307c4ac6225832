import type { Answer } from './client.ts';
import { sha256 } from './sha256.ts';
import { transfer, type Memory, type UploadProgress, type Wire } from './tus.ts';

export type UploadPlace = { application: string; material: string; row?: string };

export type ResumableUpload<T> = {
  done: Promise<Answer<T>>;
  pause: () => void;
  resume: () => void;
  /** Gives it up; what was sent is thrown away. */
  cancel: () => void;
};

const LONGEST_WAIT_MS = 30_000;

/**
 * Sends a file to its place. Chosen again after a reload, the same file goes on where it broke off: it is known by its place, name, size and
 * time of change, and by the hash of its content where the browser computes one.
 */
export function uploadResumably<T>(
  place: UploadPlace,
  file: File,
  onProgress: (progress: UploadProgress) => void,
): ResumableUpload<T> {
  let paused = false;
  let cancelled = false;
  let changed = () => {};
  const running = new Set<XMLHttpRequest>();
  let progress: UploadProgress = { state: 'sending', sent: 0, total: file.size };
  const tell = (next: UploadProgress) => {
    // How far it was is still right while the connection is gone.
    progress = next.state === 'reconnecting' ? { ...progress, state: next.state } : next;
    onProgress(progress);
  };
  const interrupt = () => {
    changed();
    for (const request of running) request.abort();
  };
  const nextChange = (atMost?: number) =>
    new Promise<void>((resolve) => {
      changed = resolve;
      if (atMost !== undefined) setTimeout(resolve, atMost);
    });
  const send = async (): Promise<Answer<T>> => {
    const hash = await sha256(file);
    return transfer<T>({
      file,
      metadata: { ...place, filename: file.name, ...(hash === undefined ? {} : { sha256: hash }) },
      wire: wireThrough(running),
      memory: memoryOf(place, file, hash),
      tell,
      mayGoOn: async () => {
        while (paused && !cancelled) {
          tell({ ...progress, state: 'paused' });
          await nextChange();
        }
        return !cancelled;
      },
      pause: async (tries) => {
        if (paused || cancelled) return;
        const back = () => changed();
        addEventListener('online', back, { once: true });
        await nextChange(Math.min(1000 * 2 ** (tries - 1), LONGEST_WAIT_MS));
        removeEventListener('online', back);
      },
    });
  };
  return {
    done: send(),
    pause: () => {
      paused = true;
      interrupt();
    },
    resume: () => {
      paused = false;
      changed();
    },
    cancel: () => {
      cancelled = true;
      interrupt();
    },
  };
}

/** Throws away what was sent of an upload that broke off. */
export async function abandonUpload(id: string): Promise<void> {
  await wireThrough(new Set())({ method: 'DELETE', path: `/uploads/${id}`, headers: { 'tus-resumable': '1.0.0' } });
}

/** `fetch` cannot say how far a body has come, XMLHttpRequest can. */
const wireThrough =
  (running: Set<XMLHttpRequest>): Wire =>
  ({ method, path, headers, body, sent }) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      running.add(request);
      request.upload.addEventListener('progress', (event) => sent?.(event.loaded));
      request.addEventListener('loadend', () => {
        running.delete(request);
        resolve({
          status: request.status,
          header: (name) => request.getResponseHeader(name),
          text: request.responseText,
        });
      });
      request.open(method, `/api${path}`);
      request.setRequestHeader('x-keshen', '1');
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.send(body ?? null);
    });

/** In the browser's storage; without it an upload goes on after a broken connection, but not after a reload. */
function memoryOf({ application, material, row = '' }: UploadPlace, file: File, hash = ''): Memory {
  const key = `keshen:upload:${[application, material, row, file.name, file.size, file.lastModified, hash].join('|')}`;
  const guarded = <T>(use: () => T): T | undefined => {
    try {
      return use();
    } catch {
      return undefined;
    }
  };
  return {
    recall: () => guarded(() => localStorage.getItem(key)) ?? undefined,
    remember: (path) => guarded(() => localStorage.setItem(key, path)),
    forget: () => guarded(() => localStorage.removeItem(key)),
  };
}
