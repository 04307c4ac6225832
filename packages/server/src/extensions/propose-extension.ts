import { normaliseCreditCode, officialInstant, type Stage, STAGES, windowAt } from '@keshen/rules';
import { attempt, type By, eventBy } from '../applications/index.ts';
import { type LoadedRound, loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import * as store from './store.ts';

/** More time for one stage; `for` says for whom, by what people have at hand: a credit code, the number of an application. */
export type Proposal = {
  roundId: string;
  stage: Stage;
  until: Date;
  for:
    | { whom: 'all' }
    | { whom: 'begun'; begunBy: Date }
    | { whom: 'department'; departmentId: string }
    | { whom: 'organisation'; uscc: string }
    | { whom: 'application'; number: string };
  reason: string;
};

/** A programme officer proposes; nothing is longer open before a second one approves. */
export const proposeExtension = (context: Context, by: By, proposal: Proposal): Promise<Result<store.ExtensionRow>> =>
  attempt(
    context,
    by,
    { action: 'proposeExtension', subject: { kind: 'round', id: proposal.roundId } },
    async (trx) => {
      const { roundId, stage, until } = proposal;
      const round = await loadRound({ db: trx, reference: context.reference }, roundId);
      if (!round || !isOfficerOf(by, round.round.authorityId)) return noSuchRound();
      const reason = proposal.reason.trim();
      if (reason === '') {
        return refused(422, {
          code: 'reason_missing',
          message: '没有写延期的理由。',
          where: 'reason',
          remedy: '请写明理由，会记入日志，相关的人看得到。',
        });
      }
      const tooShort = notLonger(round, by, proposal);
      if (tooShort) return tooShort;
      const whom = await whomOf(trx, round, proposal);
      if (!whom.ok) return whom;
      const id = await store.insertExtension(trx, {
        roundId,
        stage,
        until,
        reason,
        ...whom.value,
        proposedBy: by.actor.personId,
        proposedAt: by.at,
      });
      await context.log(trx, {
        ...eventBy(by, { action: 'proposeExtension', subject: { kind: 'round', id: roundId } }, 'programmeOfficer'),
        outcome: 'done',
        detail: { extension: id, stage, until: until.toISOString(), for: proposal.for.whom, reason },
      });
      return ok(await store.getExtension(trx, id));
    },
  );

export const isOfficerOf = ({ actor }: By, authorityId: string): boolean =>
  actor.grants.some((grant) => grant.role === 'programmeOfficer' && grant.authorityId === authorityId);

export const noSuchRound = (): Refused => refused(404, { code: 'not_found', message: '没有这个申报通知。' });

/** An extension ends in the future and after the end that the notice sets. */
function notLonger(round: LoadedRound, by: By, { stage, until }: Proposal): Refused | undefined {
  const linked = round.linkedAt(by.at);
  const ends = STAGES[stage].actions.flatMap((action) => {
    const { closes } = windowAt(linked, action, by.at.getTime(), { shiftMs: round.shiftMs });
    return closes === undefined ? [] : [closes];
  });
  if (ends.length === 0) {
    return refused(422, {
      code: 'no_such_step',
      message: '本通知没有安排这一步，不能延期。',
      where: 'stage',
      remedy: '请选择通知有的环节。',
    });
  }
  const bound = Math.max(by.at.getTime(), Math.min(...ends));
  if (until.getTime() > bound) return undefined;
  return refused(422, {
    code: 'not_longer',
    message: `延期到${officialInstant(until.getTime())}，不晚于${until <= by.at ? '现在' : `原定的截止${officialInstant(bound)}`}。`,
    where: 'until',
    remedy: '请写更晚的时刻。',
  });
}

type Whom = Pick<store.NewExtension, 'forWhom' | 'begunBy' | 'departmentId' | 'organisationId' | 'applicationId'>;
const NOBODY = { begunBy: null, departmentId: null, organisationId: null, applicationId: null };

async function whomOf(trx: Trx, round: LoadedRound, { for: wanted }: Proposal): Promise<Result<Whom>> {
  const { id: roundId, authorityId } = round.round;
  const missing = (message: string, where: string) =>
    refused(422, { code: 'nobody_there', message, where, remedy: '请核对后重写。' });
  switch (wanted.whom) {
    case 'all':
      return ok({ forWhom: 'all', ...NOBODY });
    case 'begun':
      return ok({ forWhom: 'begun', ...NOBODY, begunBy: wanted.begunBy });
    case 'department': {
      const found = await store.departmentIn(trx, authorityId, wanted.departmentId);
      if (!found) return missing(`没有这个${round.compiled.words.recommendingDepartment}。`, 'departmentId');
      return ok({ forWhom: 'department', ...NOBODY, departmentId: found.id });
    }
    case 'organisation': {
      const found = await store.organisationByCode(trx, authorityId, normaliseCreditCode(wanted.uscc));
      if (!found) return missing(`没有统一社会信用代码为${wanted.uscc}的单位。`, 'uscc');
      return ok({ forWhom: 'organisation', ...NOBODY, organisationId: found.id });
    }
    case 'application': {
      const found = await store.applicationByNumber(trx, roundId, wanted.number);
      if (!found) return missing(`本通知没有申报编号为${wanted.number}的申报。`, 'number');
      return ok({ forWhom: 'application', ...NOBODY, applicationId: found.id });
    }
  }
}
