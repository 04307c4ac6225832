import type { Routing, RoutingWay } from '../call.ts';
import { type RoutedDepartment, type RoutedOrganisation, ROUTING_FACTS, type RoutingFact } from './profile.ts';

/** What is routed: a project for recommendation, or the registration (and later changes) of the organisation itself. */
export type Errand = 'recommendation' | 'registration';

/** One way that is open to an organisation. `department` absent: it recommends its projects itself. */
export type Route = {
  way: string;
  department?: RoutedDepartment;
  /** The kind under which places of a self-recommending organisation are counted. */
  selfKind?: string;
  /** Why this way, as the table says it. */
  why: string;
  clauses: string[];
  /** What the form's field for the department is filled with. */
  value: string;
};

/**
 * The ways that are open, the first by default; several only where the call leaves the choice. Without any, `missing` names what has to be
 * known first (keys of an organisation), or the table has no department for the organisation and `why` says so.
 */
export type Routed =
  { routes: [Route, ...Route[]] } | { routes: []; missing: (keyof RoutedOrganisation)[]; why: string };

type Asked = {
  organisation: RoutedOrganisation;
  departments: readonly RoutedDepartment[];
  errand: Errand;
  /** The readings taken, by key. */
  readings: Readonly<Record<string, string>>;
  /** Wins where a row leads to several departments alike. */
  assignedId?: string;
};

/**
 * Which recommending department reviews an organisation or its projects, by the call's table: its rows are looked at from above, the
 * first that fits decides. A row that may fit for all that is known stops the search: what is missing must be told first.
 */
export function routeOrganisation(routing: Routing, asked: Asked): Routed {
  const ways = routing.ways.filter(
    ({ under = {}, to, errand }) =>
      Object.entries(under).every(([key, option]) => asked.readings[key] === option) &&
      (errand === undefined || errand === asked.errand) &&
      // Nobody approves its own registration.
      (!(to === 'self' || to === 'listed') || asked.errand === 'recommendation'),
  );
  const found: Route[] = [];
  let without: RoutingWay | undefined;
  for (const way of ways) {
    const fit = fits(way, asked.organisation);
    if (fit === 'no') continue;
    const missing = fit === 'yes' ? missingFor(way, asked.organisation) : fit;
    if (missing.length > 0 && found.length === 0)
      return { routes: [], missing, why: `还要写明${missing.map(nameOf).join('、')}` };
    if (missing.length > 0) continue;
    const route = routeBy(way, routing, asked);
    if (route) found.push(route);
    // Not being on a list is no fault of the list.
    else if (way.to !== 'listed' && way.to !== 'zone') without ??= way;
    if (route && !routing.choice) break;
  }
  const [first, ...others] = found;
  if (first) return { routes: [first, ...others] };
  return { routes: [], missing: [], why: without ? `${without.why}，但名单里没有对应的部门` : '名单里没有对应的部门' };
}

/** The facts that some row of the table looks at, so that nothing else need be asked. */
export const factsAskedBy = ({ ways }: Routing): RoutingFact[] => [
  ...new Set(ways.flatMap(({ when }) => Object.keys(when) as RoutingFact[])),
];

function fits({ when }: RoutingWay, organisation: RoutedOrganisation): 'yes' | 'no' | RoutingFact[] {
  const missing: RoutingFact[] = [];
  for (const [key, values] of Object.entries(when) as [RoutingFact, (string | boolean)[]][]) {
    const value = organisation[key];
    if (value === undefined) missing.push(key);
    else if (!values.includes(value)) return 'no';
  }
  return missing.length > 0 ? missing : 'yes';
}

const missingFor = (
  { to }: RoutingWay,
  { supervisorId, division }: RoutedOrganisation,
): (keyof RoutedOrganisation)[] => {
  if (to === 'supervisor' && supervisorId === undefined) return ['supervisorId'];
  return to === 'place' && division === '' ? ['division'] : [];
};

const nameOf = (key: keyof RoutedOrganisation): string =>
  ({ ...ROUTING_FACTS, name: '单位名称', division: '注册地', supervisorId: '主管部门', zoneId: '所在园区' })[key];

function routeBy(way: RoutingWay, { clauses }: Routing, asked: Asked): Route | undefined {
  const { key, why, to, kinds } = way;
  const route = { way: key, why, clauses: way.clauses.length > 0 ? way.clauses : clauses };
  const { name = '' } = asked.organisation;
  const isSelf = to === 'self' || asked.departments.some((one) => kinds.includes(one.kind) && one.name === name);
  if (to === 'self' || to === 'listed') {
    return isSelf ? { ...route, selfKind: kinds[0] ?? 'self', value: way.value ?? name } : undefined;
  }
  const department = departmentBy(way, asked);
  return department && { ...route, department, value: way.value ?? department.name };
}

function departmentBy({ to, kinds }: RoutingWay, { organisation, departments, assignedId }: Asked) {
  const eligible = departments
    .filter(({ kind }) => kinds.includes(kind))
    .toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  if (to === 'supervisor') return eligible.find(({ id }) => id === organisation.supervisorId);
  if (to === 'zone') return eligible.find(({ id }) => id === organisation.zoneId);
  const at = (place: string) => eligible.filter(({ division }) => division === place);
  const { division } = organisation;
  const here = at(division).length > 0 ? at(division) : at(`${division.slice(0, 4)}00`);
  return here.find(({ id }) => id === assignedId) ?? here[0];
}
