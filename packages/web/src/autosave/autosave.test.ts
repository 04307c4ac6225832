import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../api/client.ts';
import type { Saved } from '../api/types.ts';
import { createAutosave, type SaveRequest } from './autosave.ts';
import { restore, type CopyStore, type LocalCopy } from './local-copy.ts';
import { differences, mergeBy } from './merge.ts';

const stored = { revision: 1, data: { title: '甲' }, savedAt: '2025-11-20T10:00:00+08:00', savedByName: '王五' };

/** A server with one section that knows each save by its id, and a wire that can be cut. */
function fakeServer() {
  const server = {
    revision: 1,
    data: stored.data as SaveRequest['data'],
    seen: new Map<string, number>(),
    requests: 0,
  };
  let wire: 'whole' | 'cut' | 'answers_lost' | 'signed_out' = 'whole';
  const save = async (_section: string, request: SaveRequest): Promise<Answer<Saved>> => {
    server.requests++;
    if (wire === 'cut') return { ok: false, status: 0, refusal: { code: 'unreachable', message: '' } };
    if (wire === 'signed_out') return { ok: false, status: 401, refusal: { code: 'signed_out', message: '' } };
    const known = server.seen.get(request.saveId);
    if (known === undefined && request.revision !== server.revision) {
      const current = { ...stored, revision: server.revision, data: server.data };
      return { ok: false, status: 409, refusal: { code: 'stale', message: '', current } };
    }
    if (known === undefined) {
      server.revision++;
      server.data = request.data;
      server.seen.set(request.saveId, server.revision);
    }
    if (wire === 'answers_lost') return { ok: false, status: 0, refusal: { code: 'unreachable', message: '' } };
    return { ok: true, value: { revision: known ?? server.revision, savedAt: '2025-11-20T10:00:01+08:00' } };
  };
  return { server, save, setWire: (state: typeof wire) => (wire = state) };
}

const memory = (): CopyStore & { held: Record<string, LocalCopy> } => {
  const store = {
    held: {} as Record<string, LocalCopy>,
    read: () => store.held,
    write: (copies: Record<string, LocalCopy>) => void (store.held = copies),
  };
  return store;
};

let id = 0;
const open = (save: ReturnType<typeof fakeServer>['save'], copies = memory()) => {
  const autosave = createAutosave({
    stored: { project: stored },
    sections: ['project'],
    copies,
    save,
    now: Date.now,
    newId: () => `s${++id}`,
  });
  autosave.start();
  return autosave;
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('never lose a word', () => {
  it('saves 800 ms after the last key, once', async () => {
    const { server, save } = fakeServer();
    const autosave = open(save);
    for (const title of ['甲乙', '甲乙丙', '甲乙丙丁']) {
      autosave.edit('project', { title });
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(server.requests).toBe(0);
    await vi.advanceTimersByTimeAsync(600);
    expect(server).toMatchObject({ requests: 1, data: { title: '甲乙丙丁' } });
    expect(autosave.allSaved()).toBe(true);
  });

  it('keeps a copy here until the server has it, and sends it when the network is back', async () => {
    const { server, save, setWire } = fakeServer();
    const copies = memory();
    const autosave = open(save, copies);
    setWire('cut');
    autosave.edit('project', { title: '乙' });
    await vi.advanceTimersByTimeAsync(5000);
    expect(copies.held['project']?.local).toEqual({ title: '乙' });
    setWire('whole');
    autosave.sendNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.data).toEqual({ title: '乙' });
    expect(copies.held).toEqual({});
  });

  it('does no harm when an answer is lost and typing goes on', async () => {
    const { server, save, setWire } = fakeServer();
    const autosave = open(save);
    setWire('answers_lost');
    autosave.edit('project', { title: '乙' });
    await vi.advanceTimersByTimeAsync(900);
    autosave.edit('project', { title: '乙丙' });
    setWire('whole');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server).toMatchObject({ revision: 3, data: { title: '乙丙' } });
    expect(autosave.allSaved()).toBe(true);
  });

  it('goes on after signing in again', async () => {
    const { server, save, setWire } = fakeServer();
    const autosave = open(save);
    setWire('signed_out');
    autosave.edit('project', { title: '乙' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.requests).toBe(1);
    setWire('whole');
    autosave.sendNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.data).toEqual({ title: '乙' });
  });

  it('lets a second window choose, and saves the choice', async () => {
    const { server, save } = fakeServer();
    const [first, second] = [open(save), open(save)];
    first.edit('project', { title: '一' });
    await vi.advanceTimersByTimeAsync(900);
    second.edit('project', { title: '二', field: '材料' });
    await vi.advanceTimersByTimeAsync(900);
    expect(second.states()['project']?.trouble?.kind).toBe('conflict');
    second.resolve('project', { title: '一', field: '材料' });
    await vi.advanceTimersByTimeAsync(0);
    expect(server.data).toEqual({ title: '一', field: '材料' });
  });
});

describe('opening again with an unacknowledged copy', () => {
  const copy = { base: { revision: 1, data: { title: '甲' } }, local: { title: '乙' } };
  it('goes on where it stopped', () => {
    expect(restore(stored, copy, 5)).toMatchObject({ local: { title: '乙' }, dueAt: 5 });
  });
  it('forgets a copy that did arrive', () => {
    expect(restore({ ...stored, revision: 2, data: { title: '乙' } }, copy, 5).dueAt).toBeUndefined();
  });
  it('shows both versions when somebody else saved meanwhile', () => {
    const other = { ...stored, revision: 2, data: { title: '丙' } };
    expect(restore(other, copy, 5).trouble).toEqual({ kind: 'conflict', theirs: other });
  });
});

describe('two versions side by side', () => {
  const base = { title: '甲', field: '材料', rows: [{ id: 'r1', name: '一' }] };
  const mine = { ...base, title: '乙', rows: [{ id: 'r1', name: '二' }] };
  const theirs = { title: '丙', field: '能源', rows: base.rows };
  it('says who changed what', () => {
    expect(differences(base, mine, theirs).map(({ field, changedBy }) => [field, changedBy])).toEqual([
      ['title', 'both'],
      ['field', 'theirs'],
      ['rows', 'mine'],
    ]);
  });
  it('takes each field from the side chosen', () => {
    expect(mergeBy(mine, theirs, { title: 'theirs', field: 'theirs', rows: 'mine' })).toEqual({
      title: '丙',
      field: '能源',
      rows: [{ id: 'r1', name: '二' }],
    });
    expect(mergeBy({ a: '1' }, {}, { a: 'theirs' })).toEqual({});
  });
});
