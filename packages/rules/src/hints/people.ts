import { parseDate, yearsBetween } from '../calendar/dates.ts';
import type { Hint, HintInput } from './hint.ts';
import { dayIn, fieldOf, plain, rowsOf, textOf, wholeOf } from './read.ts';

type Person = {
  who: string;
  path: (column: string) => string;
  name: string;
  idNumber: string;
  birth: number | undefined;
  degree: string;
  title: string;
  unit: string;
  unitPath: string;
  months: number | undefined;
};

/** Younger or older than anybody who works on a project. Reason 35 of the rejection lists. */
const YOUNGEST = 16;
const OLDEST = 85;
/** Nobody is promoted, or takes the degree, so early without it being a slip of the keyboard. */
const TITLE_FROM: Readonly<Record<string, readonly [age: number, rank: string]>> = {
  senior: [28, '正高级'],
  associateSenior: [25, '副高级'],
};
const DOCTOR_FROM = 22;
const MONTHS_A_YEAR = 12;

/** The principal investigator and the members. */
function peopleIn({ application }: HintInput): Person[] {
  const leader = application['principalInvestigator'];
  const read = (entry: Record<string, unknown>) => ({
    name: textOf(entry['name']),
    idNumber: textOf(entry['idNumber']).toUpperCase(),
    birth: dayIn(entry['birthDate']),
    degree: textOf(entry['degree']),
    title: textOf(entry['title']),
  });
  const efforts = rowsOf(leader?.['effort']).flatMap((row) => wholeOf(row['months']) ?? []);
  const members = rowsOf(fieldOf(application, 'members', 'list')).map((row, index): Person => {
    const path = (column: string) => `members.list[${row.id}].${column}`;
    const who = `成员 ${index + 1}${textOf(row['name']) && ` ${textOf(row['name'])}`}`;
    const months = wholeOf(row['monthsPerYear']);
    return { ...read(row), who, path, unit: textOf(row['organisation']), unitPath: path('organisation'), months };
  });
  if (!leader) return members;
  const path = (column: string) => `principalInvestigator.${column}`;
  return [
    {
      ...read(leader),
      who: '项目负责人',
      path,
      unit: textOf(leader['employer']),
      unitPath: path('employer'),
      months: efforts.length > 0 ? Math.max(...efforts) : undefined,
    },
    ...members,
  ];
}

/** Ages that no person of a project has, and titles and degrees that come too early for the age. */
export function implausibleAges(input: HintInput): Hint[] {
  const today = parseDate(input.date);
  if (today === undefined) return [];
  return peopleIn(input).flatMap(({ who, path, birth, degree, title }): Hint[] => {
    if (birth === undefined) return [];
    const age = birth > today ? -1 : yearsBetween(birth, today);
    if (age < YOUNGEST || age > OLDEST) {
      const text = age < 0 ? `${who}的出生日期在今天以后，请核对。` : `${who}现年${age}岁，请核对出生日期。`;
      return [{ kind: 'age', title: '年龄可能填错', text, fields: [path('birthDate')] }];
    }
    const [from, rank] = TITLE_FROM[input.titles.find(({ key }) => key === title)?.rank ?? ''] ?? [0, ''];
    return [
      ...(age < from
        ? [
            {
              kind: 'title',
              title: '年龄与职称可能不符',
              text: `${who}现年${age}岁，职称是${rank}，请核对出生日期和职称。`,
              fields: [path('birthDate'), path('title')],
            },
          ]
        : []),
      ...(degree === 'doctor' && age < DOCTOR_FROM
        ? [
            {
              kind: 'degree',
              title: '年龄与学位可能不符',
              text: `${who}现年${age}岁，学位是博士，请核对出生日期和学位。`,
              fields: [path('birthDate'), path('degree')],
            },
          ]
        : []),
    ];
  });
}

/** One person in two rows: with two units (reason 9), twice with the same, or with more than twelve months a year together. */
export function samePersonTwice(input: HintInput): Hint[] {
  const people = peopleIn(input);
  return people.flatMap((one, index) =>
    people.slice(index + 1).flatMap((other): Hint[] => {
      if (!isSame(one, other)) return [];
      const fields = [one.path('name'), other.path('name')];
      const differ = one.unit !== '' && other.unit !== '' && plain(one.unit) !== plain(other.unit);
      const months = (one.months ?? 0) + (other.months ?? 0);
      return [
        differ
          ? {
              kind: 'two-units',
              title: '同一人填了不同的单位',
              text: `${one.who}与${other.who}看来是同一人，单位分别是“${one.unit}”和“${other.unit}”，请统一或者说明。`,
              fields: [one.unitPath, other.unitPath],
            }
          : {
              kind: 'twice',
              title: '同一人可能填了两次',
              text: `${one.who}与${other.who}看来是同一人，请核对；负责人不用再列为成员。`,
              fields,
            },
        ...(months > MONTHS_A_YEAR
          ? [
              {
                kind: 'months',
                title: '一年投入超过12个月',
                text: `${one.who}与${other.who}看来是同一人，每年投入合计${months}个月，请核对。`,
                fields,
              },
            ]
          : []),
      ];
    }),
  );
}

/** A member's unit is neither the applicant's nor a partner's, as both are typed (reason 47). */
export function unitsNotPartners(input: HintInput): Hint[] {
  const partners = rowsOf(fieldOf(input.application, 'partners', 'list')).map((row) => textOf(row['name']));
  const units = [textOf(fieldOf(input.application, 'lead', 'name')), ...partners].filter((name) => name !== '');
  if (units.length === 0) return [];
  const known = units.map(plain);
  return peopleIn(input)
    .filter(
      ({ unit }) => unit !== '' && !known.some((name) => plain(unit).includes(name) || name.includes(plain(unit))),
    )
    .map(({ who, unit, unitPath }) => ({
      kind: 'unit',
      title: '单位不在申报单位和合作单位里',
      text: `${who}的单位“${unit}”不是申报单位，也不在合作单位表里：漏了合作单位，或者名称写得不一样，请核对。`,
      fields: [unitPath],
    }));
}

const isSame = (one: Person, other: Person): boolean =>
  one.idNumber !== '' && other.idNumber !== ''
    ? one.idNumber === other.idNumber
    : one.name !== '' && plain(one.name) === plain(other.name) && one.birth !== undefined && one.birth === other.birth;
