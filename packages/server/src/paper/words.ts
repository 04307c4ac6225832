import type { Paper } from '@keshen/rules';

/** Who seals or signs, in the words of a desk; `{…}` is a word of the call. */
const SEALS: Record<string, string> = {
  organisation: '申报单位盖章',
  recommendingDepartment: '{recommendingDepartment}盖章',
  principalInvestigator: '项目负责人签字',
};

export const BRINGERS: Record<Paper['from'], string> = {
  applicant: '申报人',
  organisation: '申报单位',
  recommendingDepartment: '{recommendingDepartment}',
};

export const inWordsOf = (text: string, words: { recommendingDepartment: string }): string =>
  text.replaceAll('{recommendingDepartment}', words.recommendingDepartment);

export const sealsOf = ({ sealedBy = [] }: Paper, words: { recommendingDepartment: string }) =>
  sealedBy.map((key) => ({ key, label: inWordsOf(SEALS[key] ?? key, words) }));

/** How the paper is made and whither it goes: A4 双面，一式5份，送…… */
export function howOf(paper: Paper, words: { recommendingDepartment: string }): string {
  const parts = [
    paper.size,
    paper.duplex && '双面打印',
    paper.bound && '连同附件按顺序装订成册',
    paper.binding,
    `一式${paper.copies}份`,
    ...sealsOf(paper, words).map(({ label }) => label),
    paper.through && `交${inWordsOf(BRINGERS[paper.through], words)}签章后由其集中报送`,
    paper.address && `送${paper.address}`,
  ];
  return parts.filter(Boolean).join('，');
}
