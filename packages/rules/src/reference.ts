/** Dated reference data, read from `reference/*.yaml` by the server and passed in. */
export type ReferenceData = {
  countries: readonly Country[];
  groups: Readonly<Record<string, readonly CountryGroup[]>>;
  /** How a sentence calls a group: 共建“一带一路”国家. */
  groupNames?: Readonly<Record<string, string>>;
  divisions: readonly Division[];
  holidays: Readonly<Record<string, HolidayYear>>;
  titles: readonly ProfessionalTitle[];
};

/** ISO 3166 alpha-2 code and the name an official form prints (国家（地区）: 中国香港, 德国). */
export type Country = { code: string; name: string; region?: string };

/** One version of a dated group such as 共建“一带一路”国家; `until` is inclusive. */
export type CountryGroup = { from: string; until?: string; members: readonly string[]; source: string };

/** GB/T 2260. */
export type Division = { code: string; name: string };

/** Days off and make-up working days (`YYYY-MM-DD`) as the State Council's yearly notice lists them. */
export type HolidayYear = { off: readonly string[]; work: readonly string[]; source: string };

export const RANKS = ['none', 'junior', 'intermediate', 'associateSenior', 'senior'] as const;
export type Rank = (typeof RANKS)[number];

export type ProfessionalTitle = { key: string; name: string; series: string; rank: Rank };
