import type { Organisation, OrganisationState } from '../api/types.ts';
import { useAuthorities } from '../api/queries.ts';
import { PersonalValue } from '../form/personal-value.tsx';
import { Facts, type Tone } from '../kit/index.ts';
import { dateInWords, momentOf } from '../text/beijing-time.ts';

export const ORGANISATION_STATE: Record<OrganisationState, { label: string; tone: Tone }> = {
  pending: { label: '待审核', tone: 'wait' },
  approved: { label: '已通过', tone: 'good' },
  rejected: { label: '未通过', tone: 'bad' },
};

/** Names of what registers call by code; the codes themselves until they are known. */
export function useOrganisationWords() {
  const choices = useAuthorities().data;
  return {
    kind: (value: string) => choices?.organisationKinds.find((kind) => kind.value === value)?.label ?? value,
    affiliation: (value: string) => choices?.affiliations.find((one) => one.value === value)?.label ?? value,
    universityLevel: (value: string) => choices?.universityLevels.find((one) => one.value === value)?.label ?? value,
    division: (code: string) => choices?.divisions.find((division) => division.code === code)?.name ?? code,
  };
}

export function OrganisationFacts({ organisation }: { organisation: Organisation }) {
  const words = useOrganisationWords();
  return (
    <Facts
      items={[
        ['统一社会信用代码', organisation.uscc],
        ['单位类型', words.kind(organisation.kind)],
        ['独立法人', organisation.legalPerson ? '是' : '否'],
        ['注册日期', dateInWords(organisation.registeredOn)],
        ['注册地', words.division(organisation.division)],
        ['通信地址', organisation.address],
        ['法定代表人', organisation.legalRepresentative],
        ['联系人', organisation.contactName],
        [
          '联系电话',
          <PersonalValue key="phone" path="contactPhone" label="联系电话" text={organisation.contactPhone} />,
        ],
        organisation.affiliation ? ['隶属关系', words.affiliation(organisation.affiliation)] : undefined,
        organisation.supervisorName ? ['主管部门', organisation.supervisorName] : undefined,
        organisation.zoneName ? ['所在园区', organisation.zoneName] : undefined,
        organisation.universityLevel ? ['高校类别', words.universityLevel(organisation.universityLevel)] : undefined,
        typeof organisation.firstLevelBudget === 'boolean'
          ? ['一级预算单位', organisation.firstLevelBudget ? '是' : '否']
          : undefined,
        ['审核本单位的部门', organisation.departmentName],
        ['提交注册', momentOf(organisation.createdAt)],
        organisation.reviewedAt ? ['审核时间', momentOf(organisation.reviewedAt)] : undefined,
        organisation.reviewNote ? ['审核意见', organisation.reviewNote] : undefined,
      ]}
    />
  );
}
