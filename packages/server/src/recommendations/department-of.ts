import type { By } from '../applications/index.ts';
import type { LoadedRound } from '../calls/index.ts';
import type { Db } from '../platform/db/schema.ts';
import { refused, type Refused } from '../platform/http/result.ts';
import { findDepartment } from './store.ts';

export type DepartmentOf = { id: string; name: string; kind: string; authorityId: string };

/** The department for which the person recommends in this round; undefined when it belongs to another authority. */
export async function departmentIn(db: Db, { actor }: By, round: LoadedRound): Promise<DepartmentOf | undefined> {
  for (const { role, departmentId } of actor.grants) {
    if (role !== 'recommendingDepartment' || !departmentId) continue;
    const department = await findDepartment(db, departmentId);
    if (department?.authorityId === round.round.authorityId) return department;
  }
  return undefined;
}

export const noSuchRound = (): Refused =>
  refused(404, {
    code: 'not_found',
    message: '没有这个申报通知，或者您的单位不参加推荐。',
    remedy: '请从通知列表进入。',
  });
