import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCreditCode, creditCodeCheck, makeCreditCode } from './credit-code.ts';
import { birthOfResidentId, checkResidentId, makeResidentId, residentIdKind, sexOfResidentId } from './resident-id.ts';

describe('unified social credit code (GB 32100)', () => {
  it('takes true ones, also with letters in front, in lower case and full width', () => {
    expect(checkCreditCode('91350100M000100Y43').valid).toBe(true);
    expect(checkCreditCode('９１３５０１００ｍ０００１００ｙ４３')).toMatchObject({
      valid: true,
      normal: '91350100M000100Y43',
    });
    const lettered = makeCreditCode('N1', '210100', 'MA0CYEN1');
    expect(checkCreditCode(lettered)).toEqual({ valid: true, normal: lettered });
  });

  it('says what is wrong', () => {
    const problem = (code: string): string => {
      const checked = checkCreditCode(code);
      return checked.valid ? '' : checked.problem;
    };
    expect(problem('91350100M000100Y4A')).toContain('校验位');
    expect(problem('91350100M000100Y4')).toContain('现有17位');
    expect(problem('9135O100M000100Y43')).toContain('不用字母I、O');
    expect(problem('91A50100M000100Y43')).toContain('行政区划');
  });

  it('warns where only the inner check (GB 11714) is off', () => {
    const first17 = '91210100123456780';
    const code = first17 + (creditCodeCheck(first17) ?? '');
    expect(checkCreditCode(code)).toMatchObject({
      valid: true,
      warning: expect.stringContaining('第9至17位') as string,
    });
  });

  it('notices any single wrong character', () => {
    const right = makeCreditCode('91', '210100', 'MA0CYEN1');
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 17 }), fc.constantFrom(...alphabet), (at, character) => {
        const changed = right.slice(0, at) + character + right.slice(at + 1);
        expect(checkCreditCode(changed).valid).toBe(changed === right);
      }),
    );
  });
});

describe('resident identity number (GB 11643)', () => {
  it('takes citizens, residence permits and permanent residence cards', () => {
    expect(checkResidentId('11010519491231002X').valid).toBe(true);
    expect(checkResidentId('１１０１０５１９４９１２３１００２ｘ')).toMatchObject({
      valid: true,
      normal: '11010519491231002X',
    });
    for (const [area, kind] of [
      ['810000', 'hongKong'],
      ['820000', 'macau'],
      ['830000', 'taiwan'],
      ['911100', 'permanentResident'],
      ['210102', 'citizen'],
    ] as const) {
      const id = makeResidentId(area, '1980-05-06', '124');
      expect(checkResidentId(id).valid, kind).toBe(true);
      expect(residentIdKind(id)).toBe(kind);
    }
  });

  it('reads birth date and sex', () => {
    const woman = makeResidentId('210102', '1980-05-06', '124');
    expect(birthOfResidentId(woman)).toBe('1980-05-06');
    expect(sexOfResidentId(woman)).toBe('female');
    expect(sexOfResidentId(makeResidentId('210102', '1980-05-06', '125'))).toBe('male');
  });

  it('says what is wrong', () => {
    const problem = (id: string, at?: string): string => {
      const checked = checkResidentId(id, at);
      return checked.valid ? '' : checked.problem;
    };
    expect(problem('110105491231002')).toContain('15位');
    expect(problem('11010519491231002')).toContain('现有17位');
    expect(problem('110105194912310021')).toContain('校验位');
    expect(problem('990105194912310021')).toContain('校验位');
    expect(problem('000105194912310021')).toContain('地区代码');
    expect(problem('110105194913310021')).toContain('出生日期');
    expect(problem(makeResidentId('210102', '2030-01-02', '124'), '2030-01-01T00:00:00+08:00')).toContain('晚于今天');
  });

  it('notices any single wrong digit', () => {
    const right = makeResidentId('210102', '1980-05-06', '123');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 0, max: 9 }), (at, digit) => {
        const changed = right.slice(0, at) + String(digit) + right.slice(at + 1);
        expect(checkResidentId(changed).valid).toBe(changed === right);
      }),
    );
  });
});
