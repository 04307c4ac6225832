import { buffer } from 'node:stream/consumers';
import { isOpen } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import type { Result } from '../platform/http/result.ts';
import { type By, eventBy } from './attempt.ts';
import type { Content } from './content.ts';
import { contentOf } from './content-of.ts';
import { opinionsOf } from './print/opinions.ts';
import { type Print, renderPrint } from './print/render-print.ts';
import { type Opened, openApplication } from './read-application.ts';
import { readsInFull } from './shown-to.ts';
import { applicationOf, attachmentsOf, sectionsOf } from './store.ts';
import { opinionTextsOf } from './store-review-flow.ts';
import { eventsOf, frozenContentOf, snapshotsOf } from './store-history.ts';

/**
 * The application as PDF. While it can still change, the present content is printed as a draft; afterwards the frozen content of the
 * last submit, so that paper, snapshot and code cannot differ. Characters that no font has are reported instead of printed as boxes.
 */
export async function printApplication(
  context: Context,
  by: By,
  { id, withAttachments }: { id: string; withAttachments: boolean },
): Promise<Result<Print>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const { row, round } = opened.value;
  const { publicUrl } = context.config;
  if (!readsInFull(by.actor, row)) await logPrint(context, by, id);
  return renderPrint(context.documents, {
    content: await contentToPrint(context, opened.value),
    linked: round.linkedAt(by.at),
    at: { instant: by.at.toISOString(), date: round.asOf(by.at) },
    state: row.state,
    authorityName: row.authorityName,
    printedAt: by.at,
    opinions: isOpen(row.state)
      ? opinionsOf([], round.compiled)
      : opinionsOf(await eventsOf(context.db, row.id), round.compiled, await opinionTextsOf(context.db, row.id)),
    publicUrl,
    verifyUrl: ({ hash }) => {
      const rehearsal = round.mode === 'rehearsal';
      return `${publicUrl}/v/${context.signer.tokenFor({ kind: 'application', rehearsal, id: row.id, hash })}`;
    },
    ...(withAttachments && { readAttachment: ({ sha256 }) => buffer(context.files.read(sha256)) }),
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
