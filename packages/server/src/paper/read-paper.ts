import { type By, openApplication } from '../applications/index.ts';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import type { Db } from '../platform/db/schema.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { dutiesOf, type Duty } from './duties.ts';
import { type OnPaper, readCode } from './read-code.ts';
import { isAtDesk, noSuchPaper } from './scope.ts';
import { deliveriesOf, findApplicationSubject, type PaperSubject, startsOfRound } from './store.ts';
import { type DutyView, dutyView, subjectView } from './view.ts';

type Scanned = ReturnType<typeof subjectView> & { version: OnPaper['version']; scanned: string; duties: DutyView[] };

/** What the code on a paper stands for, and which papers of it are still to come; for the desk. */
export async function readScanned(context: Context, by: By, code: string): Promise<Result<Scanned>> {
  const read = await readCode(context, code);
  if (!read.ok) return read;
  const { subject, version, versionCode } = read.value;
  if (!isAtDesk(by, subject)) return noSuchPaper();
  const { round, duties } = await dutiesNow(context, context.db, subject, by.at);
  return ok({
    ...subjectView(subject),
    version,
    scanned: versionCode,
    duties: duties.map((duty) => dutyView(duty, round)),
  });
}

/** The papers of one application, for whoever may read it. Without a submitted version nothing is due yet. */
export async function readApplicationPaper(
  context: Context,
  by: By,
  applicationId: string,
): Promise<Result<{ items: DutyView[] }>> {
  const opened = await openApplication(context, by, applicationId);
  if (!opened.ok) return opened;
  const subject = await findApplicationSubject(context.db, applicationId);
  if (!subject) return ok({ items: [] });
  const { round, duties } = await dutiesNow(context, context.db, subject, by.at);
  return ok({ items: duties.map((duty) => dutyView(duty, round)) });
}

/** How the papers of one application or list stand at a moment. */
export async function dutiesNow({ reference }: Pick<Context, 'reference'>, db: Db, subject: PaperSubject, at: Date) {
  const round = await loadRound({ db, reference }, subject.roundId);
  if (!round) throw new Error(`${subject.kind} ${subject.id} has no round`);
  const deliveries = await deliveriesOf(db, subject);
  const starts = await startsOfRound(db, subject.roundId);
  const duties: Duty[] = dutiesOf(subject, { round, at, deliveries, starts });
  return { round, duties };
}
