type Choice = { value: string; label: string };

/** To whom an organisation belongs. The values are those that the calls' forms use for the same question. */
export const AFFILIATIONS = [
  { value: 'local', label: '市县所属，或在地方注册、没有主管部门的企业' },
  { value: 'regional', label: '省（自治区）有关厅局、部门所属，或省（自治区）直属' },
  { value: 'central', label: '中央部门、中央企业所属的驻地方单位' },
  { value: 'none', label: '没有主管部门的其他省（自治区）单位' },
] as const satisfies readonly Choice[];

export const UNIVERSITY_LEVELS = [
  { value: 'ministry', label: '部属本科高校' },
  { value: 'provincial', label: '省（自治区）属本科高校' },
  { value: 'otherUndergraduate', label: '其他本科高校（市属、民办等）' },
  { value: 'vocational', label: '高职高专院校' },
] as const satisfies readonly Choice[];

/** What a routing table may ask of an organisation beside its place, in the words of a sentence. */
export const ROUTING_FACTS = {
  kind: '单位类型',
  legalPerson: '是否独立法人',
  affiliation: '隶属关系',
  universityLevel: '高校类别',
  firstLevelBudget: '是否省级一级预算单位',
} as const;
export type RoutingFact = keyof typeof ROUTING_FACTS;

/** An organisation as far as it decides who reviews it. What is not known is absent, never taken for a no. */
export type RoutedOrganisation = {
  /** By which a table may list an organisation as one that recommends itself. */
  name?: string | undefined;
  /** GB/T 2260 code of the registered place. */
  division: string;
  kind?: string | undefined;
  legalPerson?: boolean | undefined;
  affiliation?: string | undefined;
  universityLevel?: string | undefined;
  firstLevelBudget?: boolean | undefined;
  /** The department that it belongs to (主管部门), where it has one. */
  supervisorId?: string | undefined;
  /** The zone within whose bounds it is registered; absent: within none. */
  zoneId?: string | undefined;
};

export type RoutedDepartment = { id: string; name: string; kind: string; division: string | null };
