import {
  addMonths,
  dateOf,
  lastsAtLeast,
  lastsAtMost,
  monthsBetween,
  parseDate,
  yearsBetween,
  type Day,
} from '../calendar/dates.ts';
import { isOriginalRetirementAge, retirementDate } from '../calendar/retirement.ts';
import { RANKS, type CountryGroup, type Rank } from '../reference.ts';
import type { FunctionName } from '../tree.ts';
import type { Run, Value } from './values.ts';
import { compare, negate, type Exact } from './exact.ts';

/** Reference data as functions need them. */
export type FunctionWorld = {
  groups: Readonly<Record<string, readonly CountryGroup[]>>;
  rankOfTitle: ReadonlyMap<string, Rank>;
};

/** A function of known values; it may still have no answer. What asks for it is unknown as soon as one of them is. */
export type Apply = (...values: Value[]) => Value;

/** Dates outside the years 1 to 9999 cannot be written down. */
const LAST_DAY = parseDate('9999-12-31') ?? 0;
const inCalendar = (day: Day): Day | undefined => (Math.abs(day) <= LAST_DAY ? day : undefined);

/** `210000` contains `210102`: trailing pairs of zeros stand for everything below. */
function withinDivision(code: string, region: string): boolean {
  let end = region.length;
  while (end >= 2 && region.endsWith('00', end)) end -= 2;
  return code.startsWith(region.slice(0, end));
}

export function groupOn(groups: FunctionWorld['groups'], name: string, day: Day): CountryGroup | undefined {
  return (Object.hasOwn(groups, name) ? groups[name] : undefined)?.find((group) => {
    const [from, until] = [parseDate(group.from), group.until === undefined ? LAST_DAY : parseDate(group.until)];
    return from !== undefined && until !== undefined && from <= day && day <= until;
  });
}

const rankOf = (rankOfTitle: FunctionWorld['rankOfTitle'], titleOrRank: string): Rank | undefined =>
  RANKS.find((known) => known === titleOrRank) ?? rankOfTitle.get(titleOrRank);

const least = (a: Exact, b: Exact): Exact => (compare(a, b) <= 0 ? a : b);
const most = (a: Exact, b: Exact): Exact => (compare(a, b) >= 0 ? a : b);

/** A function of two days, or of a day and a number. */
const days =
  (apply: (a: Day, b: Day) => Value): Apply =>
  (a, b) =>
    apply(a as Day, b as Day);

/** All functions but `filled`, which is never unknown. */
export const functionsIn = ({
  groups,
  rankOfTitle,
}: FunctionWorld): Record<Exclude<FunctionName, 'filled'>, Apply> => ({
  size: (value) => (typeof value === 'string' ? [...value].length : (value as readonly string[]).length),
  contains: (members, member) => (members as readonly string[]).includes(member as string),
  min: (...values) => (values as Exact[]).reduce(least),
  max: (...values) => (values as Exact[]).reduce(most),
  abs: (value) => (compare(value as Exact, 0) < 0 ? negate(value as Exact) : value),
  months_between: days(monthsBetween),
  years_between: days(yearsBetween),
  age_on: days(yearsBetween),
  add_months: days((day, months) => inCalendar(addMonths(day, months))),
  add_days: days((day, count) => inCalendar(day + count)),
  year_of: (day) => dateOf(day as Day).year,
  retirement_date: (birth, originalAge, gender) => {
    const age = Number(originalAge);
    if (!isOriginalRetirementAge(age) || (gender === 'male' && age !== 60)) return undefined;
    return retirementDate(birth as Day, age);
  },
  in_group: (country, name, day) => groupOn(groups, name as string, day as Day)?.members.includes(country as string),
  division_within: (code, region) => withinDivision(code as string, region as string),
  rank_at_least: (titleOrRank, least) => {
    const rank = rankOf(rankOfTitle, titleOrRank as string);
    return rank && RANKS.indexOf(rank) >= RANKS.indexOf(least as Rank);
  },
  lasts_at_least: (from, to, months) => lastsAtLeast(from as Day, to as Day, months as number),
  lasts_at_most: (from, to, months) => lastsAtMost(from as Day, to as Day, months as number),
});

/** A call of a function with arguments that are closures. */
export function callOf(fn: FunctionName, args: readonly Run[], world: FunctionWorld): Run {
  const [first, second] = args;
  if (fn === 'filled') {
    return (context) => {
      const value = first?.(context);
      return Array.isArray(value) ? value.length > 0 : value !== undefined;
    };
  }
  const apply = functionsIn(world)[fn];
  if (first && second && args.length === 2) {
    return (context) => {
      const a = first(context);
      if (a === undefined) return undefined;
      const b = second(context);
      return b === undefined ? undefined : apply(a, b);
    };
  }
  return (context) => {
    const values: Value[] = [];
    for (const argument of args) {
      const value = argument(context);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return apply(...values);
  };
}
