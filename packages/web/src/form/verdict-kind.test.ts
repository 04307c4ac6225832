import type { Verdict } from '@keshen/rules';
import { describe, expect, it } from 'vitest';
import { kindOf, roleName, stands } from './verdict-kind.ts';

const verdict = (part: Partial<Verdict>): Verdict => ({
  rule: 'self-raised-share',
  title: '',
  clause: { id: 'C', at: '四（八）' },
  outcome: 'fail',
  severity: 'block',
  fields: [],
  asks: '',
  found: '',
  text: '',
  ...part,
});
const soft = (given: boolean) =>
  verdict({ severity: 'soft', explanation: { path: 'project.periodNote', label: '说明', given } });

describe('how a finding stands to its reader', () => {
  it.each([
    [verdict({}), 'against', true],
    [verdict({ outcome: 'pass' }), 'met', false],
    [verdict({ outcome: 'not_applicable' }), 'void', false],
    [verdict({ outcome: 'needs_human' }), 'person', false],
    [verdict({ outcome: 'unknown', rule: 'form:required:budget.grant' }), 'missing', true],
    [verdict({ outcome: 'unknown' }), 'waiting', true],
    [verdict({ outcome: 'unknown', defect: 'x is not a function' }), 'defect', true],
    [verdict({ rule: 'material:agreement:r1' }), 'missing', true],
    [verdict({ rule: 'form:valid:lead.uscc' }), 'against', true],
    [verdict({ severity: 'hint' }), 'hint', false],
    [verdict({ severity: 'hint', outcome: 'unknown' }), 'void', false],
    [soft(false), 'explain', true],
    [soft(true), 'person', false],
    [verdict({ severity: 'soft' }), 'person', false],
  ] as const)('%#', (given, kind, inTheWay) => {
    expect(kindOf(given)).toBe(kind);
    expect(stands(kind)).toBe(inTheWay);
  });
  it('calls a role by the word of the call', () => {
    expect(roleName('recommendingDepartment', { recommendingDepartment: '初审单位' })).toBe('初审单位');
    expect(roleName('programmeOfficer', {})).toBe('业务处室');
  });
});
