import { randomUUID } from 'node:crypto';
import type { Role } from '@keshen/rules';
import { sql } from 'kysely';
import type { Grant } from '../platform/db/actors.ts';
import { addPerson, type TestPerson } from './people.ts';
import { openTestRound, TEST_CALL } from './rounds.ts';
import type { Db } from '../platform/db/schema.ts';
import { hashToken, newToken, SESSION_COOKIE } from '../platform/http/actor.ts';
import type { Inject, TestServer } from './server.ts';

/** One record of each kind that an address may name, all of one owner, each carrying `mark` where it has words. */
export type Records = {
  authorityId: string;
  departmentId: string;
  organisationId: string;
  applicantId: string;
  roundId: string;
  applicationId: string;
  attachmentId: string;
  listId: string;
  extensionId: string;
  /** Somebody of the same organisation, who may be closed or sent away. */
  colleagueId: string;
  mark: string;
};

type Place = Pick<Records, 'authorityId' | 'departmentId' | 'organisationId' | 'roundId' | 'mark'>;
/** Somebody who is there already may be the applicant. */
type PlaceOf = Place & { applicantId?: string };

/** A second authority with a department, an organisation and a running call of its own. */
export async function addAuthority({ context, clock }: TestServer, roundLike: string, mark: string): Promise<Place> {
  const { db } = context;
  const authorityId = `另一省科学技术厅-${mark}`;
  const [departmentId, organisationId] = [randomUUID(), randomUUID()];
  await db.insertInto('authority').values({ id: authorityId, name: authorityId, division: '320000' }).execute();
  await db
    .insertInto('department')
    .values({ id: departmentId, authorityId, name: `部门${mark}`, kind: 'city', division: '320100' })
    .execute();
  await copyOrganisation(db, {
    id: organisationId,
    authority_id: authorityId,
    department_id: departmentId,
    name: mark,
  });
  const { checksum } = await db
    .selectFrom('round')
    .select('checksum')
    .where('id', '=', roundLike)
    .executeTakeFirstOrThrow();
  const { id: roundId } = await db
    .insertInto('round')
    .values({ callKey: `${TEST_CALL}-2`, authorityId, checksum, mode: 'live', openedAt: clock.now() })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { authorityId, departmentId, organisationId, roundId, mark };
}

/** The row of an organisation once more, with these columns changed. */
const copyOrganisation = (db: Db, columns: Record<string, string>) =>
  sql`insert into organisation select * from jsonb_populate_record(null::organisation,
    (select to_jsonb(o) from organisation o order by uscc limit 1) || ${JSON.stringify(columns)}::jsonb)`.execute(db);

/** Another organisation of the same department; answers its id. */
export async function addNeighbour({ context, house }: TestServer, mark: string): Promise<string> {
  const id = randomUUID();
  const { authorityId, departmentId } = house;
  const uscc = '12210200YANLJ00026';
  await copyOrganisation(context.db, { id, authority_id: authorityId, department_id: departmentId, name: mark, uscc });
  return id;
}

/** Sends requests as somebody, all in one session. */
export async function signedIn(server: TestServer, { id }: TestPerson): Promise<Inject> {
  const token = newToken();
  const now = server.clock.now();
  await server.context.db
    .insertInto('session')
    .values({
      tokenHash: hashToken(token),
      personId: id,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + 3600_000),
      address: '127.0.0.1',
      userAgent: 'test',
    })
    .execute();
  return (request) => server.visitor({ ...request, cookies: { [SESSION_COOKIE]: token } });
}

/** The records of one organisation in a round. */
export async function addRecords(server: TestServer, { applicantId: known, ...place }: PlaceOf): Promise<Records> {
  const { context, clock } = server;
  const { db } = context;
  const { authorityId, departmentId, organisationId, roundId, mark } = place;
  const at = clock.now();
  const [applicationId, attachmentId, extensionId] = [randomUUID(), randomUUID(), randomUUID()];
  const grant: Grant = { role: 'applicant', authorityId, organisationId };
  const applicantId = known ?? (await addPerson(db, `applicant-${randomUUID()}`, `甲${mark}`, [grant])).id;
  const colleague = await addPerson(db, `colleague-${randomUUID()}`, `乙${mark}`, [grant]);
  const { checksum } = await db
    .selectFrom('round')
    .select('checksum')
    .where('id', '=', roundId)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('application')
    .values({
      id: applicationId,
      number: `M-${applicationId.slice(0, 8)}`,
      roundId,
      filledUnder: checksum,
      organisationId,
      departmentId,
      applicantId,
      state: 'draft',
      title: `题目${mark}`,
      createdAt: at,
      updatedAt: at,
    })
    .execute();
  const sha256 = randomUUID().replaceAll('-', '').repeat(2);
  await db.insertInto('storedFile').values({ sha256, bytes: 1, storedAt: at }).execute();
  await db
    .insertInto('attachment')
    .values({
      id: attachmentId,
      applicationId,
      material: 'agreement',
      fileName: `${mark}.pdf`,
      mediaType: 'application/pdf',
      bytes: 1,
      sha256,
      storedBy: applicantId,
      storedAt: at,
    })
    .execute();
  const listId = await currentList(server, place, applicantId);
  await db
    .insertInto('extension')
    .values({
      id: extensionId,
      roundId,
      stage: 'fill',
      until: new Date(at.getTime() + 86_400_000),
      forWhom: 'all',
      reason: mark,
      proposedBy: applicantId,
      proposedAt: at,
    })
    .execute();
  const { id: colleagueId } = colleague;
  return { ...place, applicantId, applicationId, attachmentId, listId, extensionId, colleagueId };
}

/** A department has one list at a time in a round. */
async function currentList({ context, clock }: TestServer, place: Place, personId: string): Promise<string> {
  const { roundId, departmentId, mark } = place;
  const { db } = context;
  const found = await db
    .selectFrom('recommendationList')
    .select('id')
    .where('roundId', '=', roundId)
    .where('departmentId', '=', departmentId)
    .executeTakeFirst();
  if (found) return found.id;
  const id = randomUUID();
  await db
    .insertInto('recommendationList')
    .values({
      id,
      roundId,
      departmentId,
      ordinal: 1,
      code: id,
      content: JSON.stringify({ department: mark, ordinal: 1, entries: [], columns: [] }),
      hash: 'h',
      exportedBy: personId,
      exportedAt: clock.now(),
    })
    .execute();
  return id;
}

/** Somebody in each role beside the records, and the ways of being nobody. */
export async function addActors({ context, clock }: TestServer, records: Records): Promise<Record<string, TestPerson>> {
  const { db } = context;
  const { authorityId, departmentId, organisationId } = records;
  const scopes: Record<Role, Omit<Grant, 'role'>> = {
    applicant: { authorityId, organisationId },
    organisationAdministrator: { authorityId, organisationId },
    organisationReviewer: { authorityId, organisationId },
    recommendingDepartment: { authorityId, departmentId },
    programmeOfficer: { authorityId },
    serviceCentre: { authorityId },
    integrityOfficer: { authorityId },
    systemAdministrator: {},
    securityAdministrator: {},
    auditAdministrator: {},
  };
  await db
    .updateTable('roleGrant')
    .set({ endedAt: clock.now() })
    .where('organisationId', '=', organisationId)
    .where('role', '=', 'organisationAdministrator')
    .execute();
  const roles = Object.keys(scopes) as Role[];
  const actors: Record<string, TestPerson> = {};
  for (const role of roles) {
    const name = role === 'applicant' ? 'anotherApplicant' : role;
    actors[name] = await addPerson(db, `matrix-${name.toLowerCase()}`, name, [{ role, ...scopes[role] }]);
  }
  const applicant = { role: 'applicant' as const, authorityId, organisationId };
  const coEditor = await addPerson(db, 'matrix-coeditor', '合写人', [applicant]);
  await db
    .insertInto('coEditor')
    .values({
      applicationId: records.applicationId,
      personId: coEditor.id,
      grantedBy: records.applicantId,
      grantedAt: clock.now(),
    })
    .execute();
  const disabled = await addPerson(db, 'matrix-disabled', '已停用', [{ role: 'programmeOfficer', authorityId }]);
  await db.updateTable('person').set({ disabledAt: clock.now() }).where('id', '=', disabled.id).execute();
  const owner = { id: records.applicantId, login: 'owner', name: '申报人', grants: [applicant] };
  return { ...actors, applicant: owner, coEditor, disabled };
}

type Schema = {
  type?: string;
  format?: string;
  pattern?: string;
  const?: unknown;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minimum?: number;
  minLength?: number;
};

/** Some body that a route's schema takes, so that a request gets as far as the question whose record it is. */
export function sampleOf(schema: Schema | undefined): unknown {
  if (!schema) return undefined;
  if (schema.const !== undefined) return schema.const;
  if (schema.anyOf) return sampleOf(schema.anyOf[0]);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((key) => [key, sampleOf(schema.properties?.[key])]));
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items));
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      if (schema.format === 'uuid') return randomUUID();
      if (schema.format === 'date-time') return '2026-05-01T00:00:00+08:00';
      if (schema.format === 'date') return '2026-05-01';
      return schema.pattern ? '1' : '例'.repeat(Math.max(2, schema.minLength ?? 0));
    default:
      return {};
  }
}

/** Every row that belongs to somebody, as one checksum: what a refused request leaves as it was. The log is not among them. */
export async function fingerprint({ context }: TestServer): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname not in ('event', 'session', 'rate_count', 'notice_cause', 'sign_in_attempt', 'spent_proof',
        'single_sign_on_attempt', 'half_session', 'section_presence')
    order by relname`.execute(context.db);
  const sums: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ sum: string }>`
      select md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as sum from ${sql.table(name)} t`.execute(
      context.db,
    );
    sums.push(`${name} ${rows[0]?.sum ?? ''}`);
  }
  return sums.join('\n');
}

export const openMatrixRound = (server: TestServer): Promise<string> => openTestRound(server, TEST_CALL);
