import { describe, expect, it } from 'vitest';
import { isBlank, newRowId, putBack, rowsOf, sumOf, withCell, withCopy, without } from './rows.ts';

const rows = [
  { id: 'a', name: '甲', grant: 100 },
  { id: 'b', name: '乙', grant: 250 },
];

describe('rows of a table', () => {
  it('changes one cell and empties one', () => {
    expect(withCell(rows, 'b', 'name', '丙')[1]).toEqual({ id: 'b', name: '丙', grant: 250 });
    expect(withCell(rows, 'a', 'grant', undefined)[0]).toEqual({ id: 'a', name: '甲' });
  });
  it('copies a row behind its original under another id', () => {
    expect(withCopy(rows, 'a', 'c').map((row) => [row.id, row['name']])).toEqual([
      ['a', '甲'],
      ['c', '甲'],
      ['b', '乙'],
    ]);
  });
  it('puts a deleted row back where it stood, once', () => {
    const [first] = rows;
    if (!first) throw new Error('no rows');
    const left = without(rows, 'a');
    expect(putBack(left, first, 0)).toEqual(rows);
    expect(putBack(rows, first, 0)).toEqual(rows);
  });
  it('adds up amounts, and says nothing of none', () => {
    expect(sumOf(rows, 'grant')).toBe(350);
    expect(sumOf(rows, 'note')).toBeUndefined();
  });
  it('knows rows from other values, blank ones from filled ones', () => {
    expect(rowsOf('text')).toEqual([]);
    expect(isBlank({ id: 'a' })).toBe(true);
    expect(isBlank({ id: 'a', name: '甲' })).toBe(false);
    expect(new Set(Array.from({ length: 100 }, newRowId)).size).toBe(100);
    expect(newRowId()).toMatch(/^r[0-9a-f]{12}$/);
  });
});
