import { grantFor, type MaterialDefinition, type Step, stepOf } from '@keshen/rules';
import {
  applicationContentOf,
  type ApplicationRow,
  type By,
  lockApplication,
  mayRead,
  noSuchApplication,
  stateLabel,
} from '../applications/index.ts';
import { type LoadedRound, loadRound, windowVerdict } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { rowRefusal } from './row-refusal.ts';

export const ATTACH: Step = stepOf('attach');

export type Attaching = { row: ApplicationRow; round: LoadedRound };

/** The application, locked, if this person may change its attachments at this instant. */
export async function mayAttach(trx: Trx, context: Context, by: By, applicationId: string): Promise<Result<Attaching>> {
  const row = await lockApplication(trx, applicationId);
  const round = row && (await loadRound({ db: trx, reference: context.reference }, row.roundId));
  if (!row || !round || !mayRead(by.actor, row)) return noSuchApplication();
  if (!grantFor(by.actor, 'application.attach', row)) {
    return refused(403, { code: 'not_your_step', message: '只有这份申报的申报人可以上传、删除附件。' });
  }
  if (!ATTACH.from.includes(row.state)) {
    return refused(409, {
      code: 'wrong_state',
      message: `这份申报现在是“${stateLabel(row.state, round.compiled)}”，附件不能再改。`,
      remedy: '需要修改的，请联系审核人退回。',
      current: { state: row.state },
    });
  }
  const window = windowVerdict(round, ATTACH.action, by.at, row);
  return window.ok ? ok({ row, round }) : window;
}

export function findMaterial(round: LoadedRound, by: By, key: string): Result<MaterialDefinition> {
  const material = round.linkedAt(by.at).materials.find((candidate) => candidate.key === key);
  if (material) return ok(material);
  return refused(404, {
    code: 'no_such_material',
    message: '本次申报不收这种材料。',
    where: key,
    remedy: '请刷新页面。',
  });
}

/** The material, if this person may attach a file to it at this instant, in this row where it is asked for per row. */
export async function mayAttachAt(
  trx: Trx,
  context: Context,
  by: By,
  place: { applicationId: string; material: string; row?: string },
): Promise<Result<MaterialDefinition>> {
  const attaching = await mayAttach(trx, context, by, place.applicationId);
  if (!attaching.ok) return attaching;
  const found = findMaterial(attaching.value.round, by, place.material);
  if (!found.ok) return found;
  return rowRefusal(found.value, place.row, await applicationContentOf(trx, place.applicationId)) ?? found;
}
