import type { State } from '@keshen/rules';
import type { LoadedRound } from '../calls/index.ts';
import { type OpenRoute, type OrganisationRow, ownDepartment, routesIn } from '../organisations/index.ts';
import type { Db, Trx } from '../platform/db/schema.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { mechanismClause } from './mechanism-clause.ts';

/** Where a project counts as gone through a department: what still lies with its organisation does not. */
export const AT_A_DEPARTMENT: readonly State[] = [
  'with_department',
  'reviewed_by_department',
  'returned_by_department',
  'recommended',
  'delivered',
  'admitted',
];

type Used = { number: string; departmentId: string; departmentName: string };

/** Another project of the organisation that a department of the round has. */
export const departmentUsed = (
  db: Db,
  of: { roundId: string; organisationId: string; except?: string },
): Promise<Used | undefined> =>
  db
    .selectFrom('application')
    .innerJoin('department', 'department.id', 'application.departmentId')
    .select(['application.number', 'application.departmentId', 'department.name as departmentName'])
    .where('roundId', '=', of.roundId)
    .where('application.organisationId', '=', of.organisationId)
    .where('state', 'in', AT_A_DEPARTMENT)
    .$if(of.except !== undefined, (query) => query.where('application.id', '!=', of.except ?? ''))
    .orderBy('application.createdAt')
    .limit(1)
    .executeTakeFirst();

const MECHANISM = 'one_department_per_organisation';

/** Whether the call has a clause by which all projects of an organisation go through one department. */
export const oneForAll = (round: LoadedRound): boolean => mechanismClause(round, MECHANISM).clause !== undefined;

export const anotherOfOrganisation = (round: LoadedRound, used: Used, wanted: string): Refused => {
  const word = round.compiled.words.recommendingDepartment;
  return refused(409, {
    code: 'another_department',
    message: `本单位在本次申报里已经“${used.departmentName}”申报（申报编号${used.number}），不能再走“${wanted}”：同一单位的项目只能经一个${word}。`,
    where: 'department',
    remedy: `请改由“${used.departmentName}”推荐；确实要换的，先撤回已经报去的项目。`,
    ...mechanismClause(round, MECHANISM),
  });
};

export type PlaceInRound = { departmentId: string; route: OpenRoute };

/**
 * The department that a new project of the organisation goes to: the one wished for, where the call leaves the choice; the one that has
 * other projects of the organisation, where all must go through one; else the first that the table names.
 */
export async function placeInRound(
  trx: Trx,
  round: LoadedRound,
  organisation: OrganisationRow,
  { wanted, at }: { wanted?: string | undefined; at: Date },
): Promise<Result<PlaceInRound>> {
  const { routes } = await routesIn(trx, round, organisation, at);
  const route = wanted === undefined ? undefined : routes.find(({ key }) => key === wanted);
  if (wanted !== undefined && !route) return notOpen(round, routes);
  const of = { roundId: round.round.id, organisationId: organisation.id };
  const used = oneForAll(round) ? await departmentUsed(trx, of) : undefined;
  const chosen = route ?? routes.find(({ key }) => key === used?.departmentId) ?? routes[0];
  const departmentId = chosen.self ? await ownDepartment(trx, organisation, chosen.selfKind ?? 'self') : chosen.key;
  if (!used || used.departmentId === departmentId) return ok({ departmentId, route: chosen });
  if (route) return anotherOfOrganisation(round, used, route.departmentName);
  const { departmentName, departmentId: held } = used;
  const why = '本单位的其他项目已经由它推荐';
  return ok({ departmentId: held, route: { key: held, departmentName, self: false, why, value: departmentName } });
}

function notOpen({ compiled }: LoadedRound, routes: readonly OpenRoute[]): Refused {
  const [first] = routes;
  return refused(422, {
    code: 'not_your_department',
    message: `本单位的项目不归所选的${compiled.words.recommendingDepartment}，应为${routes.map(({ departmentName }) => departmentName).join('或者')}：${first?.why ?? ''}。`,
    where: 'department',
    remedy: '请从所列的部门里选；单位情况有变的，请单位管理员申请变更。',
    ...(first?.clause && { clause: first.clause }),
  });
}
