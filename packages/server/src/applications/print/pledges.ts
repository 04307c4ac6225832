import type { FormSection, SectionValue } from '@keshen/rules';
import type { FormView } from './form-blocks.ts';
import { DATE_LINE, organisationLine, representativeLine, signatureLine, type SigningLine } from './signing-line.ts';

/** A pledge to be signed on paper: the declarations of a section as numbered sentences. */
export type Pledge = {
  title: string;
  text: string;
  lines: { made: boolean; text: string }[];
  closing: string;
  signatures: SigningLine[];
};

export const pledgeOf = (section: FormSection, answers: SectionValue, view: FormView): Pledge => ({
  title: section.title,
  text: '申报单位和项目负责人就本申报书作以下承诺：',
  lines: section.fields
    .filter((field) => view.isShown(field))
    .map((field, index) => ({ made: answers[field.key] === true, text: `${index + 1}．${field.label}。` })),
  closing: '以上承诺如有违反，愿意承担由此产生的责任。',
  signatures: [signatureLine('项目负责人'), representativeLine, organisationLine('申报单位（公章）'), DATE_LINE],
});
