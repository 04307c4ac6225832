import { inBlocks, subjectGenerator, type Candidate, type GenerateOptions } from '@keshen/rules/definition';
import { subjectOf } from '../applications/judge.ts';
import type { LoadedRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { applicationsOfRound } from './store-simulation.ts';

/**
 * The applications of a round as they are stored, each as of its submission; what was not submitted as of now. Registers are
 * asked for each as for any other judgement.
 */
export async function* storedCandidates(context: Context, round: LoadedRound): AsyncGenerator<Candidate> {
  for (const row of await applicationsOfRound(context.db, round.round.id)) {
    const { subject } = await subjectOf(context.db, row, round, row.submittedAt ?? context.clock.now());
    yield { id: row.number, title: row.title, subject };
  }
}

/** `count` applications made up from the examples of the call, the same for the same seed. */
export function* generatedCandidates(options: GenerateOptions, count: number): Generator<Candidate> {
  let number = 0;
  for (const block of inBlocks(subjectGenerator(options), count)) {
    for (const subject of block) {
      number += 1;
      const title = subject.application['project']?.['title'];
      yield { id: `G${String(number).padStart(6, '0')}`, title: typeof title === 'string' ? title : '', subject };
    }
  }
}
