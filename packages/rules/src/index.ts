export type * from './call.ts';
export type * from './subject.ts';
export type * from './verdict.ts';
export type * from './tree.ts';
export type { FactColumn, FactList, FactListDefinition, FactRow, Facts, FactSource } from './facts.ts';
export { FACT_LISTS } from './facts.ts';
export type * from './reference.ts';
export * from './calendar/index.ts';
export * from './identifiers/index.ts';
export * from './money/index.ts';
export * from './lifecycle/index.ts';
export * from './paper/index.ts';
export * from './routing/index.ts';
export * from './permissions/index.ts';
export { linkCall, type LinkedCall, type LinkOptions } from './evaluate/link.ts';
export { evaluate } from './evaluate/evaluate.ts';
export { requiredMaterials, type RequiredMaterial } from './evaluate/materials.ts';
export { rollUp } from './evaluate/roll-up.ts';
export {
  closesInclusive,
  stateOf,
  windowAt,
  windowBounds,
  type ActionWindow,
  type WindowCase,
  type WindowState,
} from './evaluate/windows.ts';
export { isRequired, isVisible, visibleSections } from './form/visibility.ts';
export { type Hint, hintsFor } from './hints/index.ts';
export { checkValue } from './form/check-value.ts';
export { readApplication, type ReadApplication } from './form/read-application.ts';
export { readFacts, readSubject, type ReadSubject } from './form/read-subject.ts';
export type { ReadProblem } from './form/read-value.ts';
export { canonicalJson } from './canonical-json.ts';
export { callForBrowser, referenceForBrowser } from './for-browser.ts';
export { closureBatch, OUTCOME_BYTES, type Batch, type OutcomeByte } from './batch/batch.ts';
export { generatedBatch } from './batch/generate.ts';
