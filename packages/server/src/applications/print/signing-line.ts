import type { SealKind } from '../../platform/seal/index.ts';

/**
 * A line at which somebody signs or seals. Where an electronic seal may stand at it, the template tells the place between `before` and
 * `after`; `seal` is empty on all others.
 */
export type SigningLine = { before: string; after: string; seal: SealKind | '' };

const BLANK = '＿＿＿＿＿＿＿＿';

export const plainLine = (text: string): SigningLine => ({ before: text, after: '', seal: '' });
export const signatureLine = (who: string): SigningLine => plainLine(`${who}（签字）：${BLANK}`);
export const DATE_LINE = plainLine('　　　　年　　月　　日');

/** The name seal stands in the middle of the blank. */
export const representativeLine: SigningLine = {
  before: `法定代表人（签字）：${BLANK.slice(4)}`,
  after: BLANK.slice(4),
  seal: 'legalRepresentative',
};

/** The round seal stands to the left of its words, clear of the name seal above. */
export const organisationLine = (text: string): SigningLine => ({ before: '', after: text, seal: 'leadOrganisation' });
