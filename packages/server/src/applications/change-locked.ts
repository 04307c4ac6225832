import { randomUUID } from 'node:crypto';
import type { SectionValue } from '@keshen/rules';
import type { LoadedRound } from '../calls/index.ts';
import type { Trx } from '../platform/db/schema.ts';
import { attachmentsOf } from './store.ts';
import type { By } from './attempt.ts';
import { contentOf } from './content-of.ts';
import { freeze } from './content.ts';
import type { LockedChangeAsked } from './situation.ts';
import {
  applicationContentOf,
  type ApplicationRow,
  changeApplication,
  getApplication,
  putSection,
  sectionOf,
} from './store.ts';
import { insertSnapshot } from './store-history.ts';
import { approvedOrganisation } from './store-locked.ts';

/**
 * Changes what an admission locked and freezes the result as a further version; the earlier ones stay. A new principal investigator is
 * one of the members named in the application, whose entries are taken over.
 */
export async function changeLocked(
  trx: Trx,
  { row, round, by, change }: { row: ApplicationRow; round: LoadedRound; by: By; change: LockedChangeAsked },
): Promise<{ versionCode: string; hash: string }> {
  const put = async (section: string, part: SectionValue): Promise<void> => {
    const stored = await sectionOf(trx, row.id, section);
    await putSection(trx, round.compiled.form, {
      applicationId: row.id,
      section,
      revision: (stored?.revision ?? 0) + 1,
      data: { ...stored?.data, ...part },
      saveId: randomUUID(),
      savedBy: by.actor.personId,
      savedAt: by.at,
    });
  };
  if (change.field === 'title') {
    await put('project', { title: change.after });
    await changeApplication(trx, row.id, { title: change.after, updatedAt: by.at });
  }
  if (change.field === 'organisation') {
    const organisation = await approvedOrganisation(trx, row.authorityId, change.after);
    if (!organisation) throw new Error(`no approved organisation ${change.after}`);
    await put('lead', { name: organisation.name, uscc: organisation.uscc });
    await changeApplication(trx, row.id, { organisationId: organisation.id, updatedAt: by.at });
  }
  if (change.field === 'principalInvestigator') {
    const application = await applicationContentOf(trx, row.id);
    const member = memberNamed(application['members'], change.after);
    if (!member) throw new Error(`no member ${change.after}`);
    const fields = round.compiled.form.sections.find(({ key }) => key === 'principalInvestigator')?.fields ?? [];
    await put(
      'principalInvestigator',
      Object.fromEntries(
        fields.flatMap(({ key }) => {
          const value = member[key];
          return value === undefined ? [] : [[key, value]];
        }),
      ),
    );
  }
  const changed = await getApplication(trx, row.id);
  const frozen = freeze(
    contentOf(changed, round, {
      application: await applicationContentOf(trx, row.id),
      attachments: await attachmentsOf(trx, row.id),
    }),
  );
  await insertSnapshot(trx, row.id, frozen, { personId: by.actor.personId, at: by.at });
  return { versionCode: frozen.versionCode, hash: frozen.hash };
}

/** The member of this name in the table of members. */
export function memberNamed(members: SectionValue | undefined, name: string): SectionValue | undefined {
  const list = members?.['list'];
  return Array.isArray(list) ? list.find((row) => row['name'] === name) : undefined;
}
