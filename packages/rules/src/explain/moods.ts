import type { CompareOperator } from '../tree.ts';

export type Words = Record<CompareOperator, string>;
/** The words of a mood: how a notice asks, or how a case is described. */
export type Mood = {
  equal: string;
  unequal: string;
  same: (other: string) => string;
  different: (other: string) => string;
  amounts: Words;
  numbers: Words;
  dates: Words;
};

/** 不得低于 */
export const MUST: Mood = {
  equal: '应是',
  unequal: '不得是',
  same: (other) => `应与${other}一致`,
  different: (other) => `不得与${other}相同`,
  amounts: { '>=': '不得低于', '<=': '不得超过', '>': '须高于', '<': '须低于', '==': '应为', '!=': '不得为' },
  numbers: { '>=': '不得少于', '<=': '不得超过', '>': '须多于', '<': '须少于', '==': '应为', '!=': '不得为' },
  dates: { '>=': '不得早于', '<=': '不得晚于', '>': '须晚于', '<': '须早于', '==': '应为', '!=': '不得为' },
};

/** 不低于 */
export const STATE: Mood = {
  equal: '是',
  unequal: '不是',
  same: (other) => `与${other}相同`,
  different: (other) => `与${other}不同`,
  amounts: { '>=': '不低于', '<=': '不超过', '>': '高于', '<': '低于', '==': '为', '!=': '不为' },
  numbers: { '>=': '不少于', '<=': '不超过', '>': '多于', '<': '少于', '==': '为', '!=': '不为' },
  dates: { '>=': '不早于', '<=': '不晚于', '>': '晚于', '<': '早于', '==': '为', '!=': '不为' },
};

/** Whether the day itself counts is always said. */
export const ENDS: Words = {
  '>=': '（当日可以）',
  '<=': '（当日可以）',
  '>': '（当日不算）',
  '<': '（当日不算）',
  '==': '',
  '!=': '',
};
