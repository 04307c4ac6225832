export * from './due.ts';
export * from './judge-delivery.ts';
export * from './papers-asked.ts';
export * from './standing.ts';
