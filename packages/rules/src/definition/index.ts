export { applyChanges } from '../cases/apply-changes.ts';
export { boundaryPairs, type Boundary, type BoundaryPair } from '../cases/boundaries.ts';
export { readExample, type Examples } from '../cases/examples.ts';
export { runMutations, type Mutation } from '../cases/mutations.ts';
export { runCases, type CaseResult } from '../cases/run-cases.ts';
export { checkCall } from '../check/check-call.ts';
export { compileCall, type Compiled } from './compile-call.ts';
export type { Problem } from './problem.ts';
export { applicationSchema, definitionSchemas, factsSchema, subjectSchema, type JsonSchema } from './schemas.ts';
