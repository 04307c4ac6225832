export * from './mechanisms.ts';
export * from './notices.ts';
export * from './roles.ts';
export * from './stages.ts';
export * from './states.ts';
export * from './steps.ts';
