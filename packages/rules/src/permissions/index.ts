export * from './decide.ts';
export * from './rights.ts';
export * from './rows.ts';
export * from './subjects.ts';
