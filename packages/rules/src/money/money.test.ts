import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatMoney,
  formatTenThousands,
  parseMoney,
  parseTenThousands,
  readInCapitals,
  tenThousandsColumn,
} from './money.ts';

describe('money as officials write it', () => {
  it('reads 万元 and 元 exactly', () => {
    expect(parseMoney('30万元')).toBe(30_000_000);
    expect(parseMoney('69.99万元')).toBe(69_990_000);
    expect(parseMoney('1,000元')).toBe(100_000);
    expect(parseMoney('0.01元')).toBe(1);
    expect(parseMoney('１２.５万元')).toBe(12_500_000);
    expect(parseMoney('1.5亿元')).toBe(15_000_000_000);
  });

  it('refuses what is no amount, or finer than one 分', () => {
    for (const text of ['', '30', '三十万元', '1.001元', '1,00元', '万元', '99999999999999999万元', '1e3元']) {
      expect(parseMoney(text), text).toBeUndefined();
    }
    expect(parseMoney('1.000元')).toBe(100);
  });

  it('reads what is typed into a box of 万元', () => {
    expect(parseTenThousands('69.99')).toBe(69_990_000);
    expect(parseTenThousands(' 1,200 ')).toBe(1_200_000_000);
    expect(parseTenThousands('300元')).toBe(30_000);
    expect(parseTenThousands('abc')).toBeUndefined();
  });

  it('writes no more decimals than it takes', () => {
    expect(formatTenThousands(30_000_000)).toBe('30万元');
    expect(formatTenThousands(69_993_000)).toBe('69.993万元');
    expect(formatMoney(30_00)).toBe('30元');
    expect(formatMoney(-1)).toBe('-0.01元');
    expect(tenThousandsColumn(30_000_000)).toBe('30.00');
  });

  it('reads every amount it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), (fen) => {
        expect(parseMoney(formatTenThousands(fen))).toBe(fen);
        expect(parseMoney(formatMoney(fen))).toBe(fen);
      }),
    );
  });

  it.each([
    [0, '人民币零元整'],
    [30_000_000, '人民币叁拾万元整'],
    [69_990_000, '人民币陆拾玖万玖仟玖佰元整'],
    [1, '人民币壹分'],
    [110, '人民币壹元壹角整'],
    [101, '人民币壹元零壹分'],
    [100_000_000_000, '人民币壹拾亿元整'],
    [100_010_000, '人民币壹佰万零壹佰元整'],
    [1_000_500, '人民币壹万零伍元整'],
    [1_000_000_010_00, '人民币壹拾亿零壹拾元整'],
    [100_000_000_000_000, '人民币壹万亿元整'],
    [-5000, '人民币负伍拾元整'],
  ])('%i 分 is %s', (fen, capitals) => {
    expect(readInCapitals(fen)).toBe(capitals);
  });
});
