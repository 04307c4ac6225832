import { assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Paper } from '../call.ts';
import { officialInstant, parseInstant } from '../calendar/index.ts';
import { judgeDelivery, paperDue, papersAsked, paperStanding } from './index.ts';

const paper: Paper = {
  key: 'copies',
  title: '书面申报材料',
  clauses: ['SX-4.1c'],
  of: 'application',
  copies: 5,
  from: 'organisation',
  through: 'recommendingDepartment',
  to: 'scienceDepartment',
  after: 'recommended',
  closes: '2024-12-09T17:00:00.000+08:00',
  late: 'refused',
};
const last = parseInstant('2024-12-09 17:00') ?? NaN;
const holidays = {
  2025: { off: ['2025-10-01', '2025-10-02', '2025-10-03'], work: ['2025-09-28'], source: '测试' },
};
const due = paperDue(paper, { holidays });
const brought = {
  by: 'recommendingDepartment',
  receivedAt: last,
  copies: 5,
  held: 0,
  version: 'current',
  online: true,
} as const;

describe('by when', () => {
  it('an instant of the notice is the last one, and is moved in a rehearsal', () => {
    expect(due).toMatchObject({ state: 'set', last });
    expect(paperDue(paper, { holidays, shift: 3_600_000 })).toMatchObject({ last: last + 3_600_000 });
  });
  it('working days: the day of the event does not count, the last counts whole (XJ-2.4b)', () => {
    const period = { startsAt: 'feasibilityPassed', withinWorkingDays: 3 } as const;
    const found = paperDue(period, { startedOn: '2025-09-26', holidays });
    expect(found).toMatchObject({ state: 'set', last: parseInstant('2025-09-30 23:59:59.999') });
    expect(found.text).toContain('最迟2025年9月30日');
    expect(paperDue(period, { holidays }).state).toBe('notStarted');
    expect(paperDue(period, { startedOn: '2026-12-30', holidays })).toMatchObject({ state: 'unknownYear', year: 2026 });
  });
  it('an event without a period sets no end', () => {
    expect(paperDue({ startsAt: 'award' }, { startedOn: '2025-09-26', holidays }).state).toBe('free');
  });
});

describe('at the desk', () => {
  it.each([
    ['on the last instant', {}, 'accepted', '5份已收齐'],
    ['a millisecond later', { receivedAt: last + 1 }, 'refused', officialInstant(last + 1)],
    ['past the department', { by: 'organisation' }, 'refused', '直接送来的不收'],
    ['one copy short', { copies: 4 }, 'incomplete', '还缺1份'],
    ['the missing one', { copies: 1, held: 4 }, 'accepted', '已收齐'],
    ['an older version', { version: 'superseded' }, 'refused', '较早的版本'],
    ['a draft', { version: 'draft' }, 'refused', '草稿'],
    ['without the seal', { sealsMissing: ['申报单位盖章'] }, 'refused', '缺申报单位盖章'],
    ['before it is confirmed online', { online: false }, 'refused', '还没有在网上确认'],
  ] as const)('%s', (_what, change, outcome, text) => {
    const verdict = judgeDelivery(paper, due, { ...brought, ...change });
    expect(verdict.outcome).toBe(outcome);
    expect(verdict.text).toContain(text);
  });
  it('late paper is listed where the call does not refuse it', () => {
    const verdict = judgeDelivery({ ...paper, late: 'recorded' }, due, { ...brought, copies: 3, receivedAt: last + 1 });
    expect(verdict).toMatchObject({ outcome: 'late', missing: 2 });
  });
  test('whatever is brought: complete only with every copy, nothing refused adds to what is held', () => {
    const any = record({
      by: constantFrom('applicant' as const, 'organisation' as const, 'recommendingDepartment' as const),
      receivedAt: integer({ min: last - 5, max: last + 5 }),
      copies: integer({ min: 1, max: 9 }),
      held: integer({ min: 0, max: 9 }),
      version: constantFrom('current' as const, 'superseded' as const, 'draft' as const),
      online: boolean(),
    });
    assert(
      property(any, (delivery) => {
        const { outcome, missing } = judgeDelivery(paper, due, delivery);
        const { by, version, online, receivedAt, held, copies } = delivery;
        const takes = by === 'recommendingDepartment' && version === 'current' && online && receivedAt <= last;
        expect(outcome !== 'refused').toBe(takes);
        expect(outcome === 'accepted').toBe(takes && held + copies >= 5);
        expect(missing).toBe(Math.max(0, 5 - held - (takes ? copies : 0)));
      }),
    );
  });
});

test('which papers: by topic and by the reading taken (JS-3.1a)', () => {
  const papers = [
    { ...paper, key: 'first', topics: ['a'], under: { deadline: 'early' } },
    { ...paper, key: 'second', topics: ['a'], under: { deadline: 'late' } },
    { ...paper, key: 'all' },
  ];
  const keys = (topic?: string) => papersAsked({ paper: papers }, { deadline: 'late' }, topic).map(({ key }) => key);
  expect(keys('a')).toEqual(['second', 'all']);
  expect(keys('b')).toEqual(['all']);
  expect(keys()).toEqual(['second', 'all']);
});

test('how it stands: by what is held and when', () => {
  const now = last;
  const at = (change: object) => paperStanding(paper, due, { held: 0, online: true, late: false, now, ...change });
  expect(at({})).toBe('due');
  expect(at({ online: false })).toBe('waiting');
  expect(at({ held: 4 })).toBe('incomplete');
  expect(at({ held: 4, now: last + 1 })).toBe('overdue');
  expect(at({ held: 5, now: last + 1 })).toBe('complete');
  expect(at({ held: 5, late: true })).toBe('completeLate');
});
