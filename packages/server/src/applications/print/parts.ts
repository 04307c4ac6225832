import type { CompiledCall, FormSection } from '@keshen/rules';

/** The parts a print is made of, by the names that a call's `documents.order` uses. */
const PARTS = [
  'cover',
  'organisationSheet',
  'projectSheet',
  'applicationForm',
  'pledges',
  'attachments',
  'opinions',
] as const;
export type PartKey = (typeof PARTS)[number];

/** What each information sheet takes from the form, by the keys that all forms keep (`reference/forms/standard.yaml`). */
const SHEETS = {
  organisationSheet: ['lead', 'partners'],
  projectSheet: ['project', 'principalInvestigator', 'foreignCounterpart'],
} as const;

export type Part = { key: PartKey; sections: FormSection[] };

/**
 * The parts in the order the call asks for, each with its sections of the form; every section is printed exactly once. Pledges and
 * opinions that the order does not name stand at the end of the application form, to which they belong.
 */
export function partsOf({ documents }: Pick<CompiledCall, 'documents'>, sections: readonly FormSection[]): Part[] {
  const asked = (documents.order ?? PARTS).filter(isPart);
  const missing = PARTS.filter((part) => !asked.includes(part));
  const order = asked.flatMap((part) => (part === 'applicationForm' ? [part, ...missing.filter(isOfTheForm)] : [part]));
  const placeOf = (section: FormSection): PartKey => {
    if (isPledge(section)) return 'pledges';
    const sheet = (['organisationSheet', 'projectSheet'] as const).find(
      (key) => order.includes(key) && SHEETS[key].some((one) => one === section.key),
    );
    return sheet ?? 'applicationForm';
  };
  return order.map((key) => ({ key, sections: sections.filter((section) => placeOf(section) === key) }));
}

const isPart = (text: string): text is PartKey => PARTS.some((part) => part === text);
const isOfTheForm = (part: PartKey): boolean => part === 'pledges' || part === 'opinions';

/** A section of declarations only is not filled in but signed. */
const isPledge = ({ fields }: FormSection): boolean =>
  fields.length > 0 && fields.every((field) => field.type === 'attest');
