import { describe, expect, it } from 'vitest';
import { transfer, type Ask, type Transfer, type UploadProgress } from './tus.ts';

const MB = 1024 * 1024;

/** A server that keeps what arrives; `breaks` says after how many bytes of a piece the connection goes, piece by piece. */
function house({
  size,
  breaks = [],
  remembered,
}: {
  size: number;
  breaks?: number[];
  remembered?: { path: string; at: number };
}) {
  const asked: string[] = [];
  const progress: UploadProgress[] = [];
  const state = {
    at: remembered?.at ?? 0,
    known: remembered !== undefined,
    memory: remembered?.path,
    finished: false,
    online: true,
  };
  const answer = (status: number, headers: Record<string, string> = {}, body: unknown = '') => ({
    status,
    header: (name: string) => headers[name] ?? null,
    text: body === '' ? '' : JSON.stringify(body),
  });
  const wire = async ({ method, path, headers, body, sent }: Ask) => {
    asked.push(method === 'PATCH' ? `PATCH ${headers['upload-offset']}` : `${method} ${path}`);
    if (!state.online) return answer(0);
    if (method === 'POST' && path === '/uploads') {
      state.known = true;
      state.at = 0;
      return answer(201, { location: '/api/uploads/one' });
    }
    if (!state.known) return answer(404);
    if (method === 'HEAD') return answer(200, { 'upload-offset': String(state.at) });
    if (method === 'DELETE') return answer(204);
    if (method === 'POST') return answer(200, {}, { id: 'receipt' });
    if (Number(headers['upload-offset']) !== state.at) return answer(409, {}, { refusal: { message: 'x' } });
    const broken = breaks.shift();
    state.at += Math.min(broken ?? Infinity, body?.size ?? 0);
    sent?.(broken ?? body?.size ?? 0);
    if (broken !== undefined) return answer(0);
    return state.at === size ? answer(200, {}, { id: 'attached' }) : answer(204, { 'upload-offset': String(state.at) });
  };
  const job: Transfer = {
    file: new Blob([new Uint8Array(size)]),
    metadata: { filename: '协议.pdf' },
    wire,
    memory: {
      recall: () => state.memory,
      remember: (path) => (state.memory = path),
      forget: () => (state.memory = undefined),
    },
    mayGoOn: async () => true,
    pause: async () => undefined,
    tell: (one) => progress.push(one),
  };
  return { job, asked, progress, state };
}

describe('an upload', () => {
  it('goes in pieces, and the last answer is the receipt', async () => {
    const { job, asked, state, progress } = house({ size: 9 * MB });
    expect(await transfer(job)).toEqual({ ok: true, value: { id: 'attached' } });
    expect(asked).toEqual(['POST /uploads', 'PATCH 0', `PATCH ${4 * MB}`, `PATCH ${8 * MB}`]);
    expect(state.memory).toBeUndefined();
    expect(progress.at(-1)).toEqual({ state: 'confirming', sent: 9 * MB, total: 9 * MB });
  });

  it('goes on at the very byte where the connection broke', async () => {
    const { job, asked } = house({ size: 6 * MB, breaks: [1_234_567, 0] });
    expect(await transfer(job)).toMatchObject({ ok: true });
    expect(asked).toEqual([
      'POST /uploads',
      'PATCH 0',
      'HEAD /uploads/one',
      'PATCH 1234567',
      'HEAD /uploads/one',
      'PATCH 1234567',
      `PATCH ${1_234_567 + 4 * MB}`,
    ]);
  });

  it('goes on after a reload where it was', async () => {
    const { job, asked } = house({ size: 5 * MB, remembered: { path: '/uploads/one', at: 3_000_000 } });
    await transfer(job);
    expect(asked).toEqual(['HEAD /uploads/one', 'PATCH 3000000']);
  });

  it('whose last answer was lost asks for the receipt', async () => {
    const { job, asked } = house({ size: 100, remembered: { path: '/uploads/one', at: 100 } });
    expect(await transfer(job)).toEqual({ ok: true, value: { id: 'receipt' } });
    expect(asked).toEqual(['HEAD /uploads/one', 'POST /uploads/one/receipt']);
  });

  it('that the server does not know any more begins again', async () => {
    const { job, asked, state } = house({ size: 100, remembered: { path: '/uploads/old', at: 50 } });
    state.known = false;
    expect(await transfer(job)).toMatchObject({ ok: true });
    expect(asked).toEqual(['HEAD /uploads/old', 'POST /uploads', 'PATCH 0']);
  });

  it('keeps its place when nobody answers for long', async () => {
    const { job, state } = house({ size: 100, remembered: { path: '/uploads/one', at: 50 } });
    state.online = false;
    expect(await transfer(job)).toMatchObject({ ok: false, status: 0, refusal: { code: 'unreachable' } });
    expect(state.memory).toBe('/uploads/one');
  });

  it('that is given up is taken away on the server', async () => {
    const { job, asked, state } = house({ size: 100, remembered: { path: '/uploads/one', at: 50 } });
    expect(await transfer({ ...job, mayGoOn: async () => false })).toMatchObject({ refusal: { code: 'cancelled' } });
    expect(asked).toEqual(['DELETE /uploads/one']);
    expect(state.memory).toBeUndefined();
  });

  it('that is refused is forgotten; one whose sender must sign in is not', async () => {
    for (const [status, left] of [
      [422, undefined],
      [401, '/uploads/one'],
    ] as const) {
      const { job, state } = house({ size: 100 });
      const refusing = async (ask: Ask) =>
        ask.method === 'PATCH'
          ? { status, header: () => null, text: JSON.stringify({ refusal: { code: 'x', message: '带有脚本' } }) }
          : job.wire(ask);
      expect(await transfer({ ...job, wire: refusing })).toMatchObject({
        ok: false,
        status,
        refusal: { message: '带有脚本' },
      });
      expect(state.memory).toBe(left);
    }
  });
});
