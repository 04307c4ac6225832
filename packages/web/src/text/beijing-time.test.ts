import { describe, expect, it } from 'vitest';
import { clockOf, dateInWords, dayOf, momentOf, readDate, timeLeft } from './beijing-time.ts';

describe('北京时间', () => {
  it('does not depend on the zone of the browser', () => {
    expect(momentOf('2026-05-18T09:30:00Z')).toBe('2026年5月18日 17:30');
    expect(momentOf('2026-05-18T17:30:00+08:00')).toBe('2026年5月18日 17:30');
    expect(momentOf('2026-05-18T09:30:59.999Z')).toBe('2026年5月18日 17:30');
    expect(dayOf('2026-05-18T16:00:00Z')).toBe('2026年5月19日');
    expect(clockOf(Date.parse('2026-05-18T09:30:05Z'))).toBe('17:30:05');
    expect(dateInWords('2026-05-08')).toBe('2026年5月8日');
  });
  it('counts down to the deadline, itself included', () => {
    const deadline = '2025-11-28T17:00:00+08:00';
    const at = Date.parse(deadline);
    expect(timeLeft(at - 100 * 3600_000, deadline)).toBe('还有 4 天 4 小时');
    expect(timeLeft(at - 5 * 3600_000, deadline)).toBe('还有 5 小时 0 分');
    expect(timeLeft(at - 65_000, deadline)).toBe('还有 1 分 05 秒');
    expect(timeLeft(at, deadline)).toBe('还有 0 分 00 秒');
    expect(timeLeft(at + 1, deadline)).toBeUndefined();
  });
});

describe('日期录入', () => {
  it.each([
    '2026-5-18',
    '2026-05-18',
    '2026.5.18',
    '2026/05/18',
    '20260518',
    '2026年5月18日',
    '２０２６年５月１８日',
    ' 2026 年 5 月 18 日 ',
  ])('reads %s', (text) => expect(readDate(text)).toEqual({ ok: true, date: '2026-05-18' }));
  it('refuses days that do not exist', () => {
    expect(readDate('2026-02-30')).toEqual({ ok: false, message: '没有2026年2月30日这一天，请核对' });
    expect(readDate('18/5/2026').ok).toBe(false);
    expect(readDate('0026-05-18').ok).toBe(false);
  });
});
