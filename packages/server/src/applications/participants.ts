import type { Application, FieldValue, Row } from '@keshen/rules';

/**
 * Who takes part in an application, read by the keys that all forms keep by convention (`reference/forms/standard.yaml`). Only
 * people and organisations with a number can be looked up in a register; the others are left to the reader.
 */
export type Participants = {
  title: string;
  startDate?: string;
  endDate?: string;
  people: { id: string; name: string; role: 'principalInvestigator' | 'member'; rank: number }[];
  organisations: { uscc: string; name: string; orgRole: 'lead' | 'partner' }[];
};

export function participantsOf(application: Application): Participants {
  const { project, lead, principalInvestigator } = application;
  const startDate = text(project?.['startDate']);
  const endDate = text(project?.['endDate']);
  return {
    title: text(project?.['title']),
    ...(startDate && { startDate }),
    ...(endDate && { endDate }),
    people: [
      { ...person(principalInvestigator), role: 'principalInvestigator' as const, rank: 1 },
      ...rows(application['members']?.['list']).map((row, index) => ({
        ...person(row),
        role: 'member' as const,
        rank: index + 2,
      })),
    ].filter(({ id }) => id !== ''),
    organisations: [
      { ...organisation(lead), orgRole: 'lead' as const },
      ...rows(application['partners']?.['list']).map((row) => ({ ...organisation(row), orgRole: 'partner' as const })),
    ].filter(({ uscc }) => uscc !== ''),
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const rows = (value: FieldValue | undefined): Row[] =>
  typeof value === 'object' ? value.flatMap((one) => (typeof one === 'string' ? [] : [one])) : [];
type Entry = Record<string, unknown> | undefined;
const person = (entry: Entry) => ({ id: text(entry?.['idNumber']).toUpperCase(), name: text(entry?.['name']) });
const organisation = (entry: Entry) => ({ uscc: text(entry?.['uscc']).toUpperCase(), name: text(entry?.['name']) });
