export * from './dates.ts';
export * from './instants.ts';
export * from './retirement.ts';
export * from './working-days.ts';
