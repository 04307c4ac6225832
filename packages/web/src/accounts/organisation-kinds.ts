/** What an organisation may register as; the application's own 单位类型 is asked again in the form, by the call's options. */
export const ORGANISATION_KINDS: readonly { value: string; label: string }[] = [
  { value: 'university', label: '高等学校' },
  { value: 'researchInstitute', label: '科研院所' },
  { value: 'convertedInstitute', label: '转制科研院所' },
  { value: 'enterprise', label: '企业' },
  { value: 'publicInstitution', label: '其他事业单位（含医院）' },
  { value: 'newResearchInstitution', label: '新型研发机构' },
  { value: 'centralUnit', label: '中央驻地方单位' },
  { value: 'government', label: '行政机关' },
  { value: 'socialOrganisation', label: '社会团体、民办非企业单位等社会组织' },
  { value: 'other', label: '其他' },
];

export const kindLabel = (kind: string): string =>
  ORGANISATION_KINDS.find((known) => known.value === kind)?.label ?? kind;
