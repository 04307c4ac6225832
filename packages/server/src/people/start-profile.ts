import { checkResidentId } from '@keshen/rules';
import type { Trx } from '../platform/db/schema.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import * as store from './store.ts';

/** An account that is handed out with an identity number: the profile begins with it, and nobody else can have the number. */
export async function startProfile(
  trx: Trx,
  { personId, idNumber, at }: { personId: string; idNumber: string; at: Date },
): Promise<Result<undefined>> {
  const checked = checkResidentId(idNumber, at.toISOString());
  if (!checked.valid) {
    return refused(422, { code: 'invalid', message: `证件号码：${checked.problem}`, where: 'idNumber' });
  }
  const data = { idType: 'residentId', idNumber: checked.normal };
  await store.putProfile(trx, personId, { revision: 1, data, savedAt: at });
  return ok(undefined);
}
