import type { MaterialDefinition, RequiredMaterial } from '@keshen/rules';
import { describe, expect, it } from 'vitest';
import type { Attachment } from '../../api/types.ts';
import { slotsOf, stateOf } from './slots.ts';

const material = (key: string, forEach = false): MaterialDefinition => ({
  key,
  title: key,
  clauses: [],
  severity: 'block',
  min: 1,
  max: 2,
  accept: ['pdf'],
  maxBytes: 1000,
  facts: [],
  ...(forEach ? { forEach: { list: { from: 'table', path: 'partners.list' }, name: 'p' } } : {}),
});
const entry = (key: string, need: RequiredMaterial['need'], row?: string): RequiredMaterial => ({
  key,
  title: key,
  clause: { id: 'C', at: '一' },
  why: '',
  need,
  have: 0,
  min: 1,
  max: 2,
  accept: ['pdf'],
  maxBytes: 1000,
  colour: false,
  facts: [],
  ...(row ? { row, rowLabel: row } : {}),
});
const file = (id: string, key: string, row?: string): Attachment => ({
  id,
  material: key,
  fileName: `${id}.pdf`,
  bytes: 1,
  sha256: '',
  facts: {},
  inspection: { notes: [] },
  storedAt: '',
  ...(row ? { row } : {}),
});

describe('places for papers', () => {
  const slots = slotsOf({
    materials: [material('pledge'), material('agreement', true), material('audit')],
    required: [
      entry('pledge', 'yes'),
      entry('agreement', 'yes', 'r1'),
      entry('agreement', 'yes', 'r2'),
      entry('audit', 'no'),
    ],
    attachments: [file('a', 'agreement', 'r1'), file('b', 'agreement', 'gone')],
    verdicts: [],
  });

  it('are one a material, or one a row, with the files that belong there', () => {
    expect(slots.map((slot) => [slot.path, slot.files.map(({ id }) => id), stateOf(slot)])).toEqual([
      ['materials.pledge', [], 'missing'],
      ['materials.agreement[r1]', ['a'], 'there'],
      ['materials.agreement[r2]', [], 'missing'],
      ['materials.agreement[gone]', ['b'], 'there'],
      ['materials.audit', [], 'not_needed'],
    ]);
  });
});
