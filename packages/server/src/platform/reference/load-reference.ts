import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FieldType, Option, OptionsFrom, ReferenceData } from '@keshen/rules';
import { parse } from 'yaml';

/** A field of the standard form as it is written down. */
export type StandardField = {
  key: string;
  label: string;
  name?: string;
  type: FieldType;
  help?: string;
  options?: Option[];
  options_from?: OptionsFrom;
  min?: number;
  max?: number;
  maxLength?: number;
  personal?: boolean;
};

/** What the rules read, and what the standard form asks of organisations and people. */
export type Reference = ReferenceData & {
  organisationKinds: readonly Option[];
  principalInvestigator: readonly StandardField[];
};

type Form = { sections?: { key: string; fields?: StandardField[] }[] };

/** Reads `reference/`. Throws when a file is missing or has another shape: the system does not run on half of its data. */
export async function loadReference(dir: string): Promise<Reference> {
  const read = async (file: string): Promise<Record<string, unknown>> =>
    parse(await readFile(join(dir, file), 'utf8')) as Record<string, unknown>;
  const part = async <K extends keyof ReferenceData>(file: string, key: K): Promise<ReferenceData[K]> => {
    const value = (await read(file))[key];
    if (typeof value !== 'object' || value === null) throw new Error(`reference/${file} has no ${key}`);
    return value as ReferenceData[K];
  };
  const form = (await read('forms/standard.yaml')) as Form;
  const fieldsOf = (section: string) => form.sections?.find(({ key }) => key === section)?.fields ?? [];
  const kinds = fieldsOf('lead').find(({ key }) => key === 'kind')?.options;
  if (!kinds) throw new Error('reference/forms/standard.yaml has no lead.kind');
  return {
    countries: await part('countries.yaml', 'countries'),
    groups: await part('country-groups.yaml', 'groups'),
    groupNames: (await part('country-groups.yaml', 'groupNames')) ?? {},
    divisions: await part('divisions.yaml', 'divisions'),
    holidays: await part('holidays.yaml', 'holidays'),
    titles: await part('titles.yaml', 'titles'),
    organisationKinds: kinds,
    principalInvestigator: fieldsOf('principalInvestigator'),
  };
}
