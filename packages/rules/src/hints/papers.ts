import { officialDate, parseDate } from '../calendar/dates.ts';
import type { MaterialFile } from '../subject.ts';
import type { Hint, HintInput } from './hint.ts';
import { dayIn, fieldOf } from './read.ts';

type Paper = { file: MaterialFile; called: string; path: (fact: string) => string };

/** The files about which a call asks something beside them. */
function papersIn({ materials = {}, papers = [] }: HintInput): Paper[] {
  return papers.flatMap(({ key, title }) =>
    (materials[key] ?? []).map((file) => ({
      file,
      called: `《${title}》（${file.fileName}）`,
      path: (fact: string) => `materials.${key}[${file.id}].${fact}`,
    })),
  );
}

/** Signed on a day that has not come, or valid only until before it was signed. */
export function signatureDates(input: HintInput): Hint[] {
  const today = parseDate(input.date);
  return papersIn(input).flatMap(({ file, called, path }): Hint[] => {
    const [signed, until] = [dayIn(file['signedOn']), dayIn(file['validUntil'])];
    if (signed === undefined || today === undefined) return [];
    const title = '签订日期可能填错';
    if (signed > today) {
      const text = `${called}填的签订日期${officialDate(signed)}还没有到，请对照原件核对。`;
      return [{ kind: 'signed-later', title, text, fields: [path('signedOn')] }];
    }
    if (until === undefined || until >= signed) return [];
    const text = `${called}在签订日期${officialDate(signed)}以前就已到期（${officialDate(until)}），请对照原件核对。`;
    return [{ kind: 'expired-before-signed', title, text, fields: [path('signedOn'), path('validUntil')] }];
  });
}

/** An agreement that ends before the project does (reason 52). */
export function agreementsTooShort(input: HintInput): Hint[] {
  const end = dayIn(fieldOf(input.application, 'project', 'endDate'));
  if (end === undefined) return [];
  return papersIn(input).flatMap(({ file, called, path }): Hint[] => {
    const until = dayIn(file['validUntil']);
    if (until === undefined || until >= end) return [];
    const text = `${called}到${officialDate(until)}为止，项目到${officialDate(end)}才结束；请核对有效期，或者请对方续签。`;
    return [{ kind: 'agreement-short', title: '协议有效期可能短于项目', text, fields: [path('validUntil')] }];
  });
}
