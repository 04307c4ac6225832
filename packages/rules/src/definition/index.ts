export { compileCall, type Compiled } from './compile-call.ts';
export type { Problem } from './problem.ts';
