import { noticeStatus, refusalIn, UNREACHABLE, valueIn, type Answer } from './client.ts';

export type Upload<T> = { done: Promise<Answer<T>>; cancel: () => void };

const CANCELLED = { code: 'cancelled', message: '已取消上传' };

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

/** What the server must have received; browsers compute it on secure pages only, elsewhere the server's own sum stands alone. */
async function sha256(file: File): Promise<string | undefined> {
  if (!globalThis.crypto.subtle) return undefined;
  try {
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch {
    return undefined;
  }
}
