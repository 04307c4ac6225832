import type { Clause } from '@keshen/rules';
import { expect, test } from 'vitest';
import { byPart, handlingOf } from './describe-clause.ts';
import { spanText } from './time-left.ts';

const WORDS = { recommendingDepartment: '初审单位', recommendationList: '清单', platform: '平台' };
const clause = (how: Clause['how'], ...boundBy: Clause['boundBy']): Clause => ({
  id: 'X',
  at: '四（五）',
  kind: 'topic',
  how,
  text: '',
  boundBy,
});
const labels = (one: Clause): string[] => handlingOf(one, WORDS).map(({ label }) => label);

test.each<[string[], Clause]>([
  [['系统自动核对'], clause('auto', { by: 'rule', key: 'r', title: '' })],
  [['系统自动核对', '初审单位审核'], clause('auto', { by: 'review', role: 'recommendingDepartment', question: '' })],
  [['单位审核'], clause('review', { by: 'review', role: 'organisationAdministrator', question: '' })],
  [['提交材料'], clause('document', { by: 'material', key: 'm', title: '' })],
  [['承诺'], clause('attest', { by: 'attestation', path: 'p', title: '' })],
  [['系统流程保证'], clause('workflow', { by: 'workflow', mechanism: 'online_only' })],
  [['说明'], clause('info', { by: 'shown', where: 'callPage' })],
])('a clause is shown as %o', (expected, one) => {
  expect(labels(one)).toEqual(expected);
});

test('clauses stand in the parts of the notice', () => {
  const places = ['一', '三1', '三2', '四（五）', '附件1'].map((at) => ({ ...clause('info'), at }));
  expect(byPart(places).map(({ part, clauses }) => [part, clauses.length])).toEqual([
    ['一', 1],
    ['三', 2],
    ['四', 1],
    ['', 1],
  ]);
});

test.each([
  [3 * 86_400_000 + 4 * 3_600_000 + 59 * 60_000, '3天4小时'],
  [86_400_000, '1天'],
  [3_600_000 * 2 + 60_000, '2小时1分钟'],
  [59_999, '不到1分钟'],
])('%i ms are %s', (ms, text) => {
  expect(spanText(ms)).toBe(text);
});
