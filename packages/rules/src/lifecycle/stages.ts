import type { Action } from './steps.ts';

/** The stretches of the way that an authority may give more time for, one at a time. `{…}` is replaced by a word of the call. */
export const STAGES = {
  create: { label: '新建申报', actions: ['createApplication'] },
  fill: { label: '填写和提交', actions: ['saveSection', 'attach', 'submit', 'withdraw'] },
  check: { label: '单位审核报送', actions: ['returnByOrganisation', 'forward'] },
  review: {
    label: '{recommendingDepartment}审核推荐',
    actions: ['returnByDepartment', 'declineRecommendation', 'recommend', 'withdrawRecommendation'],
  },
  deliver: { label: '清单报送', actions: ['deliver'] },
} as const satisfies Record<string, { label: string; actions: readonly Action[] }>;

export type Stage = keyof typeof STAGES;
export const STAGE_KEYS = Object.keys(STAGES) as Stage[];

/** The stage that an action belongs to; undefined for what no extension reaches. */
export const stageOf = (action: string): Stage | undefined =>
  STAGE_KEYS.find((stage) => (STAGES[stage].actions as readonly string[]).includes(action));
