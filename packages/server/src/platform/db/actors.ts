import type { Role } from '@keshen/rules';
import type { Db } from './schema.ts';

export type Grant = {
  role: Role;
  authorityId?: string;
  departmentId?: string;
  organisationId?: string;
  /** Acts for the administrator until the grant's end, and is logged as such. */
  deputy?: true;
};

export type Actor = {
  personId: string;
  login: string;
  name: string;
  /** Until a temporary password is changed nothing else is allowed. */
  mustChangePassword: boolean;
  /** A powerful role without a second factor, in production: until one is enrolled nothing else is allowed. */
  mustEnrolSecondFactor: boolean;
  demonstration: boolean;
  grants: Grant[];
};

/** Whoever runs the system, grants rights, reads the log or decides on applications proves more than a password. */
const NEEDS_SECOND_FACTOR: ReadonlySet<Role> = new Set([
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
  'programmeOfficer',
]);

/** How long a session lasts without a request, in ms. Long enough for a form; its end loses nothing, drafts are saved as typed. */
export const IDLE_MS = 2 * 3600_000;
/** lastSeenAt is written at most this often, so that reading does not mean writing. */
const SEEN_STEP_MS = 60_000;

/** The person behind a session token, while the session lives and the account is not disabled. */
export async function actorOfSession(
  db: Db,
  tokenHash: Buffer,
  now: Date,
  production: boolean,
): Promise<Actor | undefined> {
  const row = await db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.personId')
    .leftJoin('secondFactor', 'secondFactor.personId', 'person.id')
    .select(['person.id', 'person.login', 'person.name', 'mustChangePassword', 'demonstration', 'lastSeenAt'])
    .select('secondFactor.confirmedAt as enrolledAt')
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now)
    .where('lastSeenAt', '>', new Date(now.getTime() - IDLE_MS))
    .where('disabledAt', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  if (now.getTime() - row.lastSeenAt.getTime() > SEEN_STEP_MS) {
    await db.updateTable('session').set({ lastSeenAt: now }).where('tokenHash', '=', tokenHash).execute();
  }
  const grants = await db
    .selectFrom('actingGrant')
    .select(['role', 'authorityId', 'departmentId', 'organisationId', 'deputyUntil'])
    .where('personId', '=', row.id)
    .where((where) => where.or([where('deputyUntil', 'is', null), where('deputyUntil', '>', now)]))
    .orderBy('grantedAt')
    .orderBy('departmentId', (order) => order.asc().nullsFirst())
    .execute();
  return {
    personId: row.id,
    login: row.login,
    name: row.name,
    mustChangePassword: row.mustChangePassword,
    mustEnrolSecondFactor:
      production && row.enrolledAt === null && grants.some(({ role }) => NEEDS_SECOND_FACTOR.has(role)),
    demonstration: row.demonstration,
    grants: grants.map(({ role, authorityId, departmentId, organisationId, deputyUntil }) => ({
      role,
      ...(authorityId && { authorityId }),
      ...(departmentId && { departmentId }),
      ...(organisationId && { organisationId }),
      ...(deputyUntil && { deputy: true as const }),
    })),
  };
}
