import {
  applicationContentOf,
  type ApplicationSummary,
  type By,
  listApplications,
  noSuchApplication,
  openApplication,
  registeredFields,
} from '../applications/index.ts';
import { findOrganisation } from '../organisations/index.ts';
import { findProfile } from '../people/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { openDraft } from './open-draft.ts';
import { noPledges, noPledgesNoPeriod, type Proposal, proposalFrom } from './proposal.ts';

export type CopySource = Pick<ApplicationSummary, 'id' | 'number' | 'title' | 'callTitle' | 'mode' | 'stateLabel'> & {
  applicantName: string;
  updatedAt: string;
};

/** As many as a person looks through; the newest. */
const MOST = 100;

/** Other applications of the same organisation, of any call and year, that the person may see and has a hand in. */
export async function listCopySources(context: Context, by: By, id: string): Promise<Result<{ items: CopySource[] }>> {
  const opened = await openDraft(context, by, id);
  if (!opened.ok) return opened;
  return ok({ items: await sourcesFor(context, by, opened.value.row) });
}

async function sourcesFor(
  context: Context,
  by: By,
  { id, organisationId }: { id: string; organisationId: string },
): Promise<CopySource[]> {
  const filters = { sort: 'updatedAt', descending: true, offset: 0, limit: MOST } as const;
  const { items } = await listApplications(context, by.actor, filters, by.at);
  return items
    .filter((item) => item.id !== id && item.organisationId === organisationId)
    .map(({ id, number, title, callTitle, mode, stateLabel, applicantName, updatedAt }) => ({
      id,
      number,
      title,
      callTitle,
      mode,
      stateLabel,
      applicantName,
      updatedAt,
    }));
}

/** What of an earlier application fits into this one. Declarations, attachments and the dates of the period are never taken. */
export async function proposeCopy(
  context: Context,
  by: By,
  { id, from }: { id: string; from: string },
): Promise<Result<Proposal>> {
  const target = await openDraft(context, by, id);
  if (!target.ok) return target;
  const source = await openDraft(context, by, from);
  if (!source.ok) return source;
  if (source.value.row.organisationId !== target.value.row.organisationId) return noSuchApplication();
  const document = await applicationContentOf(context.db, from);
  const form = source.value.round.compiled.form;
  return ok(proposalFrom(target.value.round.compiled, document, { barred: noPledgesNoPeriod, from: form }));
}

/** What the house knows of the lead organisation; the principal investigator from the own profile, else as the person entered one last. */
export async function proposeProfile(context: Context, by: By, id: string): Promise<Result<Proposal>> {
  const target = await openDraft(context, by, id);
  if (!target.ok) return target;
  const { row, round } = target.value;
  const organisation = await findOrganisation(context.db, row.organisationId);
  const [last] = await sourcesFor(context, by, row);
  const earlier = last && (await openApplication(context, by, last.id));
  const { principalInvestigator } = earlier?.ok ? await applicationContentOf(context.db, earlier.value.row.id) : {};
  const { personId, name } = by.actor;
  const profile = await findProfile(context.db, personId);
  const own = profile && { ...profile.data, name, ...(organisation && { employer: organisation.name }) };
  const investigator = { ...principalInvestigator, ...own };
  const document = {
    ...(organisation && { lead: registeredFields(round.compiled.form, organisation) }),
    ...(Object.keys(investigator).length > 0 && { principalInvestigator: investigator }),
  };
  const from = earlier?.ok ? earlier.value.round.compiled.form : round.compiled.form;
  return ok(proposalFrom(round.compiled, document, { barred: noPledges, from }));
}
