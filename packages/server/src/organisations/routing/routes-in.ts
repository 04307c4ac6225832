import {
  type RoutedDepartment,
  type RoutedOrganisation,
  type Errand,
  routeOrganisation,
  type Route,
} from '@keshen/rules';
import type { LoadedRound } from '../../calls/index.ts';
import type { Db } from '../../platform/db/schema.ts';
import type { OrganisationRow } from '../store.ts';
import { routableDepartments } from './store.ts';

/** A department that an organisation may go through, or itself, with why and by which clause. */
export type OpenRoute = {
  /** The department's id, or `self`. */
  key: string;
  departmentName: string;
  self: boolean;
  selfKind?: string;
  why: string;
  clause?: { id: string; at: string };
  value: string;
};

export type OpenRoutes = { routes: OpenRoute[]; missing: string[]; why?: string };

/** The columns of an organisation that routing reads; null is not known. */
export type Facts = Pick<
  OrganisationRow,
  | 'name'
  | 'division'
  | 'kind'
  | 'legalPerson'
  | 'affiliation'
  | 'universityLevel'
  | 'firstLevelBudget'
  | 'supervisorId'
  | 'zoneId'
>;

export const routedFacts = (facts: Facts): RoutedOrganisation => ({
  name: facts.name,
  division: facts.division,
  kind: facts.kind || undefined,
  legalPerson: facts.legalPerson,
  affiliation: facts.affiliation ?? undefined,
  universityLevel: facts.universityLevel ?? undefined,
  firstLevelBudget: facts.firstLevelBudget ?? undefined,
  supervisorId: facts.supervisorId ?? undefined,
  zoneId: facts.zoneId ?? undefined,
});

/** What the round's table says, without a table or a way in it nothing. */
export async function routesByTable(
  db: Db,
  round: LoadedRound,
  facts: Facts,
  {
    errand,
    at,
    organisationId,
    assignedId,
  }: { errand: Errand; at: Date; organisationId?: string; assignedId?: string },
): Promise<OpenRoutes> {
  const { routing } = round.compiled;
  if (!routing) return { routes: [], missing: [] };
  const departments: RoutedDepartment[] = await routableDepartments(db, round.round.authorityId, organisationId);
  const { readings } = round.linkedAt(at);
  const organisation = routedFacts(facts);
  const routed = routeOrganisation(routing, {
    organisation,
    departments,
    errand,
    readings,
    ...(assignedId !== undefined && { assignedId }),
  });
  return 'missing' in routed
    ? { routes: [], missing: routed.missing, why: routed.why }
    : { routes: routed.routes.map((route) => openRoute(route, round, facts.name)), missing: [] };
}

function openRoute({ department, selfKind, why, clauses, value }: Route, round: LoadedRound, name: string): OpenRoute {
  const clause = round.compiled.clauses.find(({ id }) => id === clauses[0]);
  return {
    key: department?.id ?? 'self',
    departmentName: department?.name ?? name,
    self: department === undefined,
    ...(selfKind !== undefined && { selfKind }),
    why,
    ...(clause && { clause: { id: clause.id, at: clause.at } }),
    value,
  };
}

/**
 * The departments through which an organisation may send a project in this round. Where the call's table and lists lead nowhere, it is the
 * department that reviewed the organisation.
 */
export async function routesIn(
  db: Db,
  round: LoadedRound,
  organisation: OrganisationRow,
  at: Date,
): Promise<OpenRoutes & { routes: [OpenRoute, ...OpenRoute[]] }> {
  const { id: organisationId, departmentId, departmentName } = organisation;
  const known = { errand: 'recommendation', at, organisationId, assignedId: departmentId } as const;
  const { routes, missing, why } = await routesByTable(db, round, organisation, known);
  const [first, ...others] = routes;
  if (first) return { routes: [first, ...others], missing };
  const assigned = { key: departmentId, departmentName, self: false, value: departmentName };
  return { routes: [{ ...assigned, why: '由审核本单位注册的部门推荐' }], missing, ...(why !== undefined && { why }) };
}
