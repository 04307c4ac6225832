import type { Action } from '@keshen/rules';
import type { LoadedRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import type { By } from './attempt.ts';
import type { Judgement } from './judge.ts';
import type { ApplicationRow } from './store.ts';

/** `key` makes a repetition recognisable whatever happened in between; a step taken twice in a row is recognised without. */
export type StepRequest = {
  applicationId: string;
  action: Action;
  reason?: string;
  key?: string;
  /** The platform whose bonus place is taken instead of one of the quota's own. */
  platformId?: string;
  /** The clauses of the call on which a refusal rests. */
  clauses?: readonly string[];
  change?: LockedChangeAsked;
};

/** What an admission locks and two persons change: `after` is the title, the new organisation's credit code, or a member's name. */
export type LockedChangeAsked = {
  field: 'title' | 'organisation' | 'principalInvestigator';
  after: string;
  proposedBy: string;
};

/** Everything a check may look at. The application is locked; it is judged once, when a check first asks. */
export type Situation = {
  trx: Trx;
  context: Context;
  by: By;
  request: StepRequest;
  row: ApplicationRow;
  round: LoadedRound;
  judgement: () => Promise<Judgement>;
};
