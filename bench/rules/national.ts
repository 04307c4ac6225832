import { generatedBatch, type Batch, type Subject } from '@keshen/rules';
import { inBlocks } from '@keshen/rules/definition';
import { threadSeconds } from '../measure.ts';
import type { Bench } from './subjects.ts';

/** As many as the largest fund in the world receives in a year. */
export const NATIONAL = 433_426;
/** Small enough that an application is still in the processor's cache when it is judged, as it is when it was just read. */
const BLOCK = 250;

export type NationalRun = {
  applications: number;
  rules: number;
  /** All rules over all applications, from loaded facts. */
  seconds: number;
  /** One rule, the slowest, judged anew over all of them, and compared with what was said before. */
  oneRule: { rule: string; seconds: number };
};

/** Generating the applications takes longer than judging them and is not counted. */
export function nationalRun({ linked, generator }: Bench, applications = NATIONAL): NationalRun {
  const whole = generatedBatch(linked);
  const slowest = slowestRule(linked, generator());
  const width = whole.rules.length;
  const column = whole.rules.indexOf(slowest.rules[0] ?? '');
  const [verdicts, anew] = [new Uint8Array(applications * width), new Uint8Array(applications)];
  const sums = { seconds: 0, oneRule: 0, changed: 0 };
  let done = 0;
  for (const block of inBlocks(generator(), applications, BLOCK)) {
    const first = done;
    sums.seconds += threadSeconds(() =>
      block.forEach((subject, at) => whole.judge(subject, verdicts, (first + at) * width)),
    );
    sums.oneRule += threadSeconds(() =>
      block.forEach((subject, at) => {
        slowest.judge(subject, anew, first + at);
        if (anew[first + at] !== verdicts[(first + at) * width + column]) sums.changed += 1;
      }),
    );
    done += block.length;
  }
  if (sums.changed > 0) throw new Error(`a rule judged alone says something else: ${sums.changed}`);
  return {
    applications,
    rules: width,
    seconds: sums.seconds,
    oneRule: { rule: slowest.rules[0] ?? '', seconds: sums.oneRule },
  };
}

function slowestRule(linked: Bench['linked'], next: () => Subject): Batch {
  const subjects = [...inBlocks(next, 4000)].flat();
  const out = new Uint8Array(1);
  const timed = linked.rules.map((rule) => {
    const alone = generatedBatch({ ...linked, rules: [rule] });
    const rounds = [1, 2, 3].map(() => threadSeconds(() => subjects.forEach((subject) => alone.judge(subject, out))));
    return { alone, seconds: Math.min(...rounds) };
  });
  return timed.reduce((worst, one) => (one.seconds > worst.seconds ? one : worst)).alone;
}
