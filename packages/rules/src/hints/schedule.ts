import { officialDate } from '../calendar/dates.ts';
import type { Hint, HintInput } from './hint.ts';
import { dayIn, fieldOf, rowsOf } from './read.ts';

type Stage = { path: string; number: number; from: number; to: number };

/** Stages that leave days of the period out, stand outside of it, or end before they begin (reason 7). */
export function scheduleGaps({ application }: HintInput): Hint[] {
  const start = dayIn(fieldOf(application, 'project', 'startDate'));
  const end = dayIn(fieldOf(application, 'project', 'endDate'));
  const stages = rowsOf(fieldOf(application, 'schedule', 'list')).flatMap((row, index): Stage[] => {
    const [from, to] = [dayIn(row['from']), dayIn(row['to'])];
    const path = `schedule.list[${row.id}]`;
    return from === undefined || to === undefined ? [] : [{ path, number: index + 1, from, to }];
  });
  if (stages.length === 0 || start === undefined || end === undefined || end < start) return [];
  const hint = (kind: string, text: string, fields: string[]): Hint => ({
    kind,
    title: '进度安排与实施期可能对不上',
    text,
    fields,
  });
  const wrong = stages.flatMap(({ path, number, from, to }) => {
    if (to < from) return [hint('stage-order', `第${number}段的结束日期早于开始日期，请核对。`, [`${path}.to`])];
    const outside = [...(from < start ? [`${path}.from`] : []), ...(to > end ? [`${path}.to`] : [])];
    const period = `${officialDate(start)}至${officialDate(end)}`;
    return outside.length > 0
      ? [hint('stage-outside', `第${number}段超出了实施期（${period}），请核对。`, outside)]
      : [];
  });
  return wrong.length > 0 ? wrong : gaps(stages, start, end, hint);
}

function gaps(
  stages: readonly Stage[],
  start: number,
  end: number,
  hint: (kind: string, text: string, fields: string[]) => Hint,
): Hint[] {
  const sorted = stages.toSorted((a, b) => a.from - b.from);
  let covered = start - 1;
  const found: Hint[] = [];
  const miss = (from: number, to: number, field: string) => {
    const days = from === to ? officialDate(from) : `${officialDate(from)}至${officialDate(to)}`;
    found.push(hint('stage-gap', `进度安排里没有${days}的工作，请核对各段是否接得上。`, [field]));
  };
  for (const { path, from, to } of sorted) {
    if (from > covered + 1) miss(covered + 1, from - 1, `${path}.from`);
    covered = Math.max(covered, to);
  }
  const last = sorted.at(-1);
  if (covered < end && last) miss(covered + 1, end, `${last.path}.to`);
  return found;
}
