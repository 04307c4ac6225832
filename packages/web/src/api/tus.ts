import { noticeStatus, refusalIn, UNREACHABLE, valueIn, type Answer } from './client.ts';
import type { Refusal } from './types.ts';

/** One request on its way; `status` 0 when no answer came. `sent` is told how many bytes of the body are out. */
export type Ask = {
  method: 'HEAD' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  headers: Record<string, string>;
  body?: Blob;
  sent?: (bytes: number) => void;
};
export type Wire = (ask: Ask) => Promise<{ status: number; header: (name: string) => string | null; text: string }>;

/** Where an upload that broke off is continued; it outlives the page. */
export type Memory = { recall(): string | undefined; remember(path: string): void; forget(): void };

/** `sent` and `total` are bytes. `confirming`: everything is there, the server checks it. */
export type UploadProgress = {
  state: 'sending' | 'reconnecting' | 'paused' | 'confirming';
  sent: number;
  total: number;
};

export type Transfer = {
  file: Blob;
  metadata: Record<string, string>;
  wire: Wire;
  memory: Memory;
  /** Resolves while sending may go on, later when it is paused; false when it was cancelled. */
  mayGoOn(): Promise<boolean>;
  /** Waits before the next try; the argument counts them from 1. */
  pause(tries: number): Promise<void>;
  tell(progress: UploadProgress): void;
};

const UPLOADS = '/uploads';
/** A piece is what a proxy has to hold and what is sent again at most by a proxy that forwards only whole requests. */
const PIECE_BYTES = 4 * 1024 * 1024;
const MOST_TRIES = 12;
const TUS = { 'tus-resumable': '1.0.0' };

export const CANCELLED: Refusal = { code: 'cancelled', message: '已取消上传' };

/**
 * Sends a file by the tus protocol (1.0.0: core, creation, termination): in pieces, from where it broke off, again after silence. The
 * answer to the last piece is the receipt. Of a file that was refused nothing is remembered; one that only could not be sent goes on
 * later from where it is.
 */
export async function transfer<T>(job: Transfer): Promise<Answer<T>> {
  const { file, wire, memory } = job;
  const total = file.size;
  let path = memory.recall();
  /** Undefined until the server said how far it is. */
  let offset: number | undefined;
  let furthest = 0;
  let tries = 0;
  for (;;) {
    if (!(await job.mayGoOn())) return abandon(job, path);
    if (path !== undefined && offset === undefined) {
      const { status, header } = await wire({ method: 'HEAD', path, headers: TUS });
      if (status === 200) {
        offset = Number(header('upload-offset'));
        if (offset > furthest) tries = 0;
        furthest = Math.max(furthest, offset);
      } else if (status === 404 || status === 410) path = forgotten(memory);
      else if (isPassing(status)) tries += 1;
      else return refusedBy(status, '', path);
    } else if (path === undefined) {
      const headers = { ...TUS, 'upload-length': String(total), 'upload-metadata': metadataText(job.metadata) };
      const answer = await wire({ method: 'POST', path: UPLOADS, headers });
      if (answer.status === 201) {
        path = (answer.header('location') ?? '').replace(/^.*?\/api\//, '/');
        memory.remember(path);
        offset = 0;
      } else if (isPassing(answer.status)) tries += 1;
      else return refusedBy(answer.status, answer.text, UPLOADS);
    } else {
      const from: number = offset ?? 0;
      const answer = await sendOn(job, path, from);
      offset = answer.status === 204 ? Number(answer.header('upload-offset')) : undefined;
      if (answer.status === 204) tries = 0;
      else if (answer.status === 200) {
        memory.forget();
        return valueIn<T>(answer.status, answer.text);
      } else if (answer.status === 404 || answer.status === 410) path = forgotten(memory);
      else if (isPassing(answer.status) || answer.status === 409) tries += 1;
      else {
        // Signing in again and another person's turn pass; a file that was refused will be refused again.
        if (answer.status !== 401) memory.forget();
        return refusedBy(answer.status, answer.text, path);
      }
    }
    if (tries > MOST_TRIES) return { ok: false, status: 0, refusal: UNREACHABLE };
    if (tries > 0 && offset === undefined) {
      job.tell({ state: 'reconnecting', sent: 0, total });
      await job.pause(tries);
    }
  }
}

/** The next piece; when everything is there already, only the receipt is asked for, whose answer was lost. */
async function sendOn({ file, wire, tell }: Transfer, path: string, from: number) {
  const total = file.size;
  if (from >= total) {
    tell({ state: 'confirming', sent: total, total });
    return wire({ method: 'POST', path: `${path}/receipt`, headers: {} });
  }
  const body = file.slice(from, from + PIECE_BYTES);
  tell({ state: 'sending', sent: from, total });
  return wire({
    method: 'PATCH',
    path,
    headers: { ...TUS, 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' },
    body,
    sent: (bytes) => {
      const sent = Math.min(from + bytes, total);
      tell({ state: sent === total ? 'confirming' : 'sending', sent, total });
    },
  });
}

async function abandon({ wire, memory }: Transfer, path: string | undefined): Promise<Answer<never>> {
  memory.forget();
  if (path !== undefined) await wire({ method: 'DELETE', path, headers: TUS });
  return { ok: false, status: 0, refusal: CANCELLED };
}

/** The server does not know it any more: it is begun again. */
const forgotten = (memory: Memory): undefined => {
  memory.forget();
  return undefined;
};

/** Silence and overload pass. */
const isPassing = (status: number): boolean => status === 0 || status === 408 || status === 429 || status >= 500;

function refusedBy(status: number, text: string, path: string): Answer<never> {
  noticeStatus(status, path);
  return { ok: false, status, refusal: refusalIn(status, text) };
}

/** Keys in ASCII, values in base64 of their UTF-8. */
const metadataText = (metadata: Record<string, string>): string =>
  Object.entries(metadata)
    .map(([key, value]) => `${key} ${btoa(String.fromCharCode(...new TextEncoder().encode(value)))}`)
    .join(',');
