import type { FieldValue, SectionValue } from '@keshen/rules';
import { equal } from './equal.ts';

export type Side = 'mine' | 'theirs';

export type Difference = {
  field: string;
  mine: FieldValue | undefined;
  theirs: FieldValue | undefined;
  /** Who changed the field since both had the same. `both`: a person must choose. */
  changedBy: Side | 'both';
};

/** The fields in which two versions differ, with who changed what since their common base. */
export function differences(base: SectionValue, mine: SectionValue, theirs: SectionValue): Difference[] {
  const fields = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
  return fields
    .filter((field) => !equal(mine[field], theirs[field]))
    .map((field) => ({
      field,
      mine: mine[field],
      theirs: theirs[field],
      changedBy: equal(base[field], theirs[field]) ? 'mine' : equal(base[field], mine[field]) ? 'theirs' : 'both',
    }));
}

/** The version that comes of choosing a side for each differing field; a field that the chosen side left empty stays empty. */
export function mergeBy(
  mine: SectionValue,
  theirs: SectionValue,
  chosen: Readonly<Record<string, Side>>,
): SectionValue {
  const merged: SectionValue = { ...mine };
  for (const [field, side] of Object.entries(chosen)) {
    const value = (side === 'mine' ? mine : theirs)[field];
    if (value === undefined) delete merged[field];
    else merged[field] = value;
  }
  return merged;
}
