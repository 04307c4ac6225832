import { formatMoney, tenThousandsColumn } from '@keshen/rules';
import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAmount } from './amount.ts';

const fen = (text: string) => {
  const parsed = parseAmount(text);
  return parsed.ok ? parsed.fen : parsed.message;
};

describe('金额录入', () => {
  it('reads 万元 exactly', () => {
    expect(fen('30')).toBe(30_000_000);
    expect(fen('69.99')).toBe(69_990_000);
    expect(fen('0.000001')).toBe(1);
    expect(fen('99.999999')).toBe(99_999_999);
    expect(fen('0')).toBe(0);
    expect(fen('7.')).toBe(7_000_000);
    expect(fen('1.50000000')).toBe(1_500_000);
  });
  it('understands full-width digits, separators and a unit of its own', () => {
    expect(fen('３０．５')).toBe(30_500_000);
    expect(fen('1,234.50')).toBe(1_234_500_000);
    expect(fen('1，234.50')).toBe(1_234_500_000);
    expect(fen('30万元')).toBe(30_000_000);
    expect(fen('30 万')).toBe(30_000_000);
    expect(fen('300000元')).toBe(30_000_000);
    expect(fen('0.01元')).toBe(1);
  });
  it('says what is wrong', () => {
    expect(fen('三十')).toContain('请填数字');
    expect(fen('-1')).toContain('不能为负');
    expect(fen('1.2345678')).toContain('六位');
    expect(fen('1.001元')).toContain('两位');
    expect(fen('999999999')).toContain('过大');
    expect(fen('99999999999999999999')).toContain('过大');
  });
  it('reads back what the system prints', () => {
    const amounts = integer({ min: 0, max: 100_000_000_000_000 });
    assert(
      property(amounts, (n) => {
        expect(fen(tenThousandsColumn(n))).toBe(n);
        expect(fen(formatMoney(n))).toBe(n);
      }),
    );
  });
});
