import { checkCreditCode, normaliseCreditCode } from '@keshen/rules';
import { attempt, type By, eventBy } from '../applications/index.ts';
import { type LoadedRound, loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { deleteInvitation, insertInvitation, registeredName } from './store.ts';

export type Invited = { roundId: string; topic: string; uscc: string; name: string };

type Loaded = { trx: Trx; round: LoadedRound; uscc: string };

/** A change to the list of invited organisations by a programme officer of the authority, logged under the round. */
const change = (
  context: Context,
  by: By,
  action: 'inviteOrganisation' | 'removeInvitation',
  { roundId, topic, uscc: typed }: Omit<Invited, 'name'>,
  make: (loaded: Loaded) => Promise<Result<Record<string, unknown>>>,
): Promise<Result<undefined>> => {
  const subject = { kind: 'round', id: roundId };
  return attempt(context, by, { action, subject }, async (trx) => {
    const round = await loadRound({ db: trx, reference: context.reference }, roundId);
    if (!round || !isOfficer(by, round)) return refused(404, { code: 'not_found', message: '没有这个申报通知。' });
    const wanted = round.compiled.topics.find(({ code }) => code === topic);
    if (wanted?.opening !== 'invitation') {
      return refused(422, {
        code: 'not_by_invitation',
        message: wanted ? `“${wanted.title}”不是定向组织的方向，不需要邀请。` : '本次通知没有这个申报方向。',
        where: 'topic',
        remedy: '请选择定向组织的方向。',
      });
    }
    const uscc = normaliseCreditCode(typed);
    const made = await make({ trx, round, uscc });
    if (!made.ok) return made;
    await context.log(trx, {
      ...eventBy(by, { action, subject }, 'programmeOfficer'),
      outcome: 'done',
      detail: { topic, uscc, ...made.value },
    });
    return ok(undefined);
  });
};

export const isOfficer = ({ actor }: By, { round }: LoadedRound): boolean =>
  actor.grants.some(({ role, authorityId }) => role === 'programmeOfficer' && authorityId === round.authorityId);

/** Invites an organisation to a topic by its credit code, whether it has registered yet or not. */
export const inviteOrganisation = (context: Context, by: By, invited: Invited): Promise<Result<undefined>> =>
  change(context, by, 'inviteOrganisation', invited, async ({ trx, round, uscc }) => {
    const checked = checkCreditCode(uscc);
    if (!checked.valid) {
      return refused(422, {
        code: 'bad_credit_code',
        message: `${checked.problem}。`,
        where: 'uscc',
        remedy: '请改正后再邀请。',
      });
    }
    const name = (await registeredName(trx, round.round.authorityId, uscc)) ?? invited.name.trim();
    if (name === '') {
      return refused(422, {
        code: 'name_missing',
        message: '这家单位还没有在本系统注册，请写明单位名称。',
        where: 'name',
        remedy: '请写单位全称；它注册以后按信用代码认。',
      });
    }
    const { roundId, topic } = invited;
    const row = { roundId, topic, uscc, name, invitedBy: by.actor.personId, invitedAt: by.at };
    if (await insertInvitation(trx, row)) return ok({ name });
    return refused(409, { code: 'already_invited', message: `${name}已经在邀请名单里。`, where: 'uscc' });
  });

/** Takes an organisation off the list; what it has filled in stays, and can no longer be submitted to this topic. */
export const removeInvitation = (context: Context, by: By, of: Omit<Invited, 'name'>): Promise<Result<undefined>> =>
  change(context, by, 'removeInvitation', of, async ({ trx, uscc }) =>
    (await deleteInvitation(trx, { ...of, uscc }))
      ? ok({})
      : refused(404, { code: 'not_invited', message: '邀请名单里没有这家单位。', remedy: '请刷新页面。' }),
  );
