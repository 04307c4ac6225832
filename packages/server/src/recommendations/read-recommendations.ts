import { type ApplicationSummary, type By, rowsOfDepartment, statesReadBy, summaryOf } from '../applications/index.ts';
import { type LoadedRound, loadRound, windowVerdict } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { departmentIn, noSuchRound } from './department-of.ts';
import { type ListSummary, summaryOfList } from './list-summary.ts';
import { decidedColumns } from './decide-column.ts';
import { deliveredLists, listsOf } from './store.ts';
import { decisionsOn } from './store-decisions.ts';
import { pledgeOf, type PledgeRow, pledgesIn } from './store-pledges.ts';

export type Overview = {
  departmentName: string;
  words: LoadedRound['compiled']['words'];
  /** Whether the call asks for a letter beside the sealed list, and what it is called. */
  letterTitle?: string;
  /** What the call names the fields for contact and phone in the head of its list, and what was written there last. */
  head?: { contact: string; phone: string; last?: { name: string; phone: string } };
  /** Columns that the department fills in, and what it wrote by application and column. */
  columns: { key: string; title: string; choices: string[] }[];
  decisions: Record<string, Record<string, string>>;
  /** The department's own pledge, where the call asks for one. */
  pledge?: PledgeState;
  /** Whether lists may be exported, uploaded and delivered now. */
  delivering: { open: boolean; why?: string };
  applications: ApplicationSummary[];
  current?: ListSummary;
  lists: ListSummary[];
};

export type PledgeState = { title: string; id?: string; code?: string; scanName?: string; scanAt?: string };

export const pledgeState = (title: string, pledge: PledgeRow | undefined): PledgeState => ({
  title,
  ...(pledge && { id: pledge.id, code: pledge.code }),
  ...(pledge?.scanName && { scanName: pledge.scanName }),
  ...(pledge?.scanAt && { scanAt: pledge.scanAt.toISOString() }),
});

/** What a department has before it in a round: the applications that reached it, its lists, the places left. */
export async function readRecommendations(context: Context, by: By, roundId: string): Promise<Result<Overview>> {
  const { db } = context;
  const round = await loadRound(context, roundId);
  const department = round && (await departmentIn(db, by, round));
  if (!round || !department) return noSuchRound();
  const of = { roundId, departmentId: department.id };
  const rows = await rowsOfDepartment(db, { ...of, states: statesReadBy('recommendingDepartment') });
  const exported = await listsOf(db, of);
  const lists = exported.map(summaryOfList);
  const current = lists.find(({ state }) => state !== 'voided');
  const window = windowVerdict(round, 'deliver', by.at, { departmentId: department.id });
  const { recommendationLetter: letter, recommendationList, pledge: asked } = round.compiled.documents;
  const last = exported[0]?.content.head?.map(({ value }) => value);
  const decisions = await decisionsOn(
    db,
    rows.map(({ id }) => id),
  );
  return ok({
    departmentName: department.name,
    words: round.compiled.words,
    ...(letter && { letterTitle: letter.title }),
    ...(recommendationList.head && {
      head: { ...recommendationList.head, ...(last && { last: { name: last[0] ?? '', phone: last[1] ?? '' } }) },
    }),
    columns: decidedColumns(round).map(({ key, title, choices = [] }) => ({ key, title, choices })),
    decisions: Object.fromEntries(
      [...decisions].map(([applicationId, texts]) => [applicationId, Object.fromEntries(texts)]),
    ),
    ...(asked && { pledge: pledgeState(asked.title, await pledgeOf(db, of)) }),
    delivering: window.ok ? { open: true } : { open: false, why: window.refusal.message },
    applications: rows.map((row) => summaryOf(row, round, by.actor, by.at)),
    ...(current && { current }),
    lists,
  });
}

export type Delivered = ListSummary & {
  departmentName: string;
  applications: ListedApplication[];
  pledge?: PledgeState;
};
type ListedApplication = {
  id: string;
  number: string;
  title: string;
  organisationName: string;
  versionCode: string;
};

/** The lists that arrived in a round, for the programme officers of its authority. */
export async function readDelivered(
  context: Context,
  by: By,
  roundId: string,
): Promise<Result<{ items: Delivered[]; total: number }>> {
  const round = await loadRound(context, roundId);
  const isOfficer = by.actor.grants.some(
    ({ role, authorityId }) => role === 'programmeOfficer' && authorityId === round?.round.authorityId,
  );
  if (!round || !isOfficer) return noSuchRound();
  const lists = await deliveredLists(context.db, roundId);
  const pledges = await pledgesIn(context.db, roundId);
  const items = lists.map((list) => ({
    ...summaryOfList(list),
    departmentName: list.departmentName,
    ...withPledge(pledges.find(({ departmentId }) => departmentId === list.departmentId)),
    applications: list.content.entries.map(({ applicationId, number, title, organisation, versionCode }) => ({
      id: applicationId,
      number,
      title,
      organisationName: organisation,
      versionCode,
    })),
  }));
  return ok({ items, total: items.length });
}

const withPledge = (pledge: PledgeRow | undefined): { pledge?: PledgeState } =>
  pledge ? { pledge: pledgeState(pledge.content.title, pledge) } : {};
