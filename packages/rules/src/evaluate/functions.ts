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
import type { Expr, FunctionName } from '../tree.ts';
import type { Run, Value } from './values.ts';
import { compare, negate, type Exact } from './exact.ts';

/** Reference data as functions need them. */
export type FunctionWorld = {
  groups: Readonly<Record<string, readonly CountryGroup[]>>;
  rankOfTitle: ReadonlyMap<string, Rank>;
};

type Maker = (args: readonly Run[], world: FunctionWorld, trees: readonly Expr[]) => Run;

/** A function of known arguments: unknown as soon as one of them is. */
const known =
  (apply: (args: Value[], world: FunctionWorld) => Value): Maker =>
  (args, world) =>
  (context) => {
    const values: Value[] = [];
    for (const argument of args) {
      const value = argument(context);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return apply(values, world);
  };

/** The same for two numbers, without gathering them. */
const days =
  (apply: (a: Day, b: Day) => Value): Maker =>
  ([first = UNKNOWN, second = UNKNOWN]) =>
  (context) => {
    const a = first(context);
    if (a === undefined) return undefined;
    const b = second(context);
    return b === undefined ? undefined : apply(a as Day, b as Day);
  };

const UNKNOWN: Run = () => undefined;

/** Dates outside the years 1 to 9999 cannot be written down. */
const LAST_DAY = parseDate('9999-12-31') ?? 0;
const inCalendar = (day: Day): Day | undefined => (Math.abs(day) <= LAST_DAY ? day : undefined);

/** `210000` contains `210102`: trailing pairs of zeros stand for everything below. */
const withinDivision = (code: string, region: string): boolean => code.startsWith(region.replace(/(00)+$/, ''));

export function groupOn(groups: FunctionWorld['groups'], name: string, day: Day): CountryGroup | undefined {
  return (Object.hasOwn(groups, name) ? groups[name] : undefined)?.find((group) => {
    const [from, until] = [parseDate(group.from), group.until === undefined ? LAST_DAY : parseDate(group.until)];
    return from !== undefined && until !== undefined && from <= day && day <= until;
  });
}

export function rankOf(world: FunctionWorld, titleOrRank: string): Rank | undefined {
  const rank = RANKS.find((known) => known === titleOrRank);
  return rank ?? world.rankOfTitle.get(titleOrRank);
}

const least = (a: Exact, b: Exact): Exact => (compare(a, b) <= 0 ? a : b);
const most = (a: Exact, b: Exact): Exact => (compare(a, b) >= 0 ? a : b);

export const FUNCTIONS: Record<FunctionName, Maker> = {
  filled:
    ([argument]) =>
    (context) => {
      const value = argument?.(context);
      return Array.isArray(value) ? value.length > 0 : value !== undefined;
    },
  size: known(([value]) => (typeof value === 'string' ? [...value].length : (value as readonly string[]).length)),
  contains: known(([members, member]) => (members as readonly string[]).includes(member as string)),
  min: known((values) => (values as Exact[]).reduce(least)),
  max: known((values) => (values as Exact[]).reduce(most)),
  abs: known(([value]) => (compare(value as Exact, 0) < 0 ? negate(value as Exact) : value)),
  months_between: days(monthsBetween),
  years_between: days(yearsBetween),
  age_on: days(yearsBetween),
  add_months: days((day, months) => inCalendar(addMonths(day, months))),
  add_days: days((day, count) => inCalendar(day + count)),
  year_of: known(([day]) => dateOf(day as Day).year),
  retirement_date: known(([birth, originalAge, gender]) => {
    const age = Number(originalAge);
    if (!isOriginalRetirementAge(age) || (gender === 'male' && age !== 60)) return undefined;
    return retirementDate(birth as Day, age);
  }),
  in_group: known(([country, name, day], { groups }) =>
    groupOn(groups, name as string, day as Day)?.members.includes(country as string),
  ),
  division_within: known(([code, region]) => withinDivision(code as string, region as string)),
  rank_at_least: known(([titleOrRank, least], world) => {
    const rank = rankOf(world, titleOrRank as string);
    return rank && RANKS.indexOf(rank) >= RANKS.indexOf(least as Rank);
  }),
  lasts_at_least: known(([from, to, months]) => lastsAtLeast(from as Day, to as Day, months as number)),
  lasts_at_most: known(([from, to, months]) => lastsAtMost(from as Day, to as Day, months as number)),
};
