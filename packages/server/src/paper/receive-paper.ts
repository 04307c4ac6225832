import { createHash, randomUUID } from 'node:crypto';
import { judgeDelivery, officialInstant, type Paper } from '@keshen/rules';
import { attempt, type By, eventBy } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { readCode } from './read-code.ts';
import { dutiesNow } from './read-paper.ts';
import { isAtDesk, noSuchPaper } from './scope.ts';
import { type DeliveryRow, findDelivery, insertDelivery, lockSubject } from './store.ts';
import { inWordsOf, sealsOf } from './words.ts';

/** Paper brought to the desk. `receivedAt`: when it came, if it is registered later. `seals`: those that stand on it. */
export type Bringing = {
  code: string;
  paper: string;
  by: Paper['from'];
  broughtBy: string;
  copies: number;
  seals: string[];
  receivedAt?: Date;
};

/** What is registered later must have come within these days. */
const LATEST_DAYS = 7;

/**
 * Registers what is brought: taken, taken as incomplete or late, or refused, each with the instant of receipt and a receipt. Receipt
 * counts, not the sending (JS-3.3c, SX-4.2b); who goes past the department is refused (SX-4.1c).
 */
export const receivePaper = (context: Context, by: By, bringing: Bringing): Promise<Result<DeliveryRow>> =>
  attempt(context, by, { action: 'receivePaper', subject: { kind: 'paper', id: bringing.paper } }, async (trx) => {
    const read = await readCode({ db: trx, signer: context.signer }, bringing.code);
    if (!read.ok) return read;
    const { subject, version, versionCode } = read.value;
    if (!isAtDesk(by, subject)) return noSuchPaper();
    await lockSubject(trx, subject);
    const { round, duties } = await dutiesNow(context, trx, subject, by.at);
    const duty = duties.find(({ paper }) => paper.key === bringing.paper);
    if (!duty) return notAsked(round.compiled.title);
    const receivedAt = bringing.receivedAt ?? by.at;
    const implausible = implausibleReceipt(receivedAt, by.at);
    if (implausible) return implausible;

    const { words } = round.compiled;
    const missing = sealsOf(duty.paper, words).filter(({ key }) => !bringing.seals.includes(key));
    const verdict = judgeDelivery(duty.paper, duty.due, {
      by: bringing.by,
      receivedAt: receivedAt.getTime(),
      copies: bringing.copies,
      held: duty.held,
      version,
      online: duty.online,
      sealsMissing: missing.map(({ label }) => label),
    });
    const told = inWordsOf(`${verdict.text}${verdict.remedy ?? ''}`, words);
    const id = randomUUID();
    const statement = [
      id,
      subject.number,
      duty.paper.key,
      bringing.copies,
      verdict.outcome,
      receivedAt.toISOString(),
    ].join(' ');
    await insertDelivery(trx, {
      id,
      roundId: subject.roundId,
      paper: duty.paper.key,
      applicationId: subject.kind === 'application' ? subject.id : null,
      listId: subject.kind === 'list' ? subject.id : null,
      copies: bringing.copies,
      versionCode,
      by: bringing.by,
      broughtBy: bringing.broughtBy.trim(),
      receivedAt,
      outcome: verdict.outcome,
      told,
      statement,
      hash: createHash('sha256').update(statement).digest('hex'),
      registeredBy: by.actor.personId,
      registeredAt: by.at,
    });
    const of =
      subject.kind === 'application'
        ? { applicationId: subject.id }
        : { subject: { kind: 'recommendationList', id: subject.id } };
    await context.log(trx, {
      ...eventBy(by, { action: 'receivePaper', ...of }, 'serviceCentre'),
      outcome: 'done',
      detail: {
        delivery: id,
        paper: duty.paper.key,
        copies: bringing.copies,
        result: verdict.outcome,
        receivedAt: receivedAt.toISOString(),
        told,
      },
    });
    const row = await findDelivery(trx, id);
    return row ? ok(row) : noSuchPaper();
  });

const notAsked = (call: string) =>
  refused(422, {
    code: 'paper_not_asked',
    message: `${call}没有要求这一份交这种纸质材料。`,
    where: 'paper',
    remedy: '请核对所扫的码和材料的种类。',
  });

function implausibleReceipt(receivedAt: Date, now: Date) {
  const days = (now.getTime() - receivedAt.getTime()) / 86_400_000;
  if (days >= 0 && days <= LATEST_DAYS) return undefined;
  return refused(422, {
    code: 'bad_receipt_time',
    message:
      days < 0
        ? `收到时刻${officialInstant(receivedAt.getTime())}还没有到。`
        : `补登记的收到时刻不能早于${LATEST_DAYS}天前。`,
    where: 'receivedAt',
    remedy: '请按实际收到的时刻填写。',
  });
}
