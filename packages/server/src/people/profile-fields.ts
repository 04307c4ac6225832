import type { FormField } from '@keshen/rules';
import type { Reference } from '../platform/reference/load-reference.ts';

/** What somebody is, whatever is applied for: the rest of the form's section on the principal investigator is about one project. */
const KEYS = [
  'idType',
  'idNumber',
  'passportNumber',
  'gender',
  'birthDate',
  'degree',
  'title',
  'titleRank',
  'academician',
  'employment',
  'originalRetirementAge',
  'civilServant',
  'phone',
  'email',
] as const;
export type ProfileKey = (typeof KEYS)[number];

/** The answers, by the keys of the standard form, so that they fit into any call's form. */
export type ProfileData = Partial<Record<ProfileKey, string | number | boolean>>;

/** The fields in the words of the standard form: a profile and an application ask for the same thing in the same way. */
export const profileFields = ({ principalInvestigator, titles }: Reference): FormField[] =>
  KEYS.flatMap((key) => {
    const field = principalInvestigator.find((one) => one.key === key);
    if (!field) return [];
    const { options_from: optionsFrom, name = field.label, ...rest } = field;
    return [
      {
        ...Object.fromEntries(
          Object.entries(rest).filter(([at]) => at !== 'required' && at !== 'when' && at !== 'agrees'),
        ),
        key,
        label: field.label,
        type: field.type,
        name,
        path: `profile.${key}`,
        required: true,
        // The one list that a profile chooses from; with it the fields are whole and need no reference data beside them.
        ...(optionsFrom === 'titles' && {
          options: titles.map(({ key: value, name: title, series }) => ({ value, label: title, help: series })),
        }),
      } satisfies FormField,
    ];
  });

/** A passport takes the place of the identity number, never both. */
export const asked = (data: ProfileData, key: string): boolean =>
  key === 'idNumber' ? data.idType !== 'passport' : key !== 'passportNumber' || data.idType === 'passport';

/** By which number a person is known here: one account for one number. */
export const identityOf = (data: ProfileData): string | undefined => {
  const number = data.idType === 'passport' ? data.passportNumber : data.idNumber;
  return typeof number === 'string' && number !== '' ? number : undefined;
};
