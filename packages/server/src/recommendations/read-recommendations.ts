import { type ApplicationSummary, type By, rowsOfDepartment, statesReadBy, summaryOf } from '../applications/index.ts';
import { type LoadedRound, loadRound, windowVerdict } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { departmentIn, noSuchRound } from './department-of.ts';
import { type ListSummary, summaryOfList } from './list-summary.ts';
import { deliveredLists, listsOf } from './store.ts';

export type Overview = {
  departmentName: string;
  words: LoadedRound['compiled']['words'];
  /** Whether the call asks for a letter beside the sealed list, and what it is called. */
  letterTitle?: string;
  /** Whether lists may be exported, uploaded and delivered now. */
  delivering: { open: boolean; why?: string };
  applications: ApplicationSummary[];
  current?: ListSummary;
  lists: ListSummary[];
};

/** What a department has before it in a round: the applications that reached it, its lists, the places left. */
export async function readRecommendations(context: Context, by: By, roundId: string): Promise<Result<Overview>> {
  const { db } = context;
  const round = await loadRound(context, roundId);
  const department = round && (await departmentIn(db, by, round));
  if (!round || !department) return noSuchRound();
  const of = { roundId, departmentId: department.id };
  const rows = await rowsOfDepartment(db, { ...of, states: statesReadBy('recommendingDepartment') });
  const lists = (await listsOf(db, of)).map(summaryOfList);
  const current = lists.find(({ state }) => state !== 'voided');
  const window = windowVerdict(round, 'deliver', by.at, { departmentId: department.id });
  const letter = round.compiled.documents.recommendationLetter;
  return ok({
    departmentName: department.name,
    words: round.compiled.words,
    ...(letter && { letterTitle: letter.title }),
    delivering: window.ok ? { open: true } : { open: false, why: window.refusal.message },
    applications: rows.map((row) => summaryOf(row, round, by.actor, by.at)),
    ...(current && { current }),
    lists,
  });
}

export type Delivered = ListSummary & { departmentName: string; applications: ListedApplication[] };
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
  const items = (await deliveredLists(context.db, roundId)).map((list) => ({
    ...summaryOfList(list),
    departmentName: list.departmentName,
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
