import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Option, ReferenceData } from '@keshen/rules';
import { parse } from 'yaml';

/** What the rules read, and the kinds of organisation that the standard form offers. */
export type Reference = ReferenceData & { organisationKinds: readonly Option[] };

type Form = { sections?: { key: string; fields?: { key: string; options?: Option[] }[] }[] };

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
  const kinds = form.sections?.find(({ key }) => key === 'lead')?.fields?.find(({ key }) => key === 'kind')?.options;
  if (!kinds) throw new Error('reference/forms/standard.yaml has no lead.kind');
  return {
    countries: await part('countries.yaml', 'countries'),
    groups: await part('country-groups.yaml', 'groups'),
    groupNames: (await part('country-groups.yaml', 'groupNames')) ?? {},
    divisions: await part('divisions.yaml', 'divisions'),
    holidays: await part('holidays.yaml', 'holidays'),
    titles: await part('titles.yaml', 'titles'),
    organisationKinds: kinds,
  };
}
