export { mayRead, readsAs, statesReadBy } from './access.ts';
export { attempt, type By, eventBy, noSuchApplication } from './attempt.ts';
export { type Attachment, type Content, materialsOf } from './content.ts';
export { contentOf } from './content-of.ts';
export { registeredFields } from './create-application.ts';
export { namingOf } from './form-view.ts';
export { opinionsOf } from './print/opinions.ts';
export { renderPrint } from './print/render-print.ts';
export { type Naming, written } from './print/written.ts';
export { listApplications } from './list-applications.ts';
export { judge } from './judge.ts';
export { RIGHT_TO_ANSWER } from './checklist.ts';
export { reviewStepsOf } from './review-rights.ts';
export { assigneeOf, opinionTextsOf, sectionAt } from './store-review-flow.ts';
export type { ReviewStep } from './store-reviews.ts';
export { memberNamed } from './change-locked.ts';
export { mechanismClause } from './mechanism-clause.ts';
export { approvedOrganisation } from './store-locked.ts';
export { printToSeal } from './print-application.ts';
export { type RequiredSeal, requiredSeals, sealStandingOf } from './sealed-print.ts';
export { type SealOrderRow, sealOrdersOf, type SealPrintRow, sealPrintOf } from './store-seals.ts';
export { openApplication, type Opened } from './read-application.ts';
export { roundsOf } from './rounds-of.ts';
export {
  applicationContentOf,
  type ApplicationRow,
  attachmentsOf,
  findApplication,
  getAttachment,
  lockApplication,
  recommendedRows,
  sectionNow,
  sectionRevision,
  rowsOfDepartment,
} from './store.ts';
export {
  type EventRow,
  eventsOf,
  findApplicationByCode,
  frozenContentOf,
  type Snapshot,
  snapshotsOf,
  textIn,
} from './store-history.ts';
export { revisionOf, type Save, savesOf } from './store-revisions.ts';
export { currentListOf, queueForDepartment, voidCurrentList } from './store-places.ts';
export { type ApplicationSummary, summaryOf } from './summary.ts';
export { BUTTON_STEPS } from './summary.ts';
export { takeStepIn } from './take-step.ts';
export { isState, stateLabel } from './words.ts';
