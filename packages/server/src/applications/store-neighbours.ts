import type { Application, SectionValue, State } from '@keshen/rules';
import { type RawBuilder, sql } from 'kysely';
import { compiledCall } from '../calls/index.ts';
import type { Db, Trx } from '../platform/db/schema.ts';
import { keysOf, openPersonal, ownerOf } from '../platform/secrets/index.ts';

/** Another application in the same house and mode, as far as facts about it are given to the rules. */
export type Neighbour = {
  id: string;
  number: string;
  roundId: string;
  title: string;
  topic: string | null;
  state: State;
  submittedAt: Date | null;
  departmentId: string;
  departmentName: string;
  organisationUscc: string;
  programme: string;
  category: string | null;
  planYear: number;
  sections: Application;
};

/** A rehearsal counts only against rehearsals, and what was never submitted, or was taken back, counts against nothing. */
const counted = (db: Db, { authorityId, mode, except }: Neighbourhood) =>
  db
    .selectFrom('application')
    .innerJoin('round', 'round.id', 'application.roundId')
    .innerJoin('department', 'department.id', 'application.departmentId')
    .innerJoin('organisation', 'organisation.id', 'application.organisationId')
    .where('round.authorityId', '=', authorityId)
    .where('round.mode', '=', mode)
    .where('application.id', '!=', except)
    .where('application.state', 'not in', ['draft', 'withdrawn']);

export type Neighbourhood = { authorityId: string; mode: 'live' | 'rehearsal'; except: string };

/** Applications in which one of these people or organisations takes part, with the sections that say so. */
export async function neighboursWith(
  db: Db,
  neighbourhood: Neighbourhood,
  { people, organisations }: { people: string[]; organisations: string[] },
): Promise<Neighbour[]> {
  if (people.length === 0 && organisations.length === 0) return [];
  const keys = await keysOf(db);
  const numbers = people.flatMap(keys.indexes);
  const row = (section: string, value: RawBuilder<string>, values: string[]) => sql<boolean>`exists (
    select from application_section s,
      jsonb_array_elements(case jsonb_typeof(s.data -> 'list') when 'array' then s.data -> 'list' else '[]' end) r
    where s.application_id = application.id and s.section = ${section} and ${value} = any (${values}))`;
  const field = (section: string, value: RawBuilder<string>, values: string[]) => sql<boolean>`exists (
    select from application_section s
    where s.application_id = application.id and s.section = ${section} and ${value} = any (${values}))`;
  const found = await counted(db, neighbourhood)
    .where((where) =>
      where.or([
        field('principalInvestigator', sql`s.data -> 'idNumber' ->> 'index'`, numbers),
        row('members', sql`r -> 'idNumber' ->> 'index'`, numbers),
        field('lead', sql`upper(s.data ->> 'uscc')`, organisations),
        row('partners', sql`upper(r ->> 'uscc')`, organisations),
      ]),
    )
    .select(COLUMNS)
    .execute();
  return withSections(db, found);
}

/** The numbers and titles of all that count, to look for the same project under another name. */
export const neighbourTitles = (db: Db, neighbourhood: Neighbourhood): Promise<{ id: string; title: string }[]> =>
  counted(db, neighbourhood)
    .where('application.title', '!=', '')
    .select(['application.id', 'application.title'])
    .execute();

export async function neighboursById(db: Db, neighbourhood: Neighbourhood, ids: string[]): Promise<Neighbour[]> {
  if (ids.length === 0) return [];
  const found = await counted(db, neighbourhood).where('application.id', 'in', ids).select(COLUMNS).execute();
  return withSections(db, found);
}

const COLUMNS = [
  'application.id',
  'application.number',
  'application.roundId',
  'application.title',
  'application.topic',
  'application.state',
  'application.submittedAt',
  'application.departmentId',
  'department.name as departmentName',
  'organisation.uscc as organisationUscc',
  'round.checksum',
] as const;

type Found = Omit<Neighbour, 'sections' | 'programme' | 'category' | 'planYear'> & { checksum: string };

/** A call is some hundred kilobytes: it is known by its checksum and never read once a neighbour. */
async function withSections(db: Db, found: Found[]): Promise<Neighbour[]> {
  if (found.length === 0) return [];
  const stored = await db
    .selectFrom('applicationSection')
    .select(['applicationId', 'section', 'data'])
    .$castTo<{ applicationId: string; section: string; data: SectionValue }>()
    .where(
      'applicationId',
      'in',
      found.map(({ id }) => id),
    )
    .where('section', 'in', ['project', 'lead', 'principalInvestigator', 'members', 'partners'])
    .execute();
  const keys = await keysOf(db);
  const sections = new Map<string, Application>(found.map(({ id }) => [id, {}]));
  for (const { applicationId, section, data } of stored) {
    const opened = openPersonal(keys, ownerOf.application(applicationId), data);
    sections.set(applicationId, { ...sections.get(applicationId), [section]: opened });
  }
  const neighbours: Neighbour[] = [];
  for (const { checksum, ...neighbour } of found) {
    const { programme, planYear, workflow } = await compiledCall(db, checksum);
    const category = typeof workflow['category'] === 'string' ? workflow['category'] : null;
    neighbours.push({ ...neighbour, programme, planYear, category, sections: sections.get(neighbour.id) ?? {} });
  }
  return neighbours;
}

/** Two applications that may be the same project are looked at one after the other, whichever departments they come through. */
export const queueForSameProject = async (trx: Trx, authorityId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`same-project:${authorityId}`}, 0))`.execute(trx);
};
