import { type Answer, noticeStatus, refusalIn, UNREACHABLE } from '../api/client.ts';

export type PrintFile = { url: string; bytes: number };
/** Bytes that have come, of so many; `total` is undefined while the server is still at work. */
export type PrintProgress = { received: number; total?: number };

/** Has the server print an application, with its attachments if wanted. The file's address holds until it is revoked. */
export async function fetchPrint(
  applicationId: string,
  { withAttachments, signal }: { withAttachments: boolean; signal: AbortSignal },
  onProgress: (progress: PrintProgress) => void,
): Promise<Answer<PrintFile>> {
  const path = `/applications/${applicationId}/print.pdf${withAttachments ? '?with=attachments' : ''}`;
  try {
    const response = await fetch(`/api${path}`, { credentials: 'same-origin', headers: { 'x-keshen': '1' }, signal });
    if (!response.ok || !response.body) {
      noticeStatus(response.status, path);
      return { ok: false, status: response.status, refusal: refusalIn(response.status, await response.text()) };
    }
    const total = Number(response.headers.get('content-length'));
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    let received = 0;
    for (const reader = response.body.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      received += value.length;
      onProgress({ received, total });
    }
    const url = URL.createObjectURL(new Blob(pieces, { type: 'application/pdf' }));
    return { ok: true, value: { url, bytes: received } };
  } catch {
    return { ok: false, status: 0, refusal: UNREACHABLE };
  }
}
