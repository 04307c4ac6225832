import { AFFILIATIONS, dateOfInstant, parseDate, ROUTING_FACTS, UNIVERSITY_LEVELS } from '@keshen/rules';
import type { Context } from '../../platform/context.ts';
import { refused, type Refused } from '../../platform/http/result.ts';
import type { OrganisationFields, OrganisationRow } from '../store.ts';

/** What an organisation may ask to have changed, in the order of the page. The credit code is who it is and never changes. */
export const PROFILE = {
  name: '单位名称',
  kind: ROUTING_FACTS.kind,
  legalPerson: ROUTING_FACTS.legalPerson,
  registeredOn: '注册日期',
  division: '注册地',
  address: '通信地址',
  legalRepresentative: '法定代表人',
  affiliation: ROUTING_FACTS.affiliation,
  supervisorId: '主管部门',
  zoneId: '所在园区',
  universityLevel: ROUTING_FACTS.universityLevel,
  firstLevelBudget: ROUTING_FACTS.firstLevelBudget,
} as const;
export type ProfileField = keyof typeof PROFILE;
export type Profile = Pick<OrganisationRow, ProfileField>;

export const PROFILE_FIELDS = Object.keys(PROFILE) as ProfileField[];

export const profileOf = (organisation: Profile): Profile =>
  Object.fromEntries(PROFILE_FIELDS.map((key) => [key, organisation[key]])) as Profile;

/** What differs, a line each, as people read it. */
export type Difference = { field: string; label: string; before: string; after: string };

type Names = { departments: readonly { id: string; name: string }[] } & Pick<Context, 'reference'>;

export function differences(before: Partial<Profile>, after: Partial<Profile>, names: Names): Difference[] {
  return PROFILE_FIELDS.filter((key) => (before[key] ?? null) !== (after[key] ?? null)).map((key) => ({
    field: key,
    label: PROFILE[key],
    before: written(key, before[key], names),
    after: written(key, after[key], names),
  }));
}

/** A value as people read it; — for what is not known or does not apply. */
function written(key: ProfileField, value: unknown, { departments, reference }: Names): string {
  if (value === undefined || value === null || value === '') return '—';
  if (typeof value === 'boolean') return value ? '是' : '否';
  const text = String(value);
  const named = (options: readonly { value: string; label: string }[]) =>
    options.find((option) => option.value === text)?.label ?? text;
  switch (key) {
    case 'kind':
      return named(reference.organisationKinds);
    case 'affiliation':
      return named(AFFILIATIONS);
    case 'universityLevel':
      return named(UNIVERSITY_LEVELS);
    case 'division':
      return reference.divisions.find(({ code }) => code === text)?.name ?? text;
    case 'supervisorId':
    case 'zoneId':
      return departments.find(({ id }) => id === text)?.name ?? text;
    default:
      return text;
  }
}

const field = (where: string, message: string, remedy?: string): Refused =>
  refused(422, { code: 'invalid', message, where, ...(remedy && { remedy }) });

/** What is wrong with the answers themselves, whoever gives them. */
export function findProfileFault(
  { reference }: Pick<Context, 'reference'>,
  fields: Profile,
  at: Date,
): Refused | undefined {
  const blank = (['name', 'legalRepresentative'] as const).find((key) => !fields[key].trim());
  if (blank) return field(blank, '没有填写。');
  if (!reference.organisationKinds.some(({ value }) => value === fields.kind)) {
    return field('kind', '没有这种单位类型。', '请从列表中选择。');
  }
  if (parseDate(fields.registeredOn) === undefined) {
    return field('registeredOn', '注册日期不是有效的日期。', '请按营业执照或法人证书填写，例如 2001-09-30。');
  }
  if (fields.registeredOn > dateOfInstant(at.getTime())) {
    return field('registeredOn', '注册日期晚于今天。', '请按营业执照或法人证书上的成立日期填写。');
  }
  if (!reference.divisions.some(({ code }) => code === fields.division)) {
    return field('division', '没有这个行政区划。', '请从列表中选择注册地。');
  }
  return undefined;
}

export function findContactFault({
  contactName,
  contactPhone,
}: Pick<OrganisationFields, 'contactName' | 'contactPhone'>) {
  if (!contactName.trim()) return field('contactName', '没有填写。');
  if (!contactPhone.trim()) return field('contactPhone', '没有填写。');
  if (/^[+\d][\d\s-]{5,25}$/.test(contactPhone.normalize('NFKC').trim())) return undefined;
  return field('contactPhone', '联系电话应由数字组成，可带区号。', '例如 024-12345678 或 13800000000。');
}

/** The department and the zone that an organisation names must be of its authority. */
export function findNamedFault(
  { supervisorId, zoneId }: Pick<Profile, 'supervisorId' | 'zoneId'>,
  departments: readonly { id: string }[],
): Refused | undefined {
  const known = (id: string | null) => id === null || departments.some((department) => department.id === id);
  if (!known(supervisorId)) return field('supervisorId', '没有这个主管部门。', '请从列表中选择。');
  return known(zoneId) ? undefined : field('zoneId', '没有这个园区。', '请从列表中选择。');
}
