import { noticeStatus, refusalIn, UNREACHABLE, valueIn, type Answer } from './client.ts';
import { sha256 } from './sha256.ts';
import { CANCELLED } from './tus.ts';

export type Upload<T> = { done: Promise<Answer<T>>; cancel: () => void };

/** Sends a file's bytes as they are. `fetch` cannot say how far an upload has come, XMLHttpRequest can. */
export function upload<T>(path: string, file: File, onProgress: (share: number) => void): Upload<T> {
  const request = new XMLHttpRequest();
  const done = new Promise<Answer<T>>((resolve) => {
    const unreachable = () => resolve({ ok: false, status: 0, refusal: UNREACHABLE });
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener('error', unreachable);
    request.addEventListener('timeout', unreachable);
    request.addEventListener('abort', () => resolve({ ok: false, status: 0, refusal: CANCELLED }));
    request.addEventListener('load', () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) return resolve(valueIn(status, responseText));
      noticeStatus(status, path);
      return resolve({ ok: false, status, refusal: refusalIn(status, responseText) });
    });
  });
  void send(request, path, file);
  return { done, cancel: () => request.abort() };
}

async function send(request: XMLHttpRequest, path: string, file: File): Promise<void> {
  const hash = await sha256(file);
  request.open('PUT', `/api${path}`);
  request.setRequestHeader('content-type', file.type === 'application/pdf' ? file.type : 'application/octet-stream');
  request.setRequestHeader('x-keshen', '1');
  if (hash) request.setRequestHeader('x-sha256', hash);
  request.send(file);
}
