import type { CompiledCall, Paper } from '../call.ts';

/** The papers a call asks for under the readings taken; for an application only those of its topic. */
export const papersAsked = (
  call: Pick<CompiledCall, 'paper'>,
  readings: Readonly<Record<string, string>>,
  topic?: string,
): Paper[] =>
  call.paper.filter(
    ({ under = {}, topics }) =>
      Object.entries(under).every(([key, option]) => readings[key] === option) &&
      (topic === undefined || topics === undefined || topics.includes(topic)),
  );
