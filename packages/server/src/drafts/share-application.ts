import { may } from '@keshen/rules';
import { attempt, type By, eventBy, lockApplication, mayRead, noSuchApplication } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { openDraft } from './open-draft.ts';
import { applicantsOf, type CoEditor, coEditorsOf, endCoEditor, insertCoEditor } from './store.ts';

export type Sharing = {
  items: CoEditor[];
  /** Whether the reader may change who writes it, and whom they can choose from. */
  mine: boolean;
  candidates: { personId: string; name: string }[];
};

/** Who writes the application beside its applicant. */
export async function readSharing(context: Context, by: By, id: string): Promise<Result<Sharing>> {
  const opened = await openDraft(context, by, id);
  if (!opened.ok) return opened;
  const { row } = opened.value;
  const items = await coEditorsOf(context.db, id);
  const mine = row.applicantId === by.actor.personId;
  const taken = new Set([row.applicantId, ...items.map(({ personId }) => personId)]);
  const all = mine ? await applicantsOf(context.db, row.organisationId) : [];
  return ok({ items, mine, candidates: all.filter(({ personId }) => !taken.has(personId)) });
}

type Share = { id: string; personId: string };

/** Lets another applicant of the same organisation write the application. Once is as good as twice. */
export const shareApplication = (context: Context, by: By, share: Share): Promise<Result<undefined>> =>
  change(context, by, share, 'grantCoEditor', async (trx, organisationId) => {
    const { id: applicationId, personId } = share;
    const candidates = await applicantsOf(trx, organisationId);
    if (personId === by.actor.personId || !candidates.some((one) => one.personId === personId)) {
      return refused(422, {
        code: 'not_a_colleague',
        message: '只能请本单位的其他申报人一起填写。',
        where: 'personId',
        remedy: '没有账号的，请单位管理员先在“单位人员”里发放申报人账号。',
      });
    }
    const before = await coEditorsOf(trx, applicationId);
    if (before.some((one) => one.personId === personId)) return ok(undefined);
    await insertCoEditor(trx, { applicationId, personId, grantedBy: by.actor.personId, grantedAt: by.at });
    return ok(undefined);
  });

/** Ends it. What they wrote stays, with their name in the history. */
export const endSharing = (context: Context, by: By, share: Share): Promise<Result<undefined>> =>
  change(context, by, share, 'endCoEditor', async (trx) => {
    const ended = await endCoEditor(trx, { applicationId: share.id, personId: share.personId }, by.at);
    return ended ? ok(undefined) : refused(404, { code: 'not_found', message: '这个人没有一起填写的权限。' });
  });

/** Only the applicant decides who writes it, in any state; each change is logged. */
const change = (
  context: Context,
  by: By,
  { id, personId }: Share,
  action: string,
  make: (trx: Trx, organisationId: string) => Promise<Result<undefined>>,
): Promise<Result<undefined>> =>
  attempt(context, by, { action, applicationId: id }, async (trx) => {
    const row = await lockApplication(trx, id);
    if (!row || !mayRead(by.actor, row)) return noSuchApplication();
    if (!may(by.actor, 'application.share', row)) {
      return refused(403, { code: 'not_your_step', message: '只有申报人本人可以决定谁一起填写。' });
    }
    const made = await make(trx, row.organisationId);
    if (!made.ok) return made;
    const event = eventBy(by, { action, applicationId: id }, 'applicant');
    await context.log(trx, { ...event, outcome: 'done', detail: { personId } });
    return made;
  });
