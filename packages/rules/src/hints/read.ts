import { parseDate } from '../calendar/dates.ts';
import type { Application, FieldValue, Row } from '../subject.ts';

/** Readers of an application by the keys that all forms keep (`reference/forms/standard.yaml`); what is not there is undefined. */
export const fieldOf = (application: Application, section: string, field: string): FieldValue | undefined =>
  application[section]?.[field];

export const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
export const wholeOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
export const dayIn = (value: unknown): number | undefined => (typeof value === 'string' ? parseDate(value) : undefined);

export const rowsOf = (value: FieldValue | undefined): readonly Row[] =>
  Array.isArray(value) ? value.filter((one): one is Row => typeof one === 'object') : [];

/** Without width, case, spaces and punctuation: what two typists would write differently. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]/gu, '');

/** The pairs of neighbouring characters, which stand for words where nothing separates them. */
export function pairsOf(text: string): Set<string> {
  const characters = Array.from(plain(text));
  return new Set(characters.slice(1).map((character, at) => `${characters[at]}${character}`));
}
