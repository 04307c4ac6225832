import { type Action, grantFor, rightTo, type Step, stepOf } from '@keshen/rules';
import type { Actor } from '../platform/db/actors.ts';
import type { PlacedApplication } from './access.ts';
import type { ReviewStep } from './store-reviews.ts';

/** The steps that a review leads to: who may take one of them reviews, while the application waits for it. */
const STEPS_OF: Record<ReviewStep, readonly Action[]> = {
  organisation: ['completeOrganisationCheck', 'forward'],
  department: ['completeDepartmentReview', 'recommend'],
  admission: ['admit'],
};

/** The steps of a review that the person may take on this application, in whatever state it is. */
export const reviewStepsOf = (actor: Actor, placed: PlacedApplication, step: ReviewStep): Step[] =>
  STEPS_OF[step].filter((action) => grantFor(actor, rightTo(action), placed)).map(stepOf);
