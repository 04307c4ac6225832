import type { FactList, FactRow, Facts, FactSource } from '@keshen/rules';
import type { Db } from '../platform/db/schema.ts';
import * as store from './store.ts';

export type FactsQuery = {
  authorityId: string;
  /** Identity numbers of the people of the application, and credit codes of its organisations. */
  people: string[];
  uscc: string[];
  /** 'YYYY-MM-DD': the day of the evaluation, which is the day of what this system itself knows. */
  asOf: string;
};

/**
 * What the registers know about some people and organisations. A register that was never brought up to date is left out, and one that is
 * down has no list: unknown to the rules, never empty. `duplicates` is this system's own list and starts empty: the caller adds the
 * other applications to it and to `projects`.
 */
export async function factsFor(db: Db, query: FactsQuery): Promise<Facts> {
  const { authorityId, people, uscc, asOf } = query;
  const sources: Partial<Record<FactList, FactSource>> = {
    organisations: { status: 'ok', asOf, name: '本系统的单位注册信息' },
    duplicates: { status: 'ok', asOf, name: '本系统已收的申报' },
  };
  for (const { register, status, asOf: day, name } of await store.registerStates(db, authorityId)) {
    sources[register as FactList] = { status, asOf: day, name };
  }
  const known = (list: FactList): boolean => sources[list]?.status === 'ok';

  const projects = known('projects') ? await store.projectsOf(db, authorityId, people, uscc) : undefined;
  const organisations = await store.organisationsOf(db, authorityId, uscc);
  return {
    sources,
    organisations: organisations.map((organisation) => ({
      ...organisation,
      ...(projects && { overdueCount: overdue(projects, organisation.uscc) }),
    })),
    ...(projects && { projects: projects as FactRow[] }),
    ...(known('misconduct') && {
      misconduct: (await store.misconductOf(db, authorityId, [...people, ...uscc])) as FactRow[],
    }),
    ...(known('platforms') && { platforms: (await store.platformsOf(db, authorityId, uscc)) as FactRow[] }),
    ...(known('duplicates') && { duplicates: [] }),
    ...(known('generalLimits') && {
      generalLimits: (await store.generalLimitsOf(db, authorityId, [...people, ...uscc])) as FactRow[],
    }),
  };
}

/** Projects that are overdue at the organisation that leads them, each counted once however many people are on it. */
function overdue(projects: readonly Record<string, unknown>[], uscc: string): number {
  const rows = projects.filter(
    (row) => row['uscc'] === uscc && row['state'] === 'overdue' && row['orgRole'] !== 'partner',
  );
  return new Set(rows.map((row) => row['id'])).size;
}
