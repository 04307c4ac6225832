import type { Division, ReferenceData } from '@keshen/rules';

export type DepartmentSeed = { name: string; kind: string; division: string };
export type AuthoritySeed = { id: string; name: string; division: string; departments: DepartmentSeed[] };

/**
 * The authority of a call and its recommending departments: those the pack lists, or else the science bureaus of its prefectures. It is
 * known by its name, which the pack and the registers both use.
 */
export function authorityOf(
  name: string,
  declared: readonly DepartmentSeed[],
  { divisions }: Pick<ReferenceData, 'divisions'>,
): AuthoritySeed {
  const province = divisions.find(({ code, name: place }) => code.endsWith('0000') && name.startsWith(place));
  const division = province?.code ?? `${declared[0]?.division.slice(0, 2) ?? '00'}0000`;
  const departments = declared.length > 0 ? declared : bureausOf(division, divisions);
  return {
    id: name,
    name,
    division,
    departments: departments.map(({ name, kind, division }) => ({ name, kind, division })),
  };
}

const bureausOf = (province: string, divisions: readonly Division[]): DepartmentSeed[] =>
  divisions
    .filter(({ code }) => code.startsWith(province.slice(0, 2)) && code.endsWith('00') && !code.endsWith('0000'))
    .map(({ code, name }) => ({ name: `${name}科学技术局`, kind: 'city', division: code }));
