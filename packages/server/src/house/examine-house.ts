import { type By, eventBy } from '../platform/audit/attempt.ts';
import { examine } from '../doctor/index.ts';
import type { Context } from '../platform/context.ts';

/** The doctor's findings, as `keshen doctor` gives them; at most so many faults of each are shown. */
const MOST_FAULTS = 20;

export async function examineHouse(context: Context, by: By) {
  const found = await examine(context);
  const faults = found.reduce((sum, finding) => sum + finding.faults.length, 0);
  await context.db.transaction().execute((trx) =>
    context.log(trx, {
      ...eventBy(by, { action: 'examineHouse', subject: { kind: 'house', id: 'doctor' } }, 'systemAdministrator'),
      outcome: 'done',
      detail: { faults },
    }),
  );
  return {
    at: by.at.toISOString(),
    faults,
    findings: found.map(({ title, looked, faults: all }) => ({
      title,
      looked,
      faultCount: all.length,
      faults: all.slice(0, MOST_FAULTS),
    })),
  };
}
