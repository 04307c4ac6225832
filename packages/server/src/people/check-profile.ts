import {
  birthOfResidentId,
  checkValue,
  type FormField,
  isOriginalRetirementAge,
  normaliseResidentId,
  officialDate,
  parseDate,
  retirementDate,
  sexOfResidentId,
} from '@keshen/rules';
import type { Reference } from '../platform/reference/load-reference.ts';
import { asked, type ProfileData } from './profile-fields.ts';

export type ProfileProblem = { where: string; message: string };

/** Blank entries are none, identity numbers have one form; what is no field of a profile is left out by the schema before. */
export function tidied(data: ProfileData): ProfileData {
  const given = Object.entries(data).flatMap(([key, value]): [string, string | number | boolean][] => {
    if (typeof value !== 'string') return [[key, value]];
    const text = value.normalize('NFKC').trim();
    return text === '' || !asked(data, key) ? [] : [[key, key === 'idNumber' ? normaliseResidentId(text) : text]];
  });
  return Object.fromEntries(given);
}

/** What is wrong with what was entered; nothing is asked to be complete yet. */
export function problemsOf(
  fields: readonly FormField[],
  data: ProfileData,
  reference: Reference,
  at: Date,
): ProfileProblem[] {
  const world = { instant: at.toISOString(), partners: [] };
  const problems = fields.flatMap((field): ProfileProblem[] => {
    const value = (data as Record<string, unknown>)[field.key];
    if (value === undefined) return [];
    const said = checkValue(field, value, { reference, call: { topics: [] } }, world);
    return said === undefined ? [] : [{ where: field.key, message: `${field.label}：${said}` }];
  });
  if (problems.some(({ where }) => where === 'idNumber')) return problems;
  const { idNumber, birthDate, gender, originalRetirementAge } = data;
  if (typeof idNumber === 'string') {
    const born = birthOfResidentId(idNumber);
    if (birthDate !== undefined && born !== birthDate) {
      problems.push({ where: 'birthDate', message: `出生日期与证件号码里的${born ?? ''}不一致，请核对。` });
    }
    if (gender !== undefined && sexOfResidentId(idNumber) !== gender) {
      problems.push({ where: 'gender', message: '性别与证件号码里的不一致，请核对。' });
    }
  }
  if (typeof originalRetirementAge === 'number') {
    if (!isOriginalRetirementAge(originalRetirementAge)) {
      problems.push({ where: 'originalRetirementAge', message: '原法定退休年龄只有50、55、60三种。' });
    } else if (gender === 'male' && originalRetirementAge !== 60) {
      problems.push({ where: 'originalRetirementAge', message: '男性的原法定退休年龄是60。' });
    }
  }
  return problems;
}

/** The labels of what has not been entered yet. */
export const missingOf = (fields: readonly FormField[], data: ProfileData): string[] =>
  fields
    .filter(({ key }) => asked(data, key) && (data as Record<string, unknown>)[key] === undefined)
    .map(({ label }) => label);

/** When the statutory retirement age is reached under the reform of 2025, in words; undefined while something is missing. */
export function retirementOf({ birthDate, originalRetirementAge }: ProfileData): string | undefined {
  const born = typeof birthDate === 'string' ? parseDate(birthDate) : undefined;
  if (born === undefined || typeof originalRetirementAge !== 'number') return undefined;
  return isOriginalRetirementAge(originalRetirementAge)
    ? officialDate(retirementDate(born, originalRetirementAge))
    : undefined;
}
