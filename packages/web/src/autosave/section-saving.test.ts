import { describe, expect, it } from 'vitest';
import { begin, isSaved, PAUSE_MS, reduce, type Happening, type SectionSaving } from './section-saving.ts';

const run = (state: SectionSaving, ...happenings: Happening[]) => happenings.reduce(reduce, state);
const start = begin({ revision: 3, data: { title: '甲' } });
const theirs = { revision: 4, data: { title: '丙' }, savedAt: '2025-11-20T10:00:00+08:00', savedByName: '王五' };
const saved = { revision: 4, savedAt: '2025-11-20T10:00:01+08:00' };
const edit = (title: string, at: number): Happening => ({ kind: 'edited', data: { title }, at });

describe('one section on its way to the server', () => {
  it('is sent after a pause in typing, each key putting it off', () => {
    const state = run(start, edit('甲乙', 1000), edit('甲乙丙', 1500));
    expect(state.dueAt).toBe(1500 + PAUSE_MS);
    expect(isSaved(state)).toBe(false);
  });

  it('is saved once the server has acknowledged exactly this', () => {
    const state = run(
      start,
      edit('乙', 0),
      { kind: 'due', saveId: 's1' },
      { kind: 'acknowledged', saveId: 's1', ...saved, at: 900 },
    );
    expect(isSaved(state)).toBe(true);
    expect(state.base).toEqual({ revision: 4, data: { title: '乙' } });
  });

  it('sends what was typed while a save was on its way, against the new revision', () => {
    const waiting = run(start, edit('乙', 0), { kind: 'due', saveId: 's1' }, edit('丁', 850));
    expect(reduce(waiting, { kind: 'due', saveId: 's2' })).toMatchObject({ pending: { saveId: 's1' } });
    const state = run(waiting, { kind: 'acknowledged', saveId: 's1', ...saved, at: 900 });
    expect(state.dueAt).toBe(900 + PAUSE_MS);
    expect(run(state, { kind: 'due', saveId: 's2' }).pending).toEqual({
      saveId: 's2',
      revision: 4,
      data: { title: '丁' },
    });
  });

  it('repeats a save whose answer was lost under the same id, before anything newer', () => {
    const lost = run(
      start,
      edit('乙', 0),
      { kind: 'due', saveId: 's1' },
      { kind: 'unreachable', saveId: 's1', at: 1000 },
    );
    expect(lost.trouble).toEqual({ kind: 'unreachable' });
    const again = run(lost, edit('丁', 1200), { kind: 'due', saveId: 's2' });
    expect(again.pending).toEqual({ saveId: 's1', revision: 3, data: { title: '乙' } });
    expect(again.local).toEqual({ title: '丁' });
  });

  it('waits longer after each attempt without an answer, and not at all when the network is back', () => {
    let state = run(start, edit('乙', 0), { kind: 'due', saveId: 's1' });
    const waits = [];
    for (let n = 0; n < 6; n++) {
      state = run(state, { kind: 'unreachable', saveId: 's1', at: 0 });
      waits.push(state.dueAt);
      state = run(state, { kind: 'due', saveId: 'x' });
    }
    expect(waits).toEqual([2000, 4000, 8000, 16000, 30000, 30000]);
    const offline = run(state, { kind: 'unreachable', saveId: 's1', at: 0 });
    expect(run(offline, { kind: 'try_now', at: 77 }).dueAt).toBe(77);
  });

  it('stops when nobody is signed in and goes on after signing in', () => {
    const state = run(start, edit('乙', 0), { kind: 'due', saveId: 's1' }, { kind: 'signed_out', saveId: 's1' });
    expect(state.dueAt).toBeUndefined();
    expect(run(state, edit('丁', 9)).trouble).toEqual({ kind: 'signed_out' });
    const back = run(state, { kind: 'try_now', at: 10 }, { kind: 'due', saveId: 's2' });
    expect(back.pending?.saveId).toBe('s1');
    expect(back.trouble).toBeUndefined();
  });

  it('shows both versions when somebody else has saved', () => {
    const state = run(
      start,
      edit('乙', 0),
      { kind: 'due', saveId: 's1' },
      { kind: 'stale', saveId: 's1', theirs, at: 5 },
    );
    expect(state.trouble).toEqual({ kind: 'conflict', theirs });
    expect(run(state, { kind: 'due', saveId: 's2' })).toBe(state);
    const merged = run(state, { kind: 'resolved', data: { title: '乙丙' }, at: 50 });
    expect(merged).toMatchObject({ base: { revision: 4, data: { title: '丙' } }, local: { title: '乙丙' }, dueAt: 50 });
    expect(isSaved(run(state, { kind: 'resolved', data: { title: '丙' }, at: 50 }))).toBe(true);
  });

  it('sees its own earlier attempt behind a stale answer', () => {
    const state = run(
      start,
      edit('丙', 0),
      { kind: 'due', saveId: 's1' },
      { kind: 'stale', saveId: 's1', theirs, at: 5 },
    );
    expect(isSaved(state)).toBe(true);
    expect(state.base.revision).toBe(4);
  });

  it('keeps what was refused on the screen and tries again after the next edit only', () => {
    const refusal = { code: 'window_closed', message: '填报已截止' };
    const state = run(start, edit('乙', 0), { kind: 'due', saveId: 's1' }, { kind: 'refused', saveId: 's1', refusal });
    expect(state).toMatchObject({ local: { title: '乙' }, trouble: { kind: 'refused', refusal } });
    expect(run(state, { kind: 'try_now', at: 5 })).toBe(state);
    expect(run(state, edit('丁', 10)).dueAt).toBe(10 + PAUSE_MS);
  });

  it('ignores answers to saves it no longer waits for', () => {
    expect(run(start, { kind: 'acknowledged', saveId: 'old', ...saved, at: 5 })).toBe(start);
  });
});
