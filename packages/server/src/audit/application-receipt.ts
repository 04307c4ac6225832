import { type By, openApplication } from '../applications/index.ts';
import { issueReceipt } from '../platform/audit/receipt.ts';
import type { Receipt } from '../platform/audit/receipt-format.ts';
import { lastDone } from '../platform/audit/store-receipts.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { labelOf } from './words.ts';

/** The steps of an application that somebody may want to prove later. */
export const RECEIPT_ACTIONS = ['submit', 'forward', 'recommend', 'deliver'] as const;
export type ReceiptAction = (typeof RECEIPT_ACTIONS)[number];

/** A receipt for the last time one of the steps was taken, for everybody who may read the application. */
export async function applicationReceipt(
  context: Context,
  by: By,
  { id, action }: { id: string; action?: ReceiptAction },
): Promise<Result<{ receipt: Receipt; fileName: string }>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const { row } = opened.value;
  const event = await lastDone(context.db, id, action ? [action] : RECEIPT_ACTIONS);
  if (!event) {
    return refused(404, {
      code: 'nothing_to_receipt',
      message: action ? `这份申报还没有“${labelOf(action)}”过。` : '这份申报还没有提交过，没有可以出具回执的操作。',
      remedy: '请在提交、送审或推荐之后再下载回执。',
    });
  }
  const { versionCode } = event.detail;
  const about = {
    installation: context.config.publicUrl,
    number: row.number,
    step: labelOf(event.action),
    ...(typeof versionCode === 'string' && { versionCode }),
  };
  const receipt = await issueReceipt(context, event, about, by.at);
  return ok({ receipt, fileName: `${row.number}-${labelOf(event.action)}-回执.json` });
}
