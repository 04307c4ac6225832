export { grantToTake, mayRead, statesReadBy } from './access.ts';
export { attempt, type By, eventBy, noSuchApplication } from './attempt.ts';
export type { Attachment, Content } from './content.ts';
export { namingOf } from './form-view.ts';
export { type Naming, written } from './print/written.ts';
export { placesOf } from './quota.ts';
export { openApplication } from './read-application.ts';
export { roundsOf } from './rounds-of.ts';
export {
  applicationContentOf,
  type ApplicationRow,
  attachmentsOf,
  findApplication,
  findApplicationByCode,
  frozenContentOf,
  getAttachment,
  lockApplication,
  recommendedRows,
  rowsOfDepartment,
  type Snapshot,
  snapshotsOf,
} from './store.ts';
export { currentListOf, queueForDepartment, voidCurrentList } from './store-places.ts';
export { type ApplicationSummary, summaryOf } from './summary.ts';
export { takeStepIn } from './take-step.ts';
export { stateLabel } from './words.ts';
