import { describe, expect, it } from 'vitest';
import { creditCodeSoFar, EMPTY, faultsOf, nearestDivision, registrationOf, type Draft } from './registration.ts';

const CODE = '91210112MA0CYEN16N';
const paper = { id: 'p', kind: 'licence', title: '', fileName: 'a.pdf', bytes: 1, notes: [], storedAt: '' };
const filled: Draft = {
  ...EMPTY,
  authorityId: 'a',
  licence: paper,
  representativeLetter: paper,
  uscc: CODE,
  name: '沈阳澄岳智能装备有限公司',
  kind: 'enterprise',
  legalPerson: true,
  registeredOn: '2011-06-20',
  division: '210112',
  address: '创新路 88 号',
  legalRepresentative: '赵启明',
  contactName: '孙婉清',
  contactPhone: '024-86001188',
  login: ' sunwanqing ',
  administratorName: '孙婉清',
  password: '北风南渡西窗灯火照归舟',
  passwordAgain: '北风南渡西窗灯火照归舟',
};

describe('单位注册', () => {
  it('says how many characters of a credit code are missing, and complains only at its end', () => {
    expect(creditCodeSoFar('')).toEqual({ state: 'empty' });
    expect(creditCodeSoFar('9121')).toEqual({ state: 'typing', say: '还差 14 位' });
    expect(creditCodeSoFar(CODE).state).toBe('valid');
    expect(creditCodeSoFar(` ${CODE.toLowerCase()} `).state).toBe('valid');
    const wrong = creditCodeSoFar(`${CODE.slice(0, 17)}0`);
    expect(wrong.state).toBe('invalid');
    expect(wrong.say).toContain('校验位');
  });
  it('finds the division of a credit code, or the wider one that is known', () => {
    const divisions = ['210000', '210100', '210112'].map((code) => ({ code }));
    expect(nearestDivision('210112', divisions)).toBe('210112');
    expect(nearestDivision('210199', divisions)).toBe('210100');
    expect(nearestDivision('219999', divisions)).toBe('210000');
    expect(nearestDivision('990000', divisions)).toBe('');
    expect(nearestDivision('21A', divisions)).toBe('');
  });
  it('names all that is missing at once', () => {
    expect(Object.keys(faultsOf(EMPTY)).length).toBeGreaterThan(12);
    expect(faultsOf(filled)).toEqual({});
    expect(faultsOf({ ...filled, contactPhone: '打电话' }).contactPhone).toContain('手机号');
    expect(faultsOf({ ...filled, passwordAgain: '别的' }).passwordAgain).toContain('不一致');
  });
  it('sends the code in its normal form and the password once', () => {
    const sent = registrationOf({ ...filled, uscc: CODE.toLowerCase() });
    expect(sent).toMatchObject({ uscc: CODE, documents: ['p', 'p'], administrator: { login: 'sunwanqing' } });
    expect(Object.keys(sent)).not.toContain('passwordAgain');
  });
});
