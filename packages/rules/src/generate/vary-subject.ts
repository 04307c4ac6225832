import type { CompiledCall, FormField, MaterialDefinition } from '../call.ts';
import { FACT_LISTS, type FactColumn, type FactList, type FactRow, type Facts } from '../facts.ts';
import type { CellValue, FieldValue, MaterialFile, Row, Subject } from '../subject.ts';
import type { Random } from './random.ts';
import { varyDate, varyValue, type Variation } from './vary-value.ts';

/** Something of an application that can be other than it is. */
export type Place =
  | { of: 'field'; field: FormField }
  | { of: 'table'; field: FormField }
  | { of: 'material'; material: MaterialDefinition }
  | { of: 'facts'; list: FactList };

/** Rows of registers that name the people and organisations of an application, to be put into its facts. */
export type KnownRows = Readonly<Partial<Record<FactList, readonly FactRow[]>>>;

const LISTS = Object.keys(FACT_LISTS).filter((list): list is FactList => Object.hasOwn(FACT_LISTS, list));

/** All places of a call; those that a rule reads many times over, so that they are chosen more often. */
export function placesOf(call: CompiledCall): Place[] {
  const read = new Set(call.rules.flatMap(({ reads }) => reads));
  const often = (place: Place, path: string): Place[] =>
    read.has(path) ? Array.from({ length: 8 }, () => place) : [place];
  return [
    ...call.form.sections.flatMap(({ fields }) =>
      fields.flatMap((field) => often({ of: field.type === 'table' ? 'table' : 'field', field }, field.path)),
    ),
    ...call.materials.flatMap((material) => often({ of: 'material', material }, `materials.${material.key}`)),
    ...LISTS.filter((list) => read.has(`facts.${list}`)).flatMap((list) =>
      often({ of: 'facts', list }, `facts.${list}`),
    ),
  ];
}

/** The different rows of the registers in some applications. */
export function rowsKnownTo(subjects: readonly Subject[]): KnownRows {
  return Object.fromEntries(
    LISTS.map((list) => {
      const rows = new Map(subjects.flatMap(({ facts }) => facts[list] ?? []).map((row) => [JSON.stringify(row), row]));
      return [list, [...rows.values()]];
    }),
  );
}

/** Changes an application at one place. The application is its own: nothing of it is shared with others. */
export function varyAt(place: Place, subject: Subject, known: KnownRows, variation: Variation): void {
  switch (place.of) {
    case 'field':
    case 'table': {
      const [section = '', key = ''] = place.field.path.split('.');
      const values = subject.application[section] ?? {};
      subject.application[section] = withEntry(values, key, varyField(place, values[key], variation));
      break;
    }
    case 'material': {
      const { key, facts } = place.material;
      const change = (file: MaterialFile, fact: string, value: CellValue | undefined): MaterialFile => ({
        ...file,
        [fact]: value,
      });
      subject.materials[key] = varyRows(subject.materials[key] ?? [], facts, variation, change);
      break;
    }
    case 'facts':
      subject.facts = varyFacts(subject.facts, place.list, known[place.list] ?? [], variation.random);
  }
}

function varyField(
  { of, field }: Extract<Place, { field: FormField }>,
  value: FieldValue | undefined,
  variation: Variation,
): FieldValue | undefined {
  if (of === 'field') return varyValue(field, value, variation);
  const rows = Array.isArray(value) ? value.filter((row): row is Row => typeof row === 'object') : [];
  return varyRows(rows, field.columns ?? [], variation, (row, column, cell) => ({
    ...withEntry(row, column, cell),
    id: row.id,
  }));
}

/** A copy with the entry changed or, without a value, left out. */
function withEntry<T>(values: Readonly<Record<string, T>>, key: string, value: T | undefined): Record<string, T> {
  if (value !== undefined) return { ...values, [key]: value };
  const { [key]: _left, ...others } = values;
  return others;
}

/** One cell of one row changed, a row taken away, or a row added like one that is there. */
function varyRows<R extends { id?: string }>(
  rows: readonly R[],
  columns: readonly FormField[],
  variation: Variation,
  change: (row: R, column: string, value: CellValue | undefined) => R,
): R[] {
  const { random } = variation;
  const at = random.below(rows.length);
  const [row, column] = [rows[at], random.pick(columns)];
  if (!row) return [];
  const fate = random.below(10);
  if (fate === 0 || !column) return rows.toSpliced(at, 1);
  if (fate === 1) return [...rows, { ...row, id: `g${rows.length + 1}` }];
  const value: unknown = Object.entries(row).find(([key]) => key === column.key)?.[1];
  return rows.with(at, change(row, column.key, varyValue(column, value, variation)));
}

/** A record more, one less, one changed, or a register that does not answer. */
function varyFacts(facts: Facts, list: FactList, known: readonly FactRow[], random: Random): Facts {
  const rows = facts[list] ?? [];
  const fate = random.below(10);
  const source = facts.sources?.[list];
  if (fate === 0 && source) return { ...facts, sources: { ...facts.sources, [list]: { ...source, status: 'down' } } };
  const at = random.below(rows.length);
  const row = rows[at];
  if (!row || fate <= 5) {
    const more = random.pick(known);
    return more ? { ...facts, [list]: [...rows, { ...more }] } : facts;
  }
  if (fate === 6) return { ...facts, [list]: rows.toSpliced(at, 1) };
  const key = random.pick(Object.keys(row)) ?? '';
  const columns: Readonly<Record<string, FactColumn>> = FACT_LISTS[list].columns;
  return { ...facts, [list]: rows.with(at, { ...row, [key]: varyFact(columns[key], row[key], random) }) };
}

function varyFact(column: FactColumn | undefined, value: FactRow[string], random: Random): FactRow[string] {
  if (column?.options) return random.pick(Object.keys(column.options));
  if (column?.type === 'boolean') return value !== true;
  if (column?.type === 'date') return varyDate(value, random) ?? value;
  if (column?.type === 'integer' && typeof value === 'number') return Math.max(0, value + random.below(3) - 1);
  return value;
}
