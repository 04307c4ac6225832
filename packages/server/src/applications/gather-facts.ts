import type { Application, Facts } from '@keshen/rules';
import type { Db } from '../platform/db/schema.ts';
import { factsFor } from '../registry/index.ts';
import { duplicateRows, projectRows } from './neighbour-facts.ts';
import { participantsOf } from './participants.ts';
import type { ApplicationRow } from './store.ts';
import { neighboursById, neighboursWith, neighbourTitles } from './store-neighbours.ts';
import { similarity } from './titles.ts';

/**
 * What the registers know of everybody in the application, and what this system knows of other applications in the same house and
 * mode. A register that does not answer stays unknown: other applications never stand in for it.
 */
export async function gatherFacts(db: Db, row: ApplicationRow, application: Application, asOf: string): Promise<Facts> {
  const neighbourhood = { authorityId: row.authorityId, mode: row.mode, except: row.id };
  const taking = participantsOf(application);
  const people = taking.people.map(({ id }) => id);
  const organisations = taking.organisations.map(({ uscc }) => uscc);
  const registers = await factsFor(db, { authorityId: row.authorityId, people, uscc: organisations, asOf });
  const neighbours = await neighboursWith(db, neighbourhood, { people, organisations });
  const alike = (await neighbourTitles(db, neighbourhood)).filter(({ title }) => similarity(taking.title, title));
  const duplicates = await neighboursById(
    db,
    neighbourhood,
    alike.map(({ id }) => id),
  );
  return {
    ...registers,
    ...(registers.projects && {
      projects: [...registers.projects, ...projectRows(neighbours, { roundId: row.roundId, people, organisations })],
    }),
    ...(registers.duplicates && {
      duplicates: [
        ...registers.duplicates,
        ...duplicateRows(taking.title, duplicates, { roundId: row.roundId, people }),
      ],
    }),
  };
}
