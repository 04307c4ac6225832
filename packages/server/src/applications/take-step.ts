import { grantFor, rightTo, type Step, stepOf } from '@keshen/rules';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { mayRead } from './access.ts';
import { attempt, type By, eventBy, noSuchApplication } from './attempt.ts';
import { findingKindsOf, type Judgement, judge } from './judge.ts';
import { noWayBack } from './no-way-back.ts';
import type { Situation, StepRequest } from './situation.ts';
import { CHECK_RUNS } from './step-checks.ts';
import { EFFECT_RUNS } from './step-effects.ts';
import { type ApplicationRow, changeApplication, findApplication, getApplication, lockApplication } from './store.ts';
import { lastStepOf, stepUnderKey } from './store-history.ts';
import { queueForDepartment } from './store-places.ts';
import { inWords, stateLabel } from './words.ts';

/**
 * Takes one step of the lifecycle table: load → may → checks → change and effects → log. The second arrival of the same step
 * answers as the first did. A refusal changes nothing and is logged with the instant of receipt.
 */
export const takeStep = (context: Context, by: By, request: StepRequest): Promise<Result<ApplicationRow>> =>
  attempt(context, by, request, (trx) => takeStepIn(trx, context, by, request));

/** The same inside a transaction of the caller's, who logs the refusal. */
export async function takeStepIn(
  trx: Trx,
  context: Context,
  by: By,
  request: StepRequest,
): Promise<Result<ApplicationRow>> {
  const step: Step = stepOf(request.action);
  const row = await lockFor(step, trx, request.applicationId);
  if (!row || !mayRead(by.actor, row)) return noSuchApplication();
  if (await isRepetition(trx, row, step, by, request)) return ok(row);

  const round = await loadRound({ db: trx, reference: context.reference }, row.roundId);
  if (!round) return noSuchApplication();
  if (!grantFor(by.actor, rightTo(request.action), row)) return notYourStep(inWords(step.label, round.compiled));
  if (step.scope !== 'own' && isOwn(by, row)) return notOnesOwn(inWords(step.label, round.compiled));
  if (!step.from.includes(row.state)) {
    const refusal = refused(409, {
      code: 'wrong_state',
      message: `这份申报现在是“${stateLabel(row.state, round.compiled)}”，不能“${inWords(step.label, round.compiled)}”。`,
      remedy: '请刷新页面，看它现在在哪一步。',
      current: { state: row.state },
    });
    return row.state === 'recommended' ? noWayBack(refusal, round, request.action) : refusal;
  }

  let judged: Promise<Judgement> | undefined;
  const judgement = () => (judged ??= judge(trx, row, round, by.at));
  const situation: Situation = { trx, context, by, request, row, round, judgement };
  for (const check of step.checks) {
    const refusal = await CHECK_RUNS[check](situation);
    if (refusal) return refusal;
  }

  const to = step.to ?? row.state;
  let change = {};
  let detail = {};
  for (const effect of step.effects) {
    const trace = await EFFECT_RUNS[effect](situation, step);
    change = { ...change, ...trace.change };
    detail = { ...detail, ...trace.detail };
  }
  const found = judged && findingKindsOf((await judged).verdicts);
  await changeApplication(trx, row.id, {
    ...change,
    ...(found && { findingKinds: found }),
    state: to,
    updatedAt: by.at,
  });
  await context.log(trx, {
    ...eventBy(by, request, step.role),
    outcome: 'done',
    detail: {
      from: row.state,
      to,
      ...(request.reason?.trim() && { reason: request.reason.trim() }),
      ...(request.clauses && { clauses: request.clauses }),
      ...(request.key && { key: request.key }),
      ...detail,
    },
  });
  return ok(await getApplication(trx, row.id));
}

/** Steps that change what a list must hold queue for the department's round first, always before the lock on the application. */
async function lockFor(step: Step, trx: Trx, id: string): Promise<ApplicationRow | undefined> {
  const queues = step.checks.includes('listCurrent') || step.effects.includes('voidLists');
  if (queues) {
    const row = await findApplication(trx, id);
    if (row) await queueForDepartment(trx, row);
  }
  return lockApplication(trx, id);
}

async function isRepetition(trx: Trx, row: ApplicationRow, step: Step, by: By, { key }: StepRequest): Promise<boolean> {
  if (key && (await stepUnderKey(trx, row.id, step.action, key))) return true;
  if (step.to !== row.state) return false;
  const last = await lastStepOf(trx, row.id);
  return last?.action === step.action && last.personId === by.actor.personId;
}

/** A deputy may be an applicant as well; nobody checks or recommends what he applies for or helps to write. */
const isOwn = ({ actor }: By, { applicantId, coEditorIds }: ApplicationRow): boolean =>
  applicantId === actor.personId || coEditorIds.includes(actor.personId);

const notOnesOwn = (label: string): Refused =>
  refused(403, {
    code: 'ones_own',
    message: `这份申报是您自己申报或者参加填写的，不能由您“${label}”。`,
    remedy: '请由单位管理员或者另一位代理办理。',
  });

const notYourStep = (label: string): Refused =>
  refused(403, {
    code: 'not_your_step',
    message: `您的账号不能对这份申报“${label}”。`,
    remedy: '请由有权限的人员操作；您的申报列表里写明了每份申报现在该谁办理。',
  });
