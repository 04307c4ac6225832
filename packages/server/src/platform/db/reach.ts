import { AsyncLocalStorage } from 'node:async_hooks';

/** Whose data the database may show: those of these authorities, or of all. */
export type Reach = 'all' | readonly string[];

const reaches = new AsyncLocalStorage<Reach>();

/** Runs `work` so that the database shows it the data of these authorities only, whatever its queries ask for. */
export const within = <T>(reach: Reach, work: () => T): T => reaches.run(reach, work);

/**
 * Runs `work` over the whole installation: signing in, jobs, commands. Whoever calls this answers for showing nobody another
 * authority's data.
 */
export const throughout = <T>(work: () => T): T => reaches.run('all', work);

/** The reach of what is running; nothing where nobody has said. */
export const reachNow = (): Reach | undefined => reaches.getStore();
