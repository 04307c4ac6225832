import type { Paper } from '../../call.ts';
import { isoInstant, parseInstant } from '../../calendar/instants.ts';
import type { Checker } from '../expression/checker.ts';
import type { CallFile } from '../files/call-file.ts';
import { suggest } from '../problem.ts';
import { checkUnder } from './compile-rules.ts';
import { trimmed, type Compilation } from './compilation.ts';

/** What is to be brought on paper. Unknown topics and instants are reported; so is a period without a beginning, or with two ends. */
export function compilePaper(
  compilation: Compilation,
  checker: Checker,
  written: NonNullable<CallFile['paper']>,
  topics: readonly { code: string }[],
): Paper[] {
  const codes = topics.map(({ code }) => code);
  return written.map((paper): Paper => {
    checkUnder(compilation, checker, paper, paper.under);
    for (const topic of paper.topics ?? []) {
      if (!codes.includes(topic)) compilation.report(paper, 'topics', `没有方向“${topic}”`, suggest(topic, codes));
    }
    const closes = paper.closes === undefined ? undefined : parseInstant(paper.closes);
    if (paper.closes !== undefined && closes === undefined)
      compilation.report(paper, 'closes', `“${paper.closes}”不是时刻`, '2026-05-22 17:30');
    if (paper.withinWorkingDays !== undefined && paper.startsAt === undefined)
      compilation.report(paper, 'withinWorkingDays', '要写 startsAt：从哪一天起算');
    if (paper.startsAt !== undefined && paper.closes !== undefined)
      compilation.report(paper, 'closes', 'closes 和 startsAt 只能写一样');
    const { clause, ...rest } = paper;
    return trimmed({ ...rest, clauses: clause, closes: closes === undefined ? undefined : isoInstant(closes) });
  });
}
