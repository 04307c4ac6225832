import type { SectionValue } from '@keshen/rules';
import type { Db } from '../platform/db/schema.ts';
import { keysOf, openPersonal, ownerOf } from '../platform/secrets/index.ts';

/** One save of one section, without what it says. */
export type Save = { section: string; revision: number; savedAt: Date; savedBy: string; savedByName: string };

const saves = (db: Db, applicationId: string) =>
  db
    .selectFrom('applicationSectionHistory')
    .innerJoin('person', 'person.id', 'applicationSectionHistory.savedBy')
    .select(['section', 'revision', 'savedAt', 'savedBy', 'person.name as savedByName'])
    .where('applicationId', '=', applicationId);

/** Every save of an application, each section's in the order of its revisions. */
export const savesOf = (db: Db, applicationId: string): Promise<Save[]> =>
  saves(db, applicationId).orderBy('section').orderBy('revision').execute();

/** One revision of a section with its personal values in clear. */
export async function revisionOf(
  db: Db,
  of: { applicationId: string; section: string; revision: number },
): Promise<(Save & { data: SectionValue }) | undefined> {
  const found = await saves(db, of.applicationId)
    .select('data')
    .where('section', '=', of.section)
    .where('revision', '=', of.revision)
    .$castTo<Save & { data: SectionValue }>()
    .executeTakeFirst();
  return found && { ...found, data: openPersonal(await keysOf(db), ownerOf.application(of.applicationId), found.data) };
}
