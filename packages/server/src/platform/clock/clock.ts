/** The only source of the current instant in the server. Windows are judged by it, never by what a browser says. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
