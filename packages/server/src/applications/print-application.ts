import { isOpen } from '@keshen/rules';
import qrcode from 'qrcode';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import type { By } from './attempt.ts';
import type { Content } from './content.ts';
import { freeze } from './content.ts';
import { contentOf } from './content-of.ts';
import { opinionsOf } from './print/opinions.ts';
import { printModel } from './print/print-model.ts';
import { type Opened, openApplication } from './read-application.ts';
import { applicationOf, attachmentsOf, sectionsOf } from './store.ts';
import { eventsOf, frozenContentOf, snapshotsOf } from './store-history.ts';
import { formView } from './form-view.ts';

export type Print = { bytes: Buffer; pages: number; fileName: string; versionCode: string };

/**
 * The application as PDF. While it can still change, the present content is printed as a draft; afterwards the frozen content of the
 * last submit, so that paper, snapshot and code cannot differ. Characters that no font has are reported instead of printed as boxes.
 */
export async function printApplication(context: Context, by: By, id: string): Promise<Result<Print>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const { row, round } = opened.value;
  const content = await contentToPrint(context, opened.value);
  const { hash, versionCode: code, text } = freeze(content);

  const missing = context.documents.missingCharacters(text);
  if (missing.length > 0) {
    return refused(422, {
      code: 'missing_characters',
      message: `有${missing.length}个字打印不出来：${missing.slice(0, 20).join(' ')}。`,
      remedy: '请换用通行的写法；人名里的生僻字，请联系系统管理员加装字库。表情符号请删去。',
    });
  }

  const token = context.signer.tokenFor({
    kind: 'application',
    rehearsal: round.mode === 'rehearsal',
    id: row.id,
    hash,
  });
  const verifyUrl = `${context.config.publicUrl}/v/${token}`;
  const model = printModel({
    content,
    call: round.compiled,
    form: round.linkedAt(by.at).form,
    view: formView(round.linkedAt(by.at), content, { instant: by.at.toISOString(), date: round.asOf(by.at) }),
    state: row.state,
    code,
    verifyUrl,
    authorityName: row.authorityName,
    printedAt: by.at,
    opinions: opinionsOf(isOpen(row.state) ? [] : await eventsOf(context.db, row.id), round.compiled),
  });
  const qr = await qrcode.toString(verifyUrl, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
  const pdf = await context.documents.render({
    template: 'application',
    data: model,
    images: { 'qr.svg': qr },
    createdAt: by.at,
  });
  return ok({ ...pdf, fileName: `${row.number}-${model.mark.text}.pdf`, versionCode: code });
}

async function contentToPrint({ db }: Context, { row, round }: Opened): Promise<Content> {
  const [latest] = await snapshotsOf(db, row.id);
  if (latest && !isOpen(row.state)) return frozenContentOf(db, row.id);
  const application = applicationOf(await sectionsOf(db, row.id));
  return contentOf(row, round, { application, attachments: await attachmentsOf(db, row.id) });
}
