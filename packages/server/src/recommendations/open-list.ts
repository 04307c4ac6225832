import { type By } from '../applications/index.ts';
import type { Db } from '../platform/db/schema.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { findList, type ListRow } from './store.ts';

const isOfDepartment = ({ actor }: By, list: ListRow) =>
  actor.grants.some(
    ({ role, departmentId }) => role === 'recommendingDepartment' && departmentId === list.departmentId,
  );

/** A list for its department; once delivered, for the programme officers of its authority as well. */
export async function openList(db: Db, by: By, id: string): Promise<Result<ListRow>> {
  const list = await findList(db, id);
  if (!list) return noSuchList();
  const isOfficer = by.actor.grants.some(
    ({ role, authorityId }) => role === 'programmeOfficer' && authorityId === list.authorityId,
  );
  return isOfDepartment(by, list) || (isOfficer && list.deliveredAt) ? ok(list) : noSuchList();
}

/** Whether a list may still be worked on: by its department, neither voided nor delivered. */
export function stillWorkable(by: By, list: ListRow | undefined): Result<ListRow> {
  if (!list || !isOfDepartment(by, list)) return noSuchList();
  if (list.voidedAt) {
    return refused(409, {
      code: 'list_voided',
      message: `这份清单已失效（${list.voidReason ?? ''}），不能再用。`,
      remedy: '请重新导出清单，盖章后扫描上传。',
    });
  }
  if (list.deliveredAt) {
    return refused(409, { code: 'already_delivered', message: '这份清单已经报送，不能再改。' });
  }
  return ok(list);
}

export const noSuchList = (): Refused =>
  refused(404, { code: 'not_found', message: '没有这份清单，或者您无权查看它。', remedy: '请从推荐页面进入。' });
