import type { ApplicationRow } from '../applications/index.ts';
import { applicationsWithNames } from '../applications/store.ts';
import type { Db } from '../platform/db/schema.ts';

/** Every application of a round, drafts and withdrawn ones included. */
export const applicationsOfRound = (db: Db, roundId: string): Promise<ApplicationRow[]> =>
  applicationsWithNames(db).where('application.roundId', '=', roundId).orderBy('application.number').execute();
