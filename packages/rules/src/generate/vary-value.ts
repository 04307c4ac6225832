import type { FormField } from '../call.ts';
import { isoDate, parseDate } from '../calendar/dates.ts';
import type { ReferenceData } from '../reference.ts';
import type { CellValue } from '../subject.ts';
import type { NearBounds } from './near-bounds.ts';
import type { Random } from './random.ts';

export type Variation = {
  random: Random;
  near: NearBounds;
  /** The values that a choice allows. */
  optionsOf: (field: Pick<FormField, 'options' | 'optionsFrom'>) => readonly string[];
};

const TEN_THOUSAND_YUAN = 1_000_000;
const NEAR_A_BOUND = 0.6;
const LEFT_BLANK = 0.1;

/** Another value for an entry, usually one at a bound; undefined: left blank. */
export function varyValue(
  field: Pick<FormField, 'path' | 'type' | 'options' | 'optionsFrom'>,
  value: unknown,
  { random, near, optionsOf }: Variation,
): CellValue | undefined {
  const bounds = near.get(field.path);
  if (bounds && random.chance(NEAR_A_BOUND)) return random.pick(bounds);
  if (random.chance(LEFT_BLANK)) return undefined;
  switch (field.type) {
    case 'money':
      return varyMoney(value, random);
    case 'date':
      return varyDate(value, random);
    case 'integer':
      return typeof value === 'number' ? Math.max(0, value + random.below(5) - 2) : 1;
    case 'boolean':
    case 'attest':
      return value !== true;
    case 'one_of':
    case 'country':
    case 'division':
      return random.pick(optionsOf(field)) ?? asText(value);
    case 'many_of':
      return toggled(Array.isArray(value) ? value.map(String) : [], random.pick(optionsOf(field)));
    default:
      return asText(value);
  }
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A 分 more or less, or another round amount. */
function varyMoney(value: unknown, random: Random): number {
  const amount = typeof value === 'number' ? value : 10 * TEN_THOUSAND_YUAN;
  if (random.chance(0.2)) return Math.max(0, amount + (random.chance(0.5) ? 1 : -1));
  return Math.round((amount * (50 + random.below(101))) / 100 / TEN_THOUSAND_YUAN) * TEN_THOUSAND_YUAN;
}

/** Some day within thirteen months of the one that stands there. */
export function varyDate(value: unknown, random: Random): string | undefined {
  const day = typeof value === 'string' ? parseDate(value) : undefined;
  return day === undefined ? undefined : isoDate(day + random.below(801) - 400);
}

const toggled = (members: readonly string[], option: string | undefined): readonly string[] =>
  option === undefined
    ? members
    : members.includes(option)
      ? members.filter((member) => member !== option)
      : [...members, option];

/** Where choices come from. Rows of the application itself (`partners`) are left as they are. */
export function optionsIn(reference: ReferenceData, topics: readonly { code: string }[]): Variation['optionsOf'] {
  const lists = {
    countries: reference.countries.map(({ code }) => code),
    divisions: reference.divisions.map(({ code }) => code),
    titles: reference.titles.map(({ key }) => key),
    topics: topics.map(({ code }) => code),
    partners: [],
  };
  return ({ options, optionsFrom }) =>
    options ? options.map(({ value }) => value) : optionsFrom ? lists[optionsFrom] : [];
}
