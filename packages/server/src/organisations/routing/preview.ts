import { factsAskedBy, type RoutingFact } from '@keshen/rules';
import type { LoadedRound } from '../../calls/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Db } from '../../platform/db/schema.ts';
import type { OrganisationRow } from '../store.ts';
import { type Facts, type OpenRoutes, routesByTable, routesIn } from './routes-in.ts';
import { roundsOfAuthority, routingRound } from './rounds-of-authority.ts';

/** Who recommends an organisation's projects in one call. */
export type RoutesOfCall = OpenRoutes & {
  roundId: string;
  callTitle: string;
  mode: 'live' | 'rehearsal';
  word: string;
  /** One of the routes may be chosen. */
  choice: boolean;
  /** All projects of the organisation in this call go through one department. */
  oneForAll: boolean;
};

export type RoutingPreview = {
  /** Who reviews the registration. */
  registration: OpenRoutes;
  calls: RoutesOfCall[];
};

const ofCall = ({ round, compiled, mode }: LoadedRound, found: OpenRoutes): RoutesOfCall => ({
  ...found,
  roundId: round.id,
  callTitle: compiled.title,
  mode,
  word: compiled.words.recommendingDepartment,
  choice: found.routes.length > 1,
  oneForAll: isBound(compiled.clauses, 'one_department_per_organisation'),
});

const isBound = (clauses: LoadedRound['compiled']['clauses'], mechanism: string): boolean =>
  clauses.some(({ boundBy }) => boundBy.some((bound) => bound.by === 'workflow' && bound.mechanism === mechanism));

/** Who would review an organisation with these facts and recommend its projects, call by call. */
export async function previewRouting(
  context: Pick<Context, 'reference'>,
  db: Db,
  { authorityId, facts, at }: { authorityId: string; facts: Facts; at: Date },
): Promise<RoutingPreview> {
  const rounds = await roundsOfAuthority(context, db, authorityId);
  const round = routingRound(rounds);
  const calls = [];
  for (const one of rounds.filter(({ compiled }) => compiled.routing))
    calls.push(ofCall(one, await routesByTable(db, one, facts, { errand: 'recommendation', at })));
  return {
    registration: round
      ? await routesByTable(db, round, facts, { errand: 'registration', at })
      : { routes: [], missing: [] },
    calls,
  };
}

/** The same for an organisation that is registered. */
export async function routingOf(
  context: Pick<Context, 'reference'>,
  db: Db,
  organisation: OrganisationRow,
  at: Date,
): Promise<RoutesOfCall[]> {
  const calls = [];
  for (const round of await roundsOfAuthority(context, db, organisation.authorityId))
    calls.push(ofCall(round, await routesIn(db, round, organisation, at)));
  return calls;
}

/** What a registration with this authority is asked for beyond the place: its tables' facts, and the departments they may lead to. */
export type RoutingQuestions = { facts: RoutingFact[]; supervisorKinds: string[]; zoneKinds: string[] };

export async function questionsOf(
  context: Pick<Context, 'reference'>,
  db: Db,
  authorityId: string,
): Promise<RoutingQuestions | undefined> {
  const tables = (await roundsOfAuthority(context, db, authorityId)).flatMap(({ compiled }) => compiled.routing ?? []);
  if (tables.length === 0) return undefined;
  const kindsOf = (to: string) => [
    ...new Set(tables.flatMap(({ ways }) => ways.filter((way) => way.to === to).flatMap(({ kinds }) => kinds))),
  ];
  return {
    facts: [...new Set(tables.flatMap(factsAskedBy))],
    supervisorKinds: kindsOf('supervisor'),
    zoneKinds: kindsOf('zone'),
  };
}
