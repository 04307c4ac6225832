import { grantFor, type SectionValue, type Step, stepOf } from '@keshen/rules';
import { type LoadedRound, loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { mayRead } from './access.ts';
import { admissionOf, type AdmissionResult } from './admission-result.ts';
import { attempt, type By, noSuchApplication } from './attempt.ts';
import type { Attachment } from './content.ts';
import { readsInFull, sectionInPart } from './shown-to.ts';
import { type ApplicationRow, attachmentsOf, findApplication, sectionsOf } from './store.ts';
import { eventsOf, snapshotsOf, textIn } from './store-history.ts';
import { type ApplicationSummary, openness, summaryOf } from './summary.ts';

export type ApplicationDetails = ApplicationSummary & {
  /** Whether the reader may write in it now, and if not, why. */
  editing: { open: boolean; why?: string };
  sections: Record<string, { revision: number; data: SectionValue; savedAt: string; savedByName: string }>;
  attachments: Attachment[];
  snapshots: { ordinal: number; versionCode: string; takenAt: string }[];
  returnReason?: { by: string; at: string; reason: string };
  admission?: AdmissionResult;
};

export type Opened = { row: ApplicationRow; round: LoadedRound };

/** The application, if the person may see it. Somebody else's address is answered like an unknown one, and logged. */
export const openApplication = (context: Context, by: By, id: string): Promise<Result<Opened>> =>
  attempt(context, by, { action: 'readApplication', applicationId: id }, async (trx) => {
    const row = await findApplication(trx, id);
    if (!row || !mayRead(by.actor, row)) return noSuchApplication();
    const round = await loadRound({ db: trx, reference: context.reference }, row.roundId);
    return round ? ok({ row, round }) : noSuchApplication();
  });

export async function readApplication(context: Context, by: By, id: string): Promise<Result<ApplicationDetails>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const { row, round } = opened.value;
  const { db } = context;
  const inFull = readsInFull(by.actor, row);
  const events = await eventsOf(db, id);
  const admission = admissionOf(row, events, round.compiled);
  const returned = events.findLast(({ action, outcome }) => action.startsWith('returnBy') && outcome === 'done');
  return ok({
    ...summaryOf(row, round, by.actor, by.at),
    editing: editing(row, round, by),
    sections: Object.fromEntries(
      (await sectionsOf(db, id)).map(({ section, savedAt, data, ...stored }) => [
        section,
        {
          ...stored,
          data: inFull ? data : sectionInPart(round.compiled.form, section, data),
          savedAt: savedAt.toISOString(),
        },
      ]),
    ),
    attachments: await attachmentsOf(db, id),
    snapshots: (await snapshotsOf(db, id)).map(({ ordinal, versionCode, takenAt }) => ({
      ordinal,
      versionCode,
      takenAt: takenAt.toISOString(),
    })),
    ...(admission && { admission }),
    ...(row.state.startsWith('returned_') &&
      returned && {
        returnReason: {
          by: returned.personName ?? '',
          at: returned.at.toISOString(),
          reason: textIn(returned.detail, 'reason'),
        },
      }),
  });
}

const SAVE: Step = stepOf('saveSection');

function editing(row: ApplicationRow, round: LoadedRound, by: By): ApplicationDetails['editing'] {
  if (!grantFor(by.actor, 'application.saveSection', row))
    return { open: false, why: '只有这份申报的申报人可以修改。' };
  if (!SAVE.from.includes(row.state)) return { open: false, why: '已经提交，不能再改；需要修改的，请联系审核人退回。' };
  return openness(round, row, SAVE.action, by.at);
}
