import type { LoadedRound } from '../../calls/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Db } from '../../platform/db/schema.ts';
import { ok, refused, type Result } from '../../platform/http/result.ts';
import { type Facts, type OpenRoute, routesByTable } from './routes-in.ts';
import { roundsOfAuthority, routingRound } from './rounds-of-authority.ts';
import { routableDepartments } from './store.ts';

export type Reviewer = { departmentId: string; departmentName: string; why?: string; clause?: OpenRoute['clause'] };

type Asked = {
  authorityId: string;
  facts: Facts;
  /** The department that the organisation names; it counts where the table leaves a choice or leads nowhere. */
  named?: string | undefined;
  organisationId?: string;
  at: Date;
};

/** The department that reviews an organisation's registration and changes, or why it is not the one that was named. */
export async function reviewerOf(context: Pick<Context, 'reference'>, db: Db, asked: Asked): Promise<Result<Reviewer>> {
  const { authorityId, facts, named, organisationId, at } = asked;
  const round = routingRound(await roundsOfAuthority(context, db, authorityId));
  const known = {
    errand: 'registration',
    at,
    ...(organisationId && { organisationId }),
    ...(named && { assignedId: named }),
  } as const;
  const found = round ? await routesByTable(db, round, facts, known) : { routes: [], missing: [] };
  if (found.missing[0]) {
    return refused(422, {
      code: 'routing_facts_missing',
      message: `还不能确定由哪个部门审核：${found.why ?? ''}。`,
      where: found.missing[0],
      remedy: '请补充后再提交，页面会写明归哪个部门、为什么。',
    });
  }
  const [first] = found.routes;
  if (first) {
    const chosen = named === undefined ? first : found.routes.find(({ key }) => key === named);
    if (!chosen) return notYours(found.routes, round);
    return ok({
      departmentId: chosen.key,
      departmentName: chosen.departmentName,
      why: chosen.why,
      ...(chosen.clause && { clause: chosen.clause }),
    });
  }
  const department = (await routableDepartments(db, authorityId)).find(({ id }) => id === named);
  if (department) return ok({ departmentId: department.id, departmentName: department.name });
  return refused(422, {
    code: 'invalid',
    message: named === undefined && found.why ? `${found.why}，请选择推荐部门。` : '没有这个推荐部门。',
    where: 'departmentId',
    remedy: '请从列表中选择；列表里没有的，请联系科技主管部门补充。',
  });
}

function notYours(routes: readonly OpenRoute[], round: LoadedRound | undefined) {
  const [first] = routes;
  const word = round?.compiled.words.recommendingDepartment ?? '推荐部门';
  return refused(422, {
    code: 'not_your_department',
    message: `按所填情况，${word}不是所选的部门，应为${routes.map(({ departmentName }) => departmentName).join('或者')}：${first?.why ?? ''}。`,
    where: 'departmentId',
    remedy: '请改选，或者更正注册地、单位类型、隶属关系等情况。',
    ...(first?.clause && { clause: first.clause }),
  });
}
