import type { Application, Form, SectionValue, State } from '@keshen/rules';
import { sql } from 'kysely';
import type { Db, FindingKind, Trx } from '../platform/db/schema.ts';
import { keysOf, openPersonal, ownerOf, sealPersonal } from '../platform/secrets/index.ts';
import type { PlacedApplication } from './access.ts';
import type { Attachment } from './content.ts';

/** An application with the names that stand beside it everywhere. */
export type ApplicationRow = PlacedApplication & {
  id: string;
  number: string;
  roundId: string;
  callKey: string;
  mode: 'live' | 'rehearsal';
  title: string;
  topic: string | null;
  organisationName: string;
  organisationUscc: string;
  organisationKind: string;
  departmentName: string;
  departmentKind: string;
  authorityName: string;
  applicantName: string;
  versionCode: string | null;
  submittedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  returnedByDepartmentAt: Date | null;
  findingKinds: FindingKind[];
  /** What is reviewed first has to be signed off by a second person. */
  organisationSignOff: boolean;
  departmentSignOff: boolean;
};

/** Applications with the tables that say whose they are and how these are called, nothing selected yet. */
const applicationsJoined = (db: Db) =>
  db
    .selectFrom('application')
    .innerJoin('round', 'round.id', 'application.roundId')
    .innerJoin('authority', 'authority.id', 'round.authorityId')
    .innerJoin('organisation', 'organisation.id', 'application.organisationId')
    .innerJoin('department', 'department.id', 'application.departmentId')
    .innerJoin('person', 'person.id', 'application.applicantId');

export const applicationsWithNames = (db: Db) =>
  applicationsJoined(db)
    .select([
      'application.id',
      'application.number',
      'application.roundId',
      'application.state',
      'application.applicantId',
      'application.organisationId',
      'application.departmentId',
      'application.title',
      'application.topic',
      'application.versionCode',
      'application.submittedAt',
      'application.createdAt',
      'application.updatedAt',
      'application.returnedByDepartmentAt',
      'application.findingKinds',
      'round.authorityId',
      'round.callKey',
      'round.mode',
      'authority.name as authorityName',
      'organisation.name as organisationName',
      'organisation.uscc as organisationUscc',
      'organisation.kind as organisationKind',
      'department.name as departmentName',
      'department.kind as departmentKind',
      'department.finalSignOff as departmentSignOff',
      'organisation.finalSignOff as organisationSignOff',
      'person.name as applicantName',
    ])
    .select(coEditorIds.as('coEditorIds'));

const coEditorIds = sql<string[]>`array(
  select person_id from co_editor where co_editor.application_id = application.id and ended_at is null)`;

export const findApplication = (db: Db, id: string): Promise<ApplicationRow | undefined> =>
  applicationsWithNames(db).where('application.id', '=', id).executeTakeFirst();

/** Of an application that is known to exist; throws otherwise. */
export const getApplication = (db: Db, id: string): Promise<ApplicationRow> =>
  applicationsWithNames(db).where('application.id', '=', id).executeTakeFirstOrThrow();

/** Nobody else changes the application, or a section of it, until the transaction ends. */
export const lockApplication = (trx: Trx, id: string): Promise<ApplicationRow | undefined> =>
  applicationsWithNames(trx).where('application.id', '=', id).forUpdate('application').executeTakeFirst();

/** The next number of a series, from 1; who asks at the same moment waits until this transaction has used it. */
export async function nextNumber(trx: Trx, series: string): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`number:${series}`}, 0))`.execute(trx);
  const { rows } = await sql<{ number: string | null }>`select last_application_number(${series}) as number`.execute(
    trx,
  );
  const ordinal = Number(rows[0]?.number?.slice(series.length + 1) ?? 0) + 1;
  return `${series}-${String(ordinal).padStart(6, '0')}`;
}

export type NewApplication = {
  number: string;
  roundId: string;
  filledUnder: string;
  organisationId: string;
  departmentId: string;
  applicantId: string;
  state: State;
  topic: string | null;
  createdAt: Date;
};

export async function insertApplication(trx: Trx, application: NewApplication): Promise<string> {
  const { id } = await trx
    .insertInto('application')
    .values({ ...application, updatedAt: application.createdAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export type ApplicationChange = {
  state?: State;
  title?: string;
  topic?: string | null;
  versionCode?: string;
  submittedAt?: Date;
  submittedUnder?: string;
  returnedByDepartmentAt?: Date;
  organisationId?: string;
  findingKinds?: FindingKind[];
  updatedAt: Date;
};

export const changeApplication = (trx: Trx, id: string, change: ApplicationChange) =>
  trx.updateTable('application').set(change).where('id', '=', id).execute();

export type StoredSection = {
  section: string;
  revision: number;
  data: SectionValue;
  savedAt: Date;
  savedByName: string;
};

const sections = (db: Db, applicationId: string) =>
  db
    .selectFrom('applicationSection')
    .innerJoin('person', 'person.id', 'applicationSection.savedBy')
    .select(['section', 'revision', 'data', 'savedAt', 'person.name as savedByName'])
    .where('applicationId', '=', applicationId)
    .$castTo<StoredSection>();

export const sectionsOf = async (db: Db, applicationId: string): Promise<StoredSection[]> =>
  opened(db, applicationId, await sections(db, applicationId).orderBy('section').execute());

/** The data of a section as it stands; undefined when it was never saved. */
export const sectionNow = async (db: Db, applicationId: string, section: string): Promise<SectionValue | undefined> =>
  (await sectionOf(db, applicationId, section))?.data;

/** The number of a section's present revision; 0 when it was never saved. */
export const sectionRevision = async (db: Db, applicationId: string, section: string): Promise<number> =>
  (await sections(db, applicationId).where('section', '=', section).executeTakeFirst())?.revision ?? 0;

export const sectionOf = async (db: Db, applicationId: string, section: string): Promise<StoredSection | undefined> =>
  (await opened(db, applicationId, await sections(db, applicationId).where('section', '=', section).execute()))[0];

/** Personal values are sealed at rest; everything above the store reads and writes them in clear. */
async function opened(db: Db, applicationId: string, stored: StoredSection[]): Promise<StoredSection[]> {
  const keys = await keysOf(db);
  return stored.map((one) => ({ ...one, data: openPersonal(keys, ownerOf.application(applicationId), one.data) }));
}

/** The application as the rules read it. */
export const applicationOf = (stored: readonly StoredSection[]): Application =>
  Object.fromEntries(stored.map(({ section, data }) => [section, data]));

export const applicationContentOf = async (db: Db, id: string): Promise<Application> =>
  applicationOf(await sectionsOf(db, id));

/** What an earlier arrival of the same save made, if it arrived. */
export const savedBefore = (db: Db, applicationId: string, section: string, saveId: string) =>
  db
    .selectFrom('applicationSectionHistory')
    .select(['revision', 'savedAt'])
    .where('applicationId', '=', applicationId)
    .where('section', '=', section)
    .where('saveId', '=', saveId)
    .executeTakeFirst();

export type SectionSave = {
  applicationId: string;
  section: string;
  revision: number;
  data: SectionValue;
  saveId: string;
  savedBy: string;
  savedAt: Date;
};

/** Puts the section in place and keeps this revision for ever, with the values sealed that the form calls personal. */
export async function putSection(trx: Trx, form: Form, save: SectionSave): Promise<void> {
  const fields = form.sections.find(({ key }) => key === save.section)?.fields ?? [];
  const data = sealPersonal(await keysOf(trx), ownerOf.application(save.applicationId), fields, save.data);
  const row = { ...save, data: JSON.stringify(data) };
  await trx
    .insertInto('applicationSection')
    .values(row)
    .onConflict((conflict) => conflict.columns(['applicationId', 'section']).doUpdateSet(row))
    .execute();
  await trx.insertInto('applicationSectionHistory').values(row).execute();
}

const attachments = (db: Db) =>
  db
    .selectFrom('attachment')
    .select(['id', 'material', 'rowId', 'fileName', 'bytes', 'pages', 'sha256', 'facts', 'inspection', 'storedAt'])
    .where('removedAt', 'is', null)
    .$castTo<AttachmentRow>();

type AttachmentRow = Omit<Attachment, 'row' | 'pages' | 'storedAt'> & {
  rowId: string | null;
  pages: number | null;
  storedAt: Date;
};

/** The attachments in force, in the order they came. */
export async function attachmentsOf(db: Db, applicationId: string): Promise<Attachment[]> {
  const rows = await attachments(db)
    .where('applicationId', '=', applicationId)
    .orderBy('material')
    .orderBy('storedAt')
    .orderBy('id')
    .execute();
  return rows.map(toAttachment);
}

/** An attachment in force that is known to exist; throws otherwise. */
export const getAttachment = async (db: Db, id: string): Promise<Attachment> =>
  toAttachment(await attachments(db).where('id', '=', id).executeTakeFirstOrThrow());

function toAttachment({ rowId, pages, storedAt, ...row }: AttachmentRow): Attachment {
  return {
    ...row,
    ...(rowId !== null && { row: rowId }),
    ...(pages !== null && { pages }),
    storedAt: storedAt.toISOString(),
  };
}

/** What a department holds for its list, in the order of the numbers. */
export const recommendedRows = (db: Db, of: { roundId: string; departmentId: string }): Promise<ApplicationRow[]> =>
  applicationsWithNames(db)
    .where('application.roundId', '=', of.roundId)
    .where('application.departmentId', '=', of.departmentId)
    .where('application.state', '=', 'recommended')
    .orderBy('application.number')
    .execute();

/** What reached a department in a round, in the states in which it may see it, the latest change first. */
export const rowsOfDepartment = (
  db: Db,
  of: { roundId: string; departmentId: string; states: readonly State[] },
): Promise<ApplicationRow[]> =>
  applicationsWithNames(db)
    .where('application.roundId', '=', of.roundId)
    .where('application.departmentId', '=', of.departmentId)
    .where('application.state', 'in', [...of.states])
    .orderBy('application.updatedAt', 'desc')
    .execute();
