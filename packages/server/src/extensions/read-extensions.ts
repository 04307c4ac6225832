import { isoInstant, officialInstant, type Stage, STAGES } from '@keshen/rules';
import type { By } from '../applications/index.ts';
import { type LoadedRound, loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { isOfficerOf, noSuchRound } from './propose-extension.ts';
import * as store from './store.ts';

export type ExtensionView = {
  id: string;
  stage: string;
  stageLabel: string;
  until: string;
  /** 全部申报；仅限2026年5月18日 17:30以前已经新建的申报；仅限某单位 */
  whom: string;
  reason: string;
  state: 'proposed' | 'approved' | 'declined';
  proposedByName: string;
  proposedAt: string;
  /** Whether the reader may decide on it: a programme officer who did not propose it. */
  mayDecide: boolean;
  decidedByName?: string;
  decidedAt?: string;
  decisionNote?: string;
};

/** The officers of the authority see every proposal; everybody else what was approved and concerns them. */
export async function readExtensions(
  context: Context,
  by: By,
  roundId: string,
): Promise<Result<{ items: ExtensionView[]; total: number }>> {
  const { db } = context;
  const round = await loadRound(context, roundId);
  const grants = by.actor.grants.filter(({ authorityId }) => authorityId === round?.round.authorityId);
  if (!round || grants.length === 0) return noSuchRound();
  const officer = isOfficerOf(by, round.round.authorityId);
  const all = await store.listExtensions(db, roundId);
  const concerns = officer ? () => true : await concerning(context, by, roundId);
  const items = all.filter(concerns).map((row) => viewOf(row, round, by, officer));
  return ok({ items, total: items.length });
}

async function concerning(
  { db }: Context,
  { actor }: By,
  roundId: string,
): Promise<(row: store.ExtensionRow) => boolean> {
  const organisationIds = actor.grants.flatMap(({ organisationId }) => organisationId ?? []);
  const departmentIds = actor.grants.flatMap(({ departmentId }) => departmentId ?? []);
  const own = await store.concernsOf(db, roundId, { organisationIds });
  const below = await store.applicationsOfDepartments(db, roundId, departmentIds);
  const departments = new Set([...departmentIds, ...own.departmentIds]);
  const organisations = new Set([...organisationIds, ...below.organisationIds]);
  const applications = new Set([...own.applicationIds, ...below.applicationIds]);
  return (row) => {
    if (row.decision !== 'approved') return false;
    if (row.departmentId) return departments.has(row.departmentId);
    if (row.organisationId) return organisations.has(row.organisationId);
    return row.applicationId ? applications.has(row.applicationId) : true;
  };
}

export function viewOf(row: store.ExtensionRow, { compiled }: LoadedRound, by: By, officer: boolean): ExtensionView {
  const stage = STAGES[row.stage as Stage];
  return {
    id: row.id,
    stage: row.stage,
    stageLabel: stage.label.replace('{recommendingDepartment}', compiled.words.recommendingDepartment),
    until: isoInstant(row.until.getTime()),
    whom: whomInWords(row),
    reason: row.reason,
    state: row.decision ?? 'proposed',
    proposedByName: row.proposedByName,
    proposedAt: row.proposedAt.toISOString(),
    mayDecide: officer && row.decision === null && row.proposedBy !== by.actor.personId,
    ...(row.decidedByName !== null && { decidedByName: row.decidedByName }),
    ...(row.decidedAt && { decidedAt: row.decidedAt.toISOString() }),
    ...(row.decisionNote && { decisionNote: row.decisionNote }),
  };
}

function whomInWords(row: store.ExtensionRow): string {
  switch (row.forWhom) {
    case 'all':
      return '全部申报';
    case 'begun':
      return `仅限${row.begunBy ? officialInstant(row.begunBy.getTime()) : ''}以前已经新建的申报`;
    case 'department':
      return `仅限${row.departmentName ?? ''}`;
    case 'organisation':
      return `仅限${row.organisationName ?? ''}`;
    case 'application':
      return `仅限申报${row.applicationNumber ?? ''}`;
  }
}
