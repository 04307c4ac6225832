import type { Refusal } from './types.ts';

/** What the server said: the value, or a refusal with its reason. `status` 0 means that no answer came at all. */
export type Answer<T> = { ok: true; value: T } | { ok: false; status: number; refusal: Refusal };

/** A refusal on its way through the query cache, which knows errors only. */
export class Refused extends Error {
  readonly status: number;
  readonly refusal: Refusal;
  constructor(status: number, refusal: Refusal) {
    super(refusal.message);
    this.status = status;
    this.refusal = refusal;
  }
}

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Refused;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Options = { body?: unknown; signal?: AbortSignal; keepalive?: boolean };

let onSignedOut: () => void = () => undefined;
/** Called whenever the server no longer knows the session, so that the page can ask to sign in again. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

export const UNREACHABLE: Refusal = {
  code: 'unreachable',
  message: '连不上服务器',
  remedy: '请检查网络；恢复后可以重试，已填写的内容留在本机。',
};

const unexpected = (status: number): Refusal => ({
  code: 'unexpected',
  message: `服务器没有按预期应答（${status}）`,
  remedy: '请稍后重试；如果一直这样，请联系技术支持。',
});

/** The refusal in an answer's body, whatever the body is. */
export function refusalIn(status: number, text: string): Refusal {
  try {
    const body: { refusal?: Refusal } = JSON.parse(text);
    if (body.refusal?.message) return body.refusal;
  } catch {
    // A proxy's error page is no JSON: the status is all there is to say.
  }
  return unexpected(status);
}

/** Tells the page when a session has ended; signing in itself answers 401 without one having been. */
export function noticeStatus(status: number, path: string): void {
  if (status === 401 && path !== '/session') onSignedOut();
}

/** The value in an answer's body; 204 carries none. What is no JSON is no answer of this server. */
export function valueIn<T>(status: number, text: string): Answer<T> {
  try {
    const value: T = text === '' ? undefined : JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false, status, refusal: unexpected(status) };
  }
}

/** Sends one request to the server's JSON API. Never throws, except when `signal` aborts it. */
export async function call<T>(method: Method, path: string, options: Options = {}): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(`/api${path}`, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        'x-keshen': '1',
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.keepalive ? { keepalive: true } : {}),
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    return { ok: false, status: 0, refusal: UNREACHABLE };
  }
  const text = await response.text().catch(() => '');
  if (response.ok) {
    return valueIn(response.status, text);
  }
  noticeStatus(response.status, path);
  return { ok: false, status: response.status, refusal: refusalIn(response.status, text) };
}

/** Reads for the query cache: the value, or a thrown `Refused`. */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await call<T>('GET', path, signal ? { signal } : {});
  if (!answer.ok) throw new Refused(answer.status, answer.refusal);
  return answer.value;
}

/** `?a=1&b=2` of what is set; empty text and undefined are left out. */
export function queryText(parameters: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters))
    if (value !== undefined && value !== '') query.set(key, String(value));
  const text = query.toString();
  return text && `?${text}`;
}
