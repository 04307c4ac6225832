import type { PaperStanding } from '@keshen/rules';
import type { By } from '../applications/index.ts';
import { type LoadedRound, loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { dutiesOf } from './duties.ts';
import { isAtDesk, mayStart, paperReaches } from './scope.ts';
import { applicationsInReach, deliveriesOfRound, listsInReach, startsOfRound } from './store.ts';
import { type DutyView, dutyView, STANDING_ORDER } from './view.ts';

export type DutyFilters = { roundId: string; q?: string; standing?: PaperStanding; paper?: string };

export type DutyList = {
  items: DutyView[];
  /** Of everything in reach, whatever the filters. */
  counts: Partial<Record<PaperStanding, number>>;
  papers: { key: string; title: string }[];
  round: LoadedRound;
  /** The person may receive paper, or say when a period began. */
  desk: boolean;
  starts: boolean;
};

/** What must be brought on paper by those whom the person sees: the most urgent first. */
export async function listDuties(context: Context, by: By, filters: DutyFilters): Promise<Result<DutyList>> {
  const { db, reference } = context;
  const round = await loadRound({ db, reference }, filters.roundId);
  const { authorityId } = round?.round ?? {};
  const reaches = paperReaches(by);
  if (!round || !authorityId || !by.actor.grants.some((grant) => grant.authorityId === authorityId)) {
    return refused(404, { code: 'not_found', message: '没有这个申报通知。' });
  }
  const [applications, lists, deliveries, starts] = await Promise.all([
    applicationsInReach(db, filters.roundId, reaches),
    listsInReach(db, filters.roundId, reaches),
    deliveriesOfRound(db, filters.roundId),
    startsOfRound(db, filters.roundId),
  ]);
  const known = { round, at: by.at, deliveries, starts };
  const all = [...lists, ...applications].flatMap((subject) => dutiesOf(subject, known));
  const counts: DutyList['counts'] = {};
  for (const { standing } of all) counts[standing] = (counts[standing] ?? 0) + 1;
  const word = filters.q?.trim().toLowerCase();
  const items = all
    .filter(
      ({ subject, paper, standing }) =>
        (!filters.standing || standing === filters.standing) &&
        (!filters.paper || paper.key === filters.paper) &&
        (!word ||
          [subject.number, subject.title, subject.organisationName, subject.departmentName].some((text) =>
            text?.toLowerCase().includes(word),
          )),
    )
    .toSorted((a, b) => STANDING_ORDER.indexOf(a.standing) - STANDING_ORDER.indexOf(b.standing))
    .map((duty) => dutyView(duty, round));
  const papers = new Map(all.map(({ paper }) => [paper.key, paper.title]));
  return ok({
    items,
    counts,
    papers: [...papers].map(([key, title]) => ({ key, title })),
    round,
    desk: isAtDesk(by, { authorityId }),
    starts: mayStart(by, { authorityId }),
  });
}
