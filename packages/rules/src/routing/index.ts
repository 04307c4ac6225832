export * from './profile.ts';
export * from './route.ts';
