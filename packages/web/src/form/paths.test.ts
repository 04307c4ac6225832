import { describe, expect, it } from 'vitest';
import { cellPath, placeOf } from './paths.ts';

describe('places', () => {
  it.each([
    ['budget.grant', { kind: 'field', section: 'budget', field: 'grant' }],
    ['partners.list[r1].country', { kind: 'field', section: 'partners', field: 'list', row: 'r1', column: 'country' }],
    ['partners.list[r1]', { kind: 'field', section: 'partners', field: 'list', row: 'r1' }],
    ['partners.list.country', { kind: 'field', section: 'partners', field: 'list', column: 'country' }],
    ['materials.agreement', { kind: 'material', material: 'agreement' }],
    ['materials.agreement[r1]', { kind: 'material', material: 'agreement', row: 'r1' }],
    ['materials.agreement[f1].signedOn', { kind: 'material', material: 'agreement', row: 'f1', fact: 'signedOn' }],
    ['facts', undefined],
  ])('%s', (path, place) => expect(placeOf(path)).toEqual(place));
  it('names a cell', () => expect(cellPath('partners.list', 'r1', 'country')).toBe('partners.list[r1].country'));
});
