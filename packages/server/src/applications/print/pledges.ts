import type { FormSection, SectionValue } from '@keshen/rules';
import type { FormView } from './form-blocks.ts';

/** A pledge to be signed on paper: the declarations of a section as numbered sentences. */
export type Pledge = {
  title: string;
  text: string;
  lines: { made: boolean; text: string }[];
  closing: string;
  signatures: string[];
};

const DATE = '　　　　年　　月　　日';

export const pledgeOf = (section: FormSection, answers: SectionValue, view: FormView): Pledge => ({
  title: section.title,
  text: '申报单位和项目负责人就本申报书作以下承诺：',
  lines: section.fields
    .filter((field) => view.isShown(field))
    .map((field, index) => ({ made: answers[field.key] === true, text: `${index + 1}．${field.label}。` })),
  closing: '以上承诺如有违反，愿意承担由此产生的责任。',
  signatures: [
    '项目负责人（签字）：＿＿＿＿＿＿＿＿',
    '法定代表人（签字）：＿＿＿＿＿＿＿＿',
    '申报单位（公章）',
    DATE,
  ],
});
