import { parseDate, type Day } from '../calendar/dates.ts';
import type { Facts } from '../facts.ts';
import type { Application, Materials, Subject } from '../subject.ts';

/** What closures read. `rows[slot]` is the row that a variable stands for. */
export type Context = {
  application: Application;
  materials: Materials;
  facts: Facts;
  /** Undefined when the subject's date is no date: everything that asks for it is then unknown. */
  today: Day | undefined;
  instant: string;
  rows: RowValue[];
};

export type RowValue = Readonly<Record<string, unknown>>;

export const EMPTY_ROW: RowValue = Object.freeze({});

export function contextOf(subject: Subject): Context {
  return {
    application: subject.application ?? {},
    materials: subject.materials ?? {},
    facts: subject.facts ?? {},
    today: parseDate(subject.at.date),
    instant: subject.at.instant,
    rows: [],
  };
}
