import type { FormField } from '@keshen/rules';
import { eventBy, type By } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { missingOf, retirementOf } from './check-profile.ts';
import { type ProfileData, profileFields } from './profile-fields.ts';
import * as store from './store.ts';

export type ProfileView = {
  fields: FormField[];
  revision: number;
  data: ProfileData;
  savedAt: Date | null;
  missing: string[];
  /** When the statutory retirement age is reached (the reform of 2025), in words. */
  retirement?: string;
  organisations: { id: string; name: string; state: store.ProfileState; note: string; decidedAt: Date | null }[];
};

/** What somebody says of himself, and where each of the organisations stands with it. */
export async function readProfile({ db, reference }: Context, personId: string): Promise<ProfileView> {
  const fields = profileFields(reference);
  const profile = await store.findProfile(db, personId);
  const confirmations = await store.confirmationsOf(db, personId);
  const data = profile?.data ?? {};
  const retirement = retirementOf(data);
  const members = (await store.membershipsOf(db, personId)).filter(({ role }) => role === 'applicant');
  return {
    fields,
    revision: profile?.revision ?? 0,
    data,
    savedAt: profile?.savedAt ?? null,
    missing: missingOf(fields, data),
    ...(retirement && { retirement }),
    organisations: members.map(({ organisationId, organisationName }) => {
      const latest = confirmations.find((one) => one.organisationId === organisationId);
      return {
        id: organisationId,
        name: organisationName,
        state: stateOf(profile?.revision, latest),
        note: latest?.note ?? '',
        decidedAt: latest?.decidedAt ?? null,
      };
    }),
  };
}

/** An edit after the confirmation needs a new one. */
export function stateOf(revision: number | undefined, latest: store.Confirmation | undefined): store.ProfileState {
  if (revision === undefined) return 'none';
  if (!latest) return 'waiting';
  return latest.revision < revision ? 'changed' : latest.decision;
}

/** A member's profile for the administrator who confirms it, with the numbers in full: logged. */
export async function readMember(
  context: Context,
  by: By,
  organisationId: string,
  personId: string,
): Promise<Result<ProfileView & { name: string; login: string }>> {
  const { db, log } = context;
  const member = await store.findMember(db, organisationId, personId);
  if (!member) return noSuchMember();
  const view = await readProfile(context, personId);
  await db.transaction().execute((trx) =>
    log(trx, {
      ...eventBy(by, { action: 'readProfile', subject: { kind: 'person', id: personId } }, 'organisationAdministrator'),
      outcome: 'done',
      detail: { revision: view.revision },
    }),
  );
  const own = view.organisations.filter(({ id }) => id === organisationId);
  return ok({ ...view, organisations: own, name: member.name, login: member.login });
}

export const noSuchMember = (): Refused =>
  refused(404, { code: 'not_found', message: '本单位没有这个申报人。', remedy: '请刷新页面。' });
