import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, queryText, refusalIn, whenSignedOut } from './client.ts';

const answering = (status: number, body: string) =>
  vi.stubGlobal('fetch', async () => new Response(body || null, { status }));

afterEach(() => vi.unstubAllGlobals());

describe('talking to the server', () => {
  it('hands on a value, nothing, or a refusal with its reason', async () => {
    answering(200, '{"id":"a"}');
    expect(await call('GET', '/rounds')).toEqual({ ok: true, value: { id: 'a' } });
    answering(204, '');
    expect(await call('DELETE', '/session')).toEqual({ ok: true, value: undefined });
    const refusal = { code: 'stale', message: '已在别处保存', current: { revision: 2 } };
    answering(409, JSON.stringify({ refusal }));
    expect(await call('PUT', '/x')).toEqual({ ok: false, status: 409, refusal });
  });
  it('says in words when no answer or a strange one comes', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    expect(await call('GET', '/rounds')).toMatchObject({ ok: false, status: 0, refusal: { message: '连不上服务器' } });
    answering(200, '<html>proxy</html>');
    expect(await call('GET', '/rounds')).toMatchObject({ ok: false, refusal: { code: 'unexpected' } });
    expect(refusalIn(502, '<html>bad gateway</html>').message).toContain('502');
  });
  it('tells the page when a session has ended, but not when signing in fails', async () => {
    const ended = vi.fn<() => void>();
    whenSignedOut(ended);
    answering(401, '{"refusal":{"code":"x","message":"y"}}');
    await call('POST', '/session');
    expect(ended).not.toHaveBeenCalled();
    await call('GET', '/rounds');
    expect(ended).toHaveBeenCalledOnce();
  });
  it('leaves empty filters out of an address', () => {
    expect(queryText({ q: '主轴 &', state: '', page: 2, roundId: undefined })).toBe('?q=%E4%B8%BB%E8%BD%B4+%26&page=2');
    expect(queryText({})).toBe('');
  });
});
