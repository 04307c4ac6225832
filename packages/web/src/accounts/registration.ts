import { checkCreditCode } from '@keshen/rules';
import { charactersIn } from '../text/characters.ts';
import { NO_FACTS, type Paper } from '../api/organisations.ts';
import type { RoutingFacts } from '../api/routing-types.ts';
import type { OrganisationRegistration } from '../api/types.ts';

/** What the form holds while it is being filled in: everything may still be missing. */
export type Draft = RoutingFacts & {
  licence?: Paper;
  representativeLetter?: Paper;
  authorityId?: string;
  departmentId?: string;
  uscc: string;
  name: string;
  kind?: string;
  legalPerson?: boolean;
  registeredOn?: string;
  division: string;
  address: string;
  legalRepresentative: string;
  contactName: string;
  contactPhone: string;
  login: string;
  administratorName: string;
  password: string;
  passwordAgain: string;
};

export const EMPTY: Draft = {
  ...NO_FACTS,
  uscc: '',
  name: '',
  division: '',
  address: '',
  legalRepresentative: '',
  contactName: '',
  contactPhone: '',
  login: '',
  administratorName: '',
  password: '',
  passwordAgain: '',
};

export type Faults = Partial<Record<keyof Draft, string>>;

/** How an incomplete credit code looks while it is typed: no complaint before its end is reached. */
export function creditCodeSoFar(text: string): { state: 'empty' | 'typing' | 'valid' | 'invalid'; say?: string } {
  const typed = text.replace(/\s/g, '');
  if (typed === '') return { state: 'empty' };
  const checked = checkCreditCode(text);
  if (checked.valid) return { state: 'valid', say: checked.warning ?? '校验位正确' };
  if (checked.normal.length < 18) return { state: 'typing', say: `还差 ${18 - checked.normal.length} 位` };
  return { state: 'invalid', say: checked.problem };
}

/** The division itself, else the city or province it lies in (GB/T 2260: the last two, four digits are 0); empty if unknown. */
export function nearestDivision(code: string, divisions: readonly { code: string }[]): string {
  if (!/^\d{6}$/.test(code)) return '';
  const wider = [code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`];
  return wider.find((candidate) => divisions.some((division) => division.code === candidate)) ?? '';
}

const REQUIRED: readonly (readonly [keyof Draft, string])[] = [
  ['authorityId', '请选择科技主管部门'],
  ['name', '请填写与公章一致的单位全称'],
  ['kind', '请选择单位类型'],
  ['legalPerson', '请选择是否独立法人'],
  ['registeredOn', '请填写注册日期'],
  ['division', '请选择注册地'],
  ['address', '请填写通信地址'],
  ['legalRepresentative', '请填写法定代表人'],
  ['contactName', '请填写联系人'],
  ['contactPhone', '请填写联系电话'],
  ['login', '请填写登录名'],
  ['administratorName', '请填写管理员姓名'],
  ['licence', '请上传营业执照或法人证书'],
  ['representativeLetter', '请上传管理员授权书'],
];

/** The form's fields, to find the one that a refusal names. */
export const FIELDS: readonly (keyof Draft)[] = [
  ...REQUIRED.map(([field]) => field),
  'uscc',
  'password',
  'departmentId',
  'affiliation',
  'supervisorId',
  'zoneId',
  'universityLevel',
  'firstLevelBudget',
];

/** All that stands against sending the form, by field. */
export function faultsOf(draft: Draft): Faults {
  const faults: Faults = {};
  for (const [key, say] of REQUIRED) {
    const value = draft[key];
    if (value === undefined || (typeof value === 'string' && value.trim() === '')) faults[key] = say;
  }
  const code = checkCreditCode(draft.uscc);
  if (!code.valid) faults.uscc = draft.uscc.trim() === '' ? '请填写统一社会信用代码' : code.problem;
  if (!faults.contactPhone && !/^[\d+\-() ]{7,20}$/.test(draft.contactPhone.trim()))
    faults.contactPhone = '请填写手机号，或带区号的座机号';
  if (charactersIn(draft.password) < 10) faults.password = '密码至少 10 个字符';
  if (draft.passwordAgain !== draft.password) faults.passwordAgain = '与上面的密码不一致';
  return faults;
}

/** The registration to send; only after `faultsOf` found nothing. */
export function registrationOf(draft: Draft): OrganisationRegistration {
  const { login, administratorName, password, passwordAgain: _again, licence, representativeLetter, ...rest } = draft;
  const { departmentId, ...organisation } = rest;
  const { authorityId = '', kind = '', legalPerson = false, registeredOn = '' } = organisation;
  return {
    ...organisation,
    authorityId,
    ...(departmentId && { departmentId }),
    documents: [licence, representativeLetter].flatMap((paper) => (paper ? [paper.id] : [])),
    kind,
    legalPerson,
    registeredOn,
    uscc: checkCreditCode(draft.uscc).normal,
    administrator: { login: login.trim(), name: administratorName.trim(), password },
  };
}
