export { applyChanges } from '../cases/apply-changes.ts';
export { runCases, type CaseResult, type Examples } from '../cases/run-cases.ts';
export { compileCall, type Compiled } from './compile-call.ts';
export type { Problem } from './problem.ts';
export { findContradictions, type Contradiction, type Solver } from '../contradictions/find.ts';
