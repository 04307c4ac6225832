import type { SectionValue } from '@keshen/rules';
import type { Db, Trx } from '../platform/db/schema.ts';
import { keysOf, openPersonal, ownerOf } from '../platform/secrets/index.ts';
import type { ReviewStep } from './store-reviews.ts';

/** Who was asked to review an application at a step. */
export const assigneeOf = (
  db: Db,
  applicationId: string,
  step: ReviewStep,
): Promise<{ personId: string; name: string } | undefined> =>
  db
    .selectFrom('reviewerAssignment')
    .innerJoin('person', 'person.id', 'reviewerAssignment.personId')
    .select(['personId', 'person.name'])
    .where('applicationId', '=', applicationId)
    .where('step', '=', step)
    .executeTakeFirst();

/** What was marked for the return that is taking place; answers the marked places. */
export async function sendMarks(trx: Trx, applicationId: string, step: ReviewStep, at: Date): Promise<string[]> {
  if (step === 'admission') return [];
  const sent = await trx
    .updateTable('fieldMark')
    .set({ sentAt: at })
    .where('applicationId', '=', applicationId)
    .where('step', '=', step)
    .where('sentAt', 'is', null)
    .returning('path')
    .execute();
  return sent.map(({ path }) => path);
}

/** The formal opinions, the latest wording. */
export const opinionTextsOf = (db: Db, applicationId: string) =>
  db
    .selectFrom('reviewOpinion')
    .innerJoin('person', 'person.id', 'reviewOpinion.writtenBy')
    .select(['step', 'text', 'writtenAt', 'person.name as writtenByName'])
    .where('applicationId', '=', applicationId)
    .execute();

/** A section as it was at an earlier revision; undefined for one that was not saved by then. */
export async function sectionAt(
  db: Db,
  applicationId: string,
  section: string,
  revision: number,
): Promise<SectionValue | undefined> {
  const stored = await db
    .selectFrom('applicationSectionHistory')
    .select('data')
    .where('applicationId', '=', applicationId)
    .where('section', '=', section)
    .where('revision', '=', revision)
    .$castTo<{ data: SectionValue }>()
    .executeTakeFirst();
  return stored && openPersonal(await keysOf(db), ownerOf.application(applicationId), stored.data);
}
