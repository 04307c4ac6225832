import type { Application, Form, Role, SectionValue } from '@keshen/rules';
import type { Actor } from '../platform/db/actors.ts';
import { masked, maskPersonal, personalValuesOf } from '../platform/secrets/index.ts';
import { type PlacedApplication, readsAs } from './access.ts';

/** They answer for the numbers themselves; whoever reviews sees them in part and may ask for one in full, with a reason. */
const IN_FULL: readonly Role[] = ['applicant', 'organisationAdministrator'];

export const readsInFull = (actor: Actor, placed: PlacedApplication): boolean =>
  readsAs(actor, placed).some((role) => IN_FULL.includes(role));

const fieldsOf = (form: Form, section: string) => form.sections.find(({ key }) => key === section)?.fields ?? [];

/** A section with its personal values in part. */
export const sectionInPart = (form: Form, section: string, data: SectionValue): SectionValue =>
  maskPersonal(fieldsOf(form, section), data);

/** What is shorter may be part of anything and is no number of a person. */
const SHORTEST = 6;

/** An answer in which the personal values of the application may stand anywhere (in findings, in facts), with those in part. */
export function numbersInPart<T>(form: Form, application: Application, answer: T): T {
  const values = Object.entries(application)
    .flatMap(([section, data]) => personalValuesOf(fieldsOf(form, section), data))
    .filter(({ value }) => value.length >= SHORTEST);
  const text = values.reduce(
    (left, { type, value }) => left.replaceAll(quoted(value), quoted(masked(type, value))),
    JSON.stringify(answer),
  );
  const inPart: T = JSON.parse(text);
  return inPart;
}

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);
