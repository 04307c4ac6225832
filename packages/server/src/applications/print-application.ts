import { buffer } from 'node:stream/consumers';
import { isOpen } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { type By, eventBy } from './attempt.ts';
import type { Content } from './content.ts';
import { contentOf } from './content-of.ts';
import { opinionsOf } from './print/opinions.ts';
import { type Print, type PrintRequest, renderPrint } from './print/render-print.ts';
import { type Opened, openApplication } from './read-application.ts';
import { type SealStanding, sealStandingOf } from './sealed-print.ts';
import { readsInFull } from './shown-to.ts';
import { applicationOf, attachmentsOf, sectionsOf } from './store.ts';
import { opinionTextsOf } from './store-review-flow.ts';
import { eventsOf, frozenContentOf, type Snapshot, snapshotsOf } from './store-history.ts';

/**
 * The application as PDF. While it can still change, the present content is printed as a draft; afterwards the frozen content of the
 * last submit, so that paper, snapshot and code cannot differ; once that carries its electronic seals, the sealed file itself. Characters
 * that no font has are reported instead of printed as boxes.
 */
export async function printApplication(
  context: Context,
  by: By,
  { id, withAttachments }: { id: string; withAttachments: boolean },
): Promise<Result<Print>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const { row, round } = opened.value;
  if (!readsInFull(by.actor, row)) await logPrint(context, by, id);
  // A file that others are bound into is another file: the seals would no longer hold on it.
  const standing = withAttachments ? undefined : await sealStandingOf(context.db, row, round);
  if (standing?.print && standing.sealed) return sealedPrint(context, opened.value, standing.print, standing.sealed);
  return render(context, opened.value, {
    content: await contentToPrint(context, opened.value),
    state: row.state,
    printedAt: by.at,
    opinions: isOpen(row.state)
      ? opinionsOf([], round.compiled)
      : opinionsOf(await eventsOf(context.db, row.id), round.compiled, await opinionTextsOf(context.db, row.id)),
    ...(withAttachments && { readAttachment: ({ sha256 }) => buffer(context.files.read(sha256)) }),
  });
}

/**
 * The submitted version as it is sealed: always the same bytes, since nothing on it depends on when or by whom it is asked for.
 */
export const printToSeal = (context: Context, opened: Opened, snapshot: Snapshot): Promise<Result<Print>> => {
  const content: Content = JSON.parse(snapshot.content);
  const printedAt = snapshot.takenAt;
  return render(context, opened, {
    content,
    state: 'with_organisation',
    printedAt,
    edition: snapshot.ordinal,
    opinions: opinionsOf([], opened.round.compiled),
  });
};

type Rendering = Pick<PrintRequest, 'content' | 'state' | 'printedAt' | 'edition' | 'opinions' | 'readAttachment'>;

function render(context: Context, { row, round }: Opened, rendering: Rendering): Promise<Result<Print>> {
  const { publicUrl } = context.config;
  const { printedAt } = rendering;
  return renderPrint(context.documents, {
    ...rendering,
    linked: round.linkedAt(printedAt),
    at: { instant: printedAt.toISOString(), date: round.asOf(printedAt) },
    authorityName: row.authorityName,
    publicUrl,
    verifyUrl: ({ hash }) => {
      const rehearsal = round.mode === 'rehearsal';
      return `${publicUrl}/v/${context.signer.tokenFor({ kind: 'application', rehearsal, id: row.id, hash, call: row.callKey })}`;
    },
  });
}

async function sealedPrint(
  { files }: Context,
  { row }: Opened,
  { pages }: NonNullable<SealStanding['print']>,
  sha256: string,
): Promise<Result<Print>> {
  if (!(await files.has(sha256))) {
    return refused(409, {
      code: 'sealed_file_lost',
      message: '盖好章的申报书没有存妥，现在打不开。',
      remedy: '请联系系统管理员查看文件存储；存储恢复后即可打开，签章不受影响。',
    });
  }
  const fileName = `${row.number}-电子印章.pdf`;
  return ok({
    bytes: await buffer(files.read(sha256)),
    pages,
    sealPlaces: [],
    fileName,
    versionCode: row.versionCode ?? '',
  });
}

/** Paper shows numbers in full, so that it can be compared with what was submitted: for whoever only reviews, that is logged. */
const logPrint = ({ db, log }: Context, by: By, id: string): Promise<void> =>
  db
    .transaction()
    .execute((trx) => log(trx, { ...eventBy(by, { action: 'printApplication', applicationId: id }), outcome: 'done' }));

async function contentToPrint({ db }: Context, { row, round }: Opened): Promise<Content> {
  const [latest] = await snapshotsOf(db, row.id);
  if (latest && !isOpen(row.state)) return frozenContentOf(db, row.id);
  const application = applicationOf(await sectionsOf(db, row.id));
  return contentOf(row, round, { application, attachments: await attachmentsOf(db, row.id) });
}
