import { dateOfInstant, officialDate, PAPER_STARTS, parseDate } from '@keshen/rules';
import { attempt, type By, eventBy } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { dutiesNow } from './read-paper.ts';
import { mayStart, noSuchPaper } from './scope.ts';
import { findApplicationSubject, setStart } from './store.ts';

export type Start = { applicationId: string; paper: string; startedOn: string };

/** The day from which the period of a paper runs, as the science department says it: 实施方案论证通过 (XJ-2.4b), 立项通知 (JS-3.2c). */
export const registerStart = (
  context: Context,
  by: By,
  { applicationId, paper: key, startedOn }: Start,
): Promise<Result<undefined>> =>
  attempt(context, by, { action: 'startPaper', applicationId }, async (trx) => {
    const subject = await findApplicationSubject(trx, applicationId);
    if (!subject || !mayStart(by, subject)) return noSuchPaper();
    const { round, duties } = await dutiesNow(context, trx, subject, by.at);
    const duty = duties.find(({ paper }) => paper.key === key);
    const startsAt = duty?.paper.startsAt;
    if (!duty || !startsAt) {
      return refused(422, { code: 'no_start', message: '这种材料的时限不是从某一天起算的。', where: 'paper' });
    }
    if (!duty.online) {
      return refused(409, {
        code: 'too_early',
        message: '这份申报还没有报送科技厅，不能登记。',
        remedy: '请在报送以后登记。',
      });
    }
    const day = parseDate(startedOn);
    if (day === undefined || startedOn > dateOfInstant(by.at.getTime())) {
      return refused(422, {
        code: 'bad_date',
        message: day === undefined ? '日期写得不对。' : `${officialDate(day)}还没有到。`,
        where: 'startedOn',
        remedy: `请填${PAPER_STARTS[startsAt]}的日期，例如 ${round.asOf(by.at)}。`,
      });
    }
    await setStart(trx, { applicationId, paper: key, startedOn, registeredBy: by.actor.personId, registeredAt: by.at });
    await context.log(trx, {
      ...eventBy(by, { action: 'startPaper', applicationId }, 'programmeOfficer'),
      outcome: 'done',
      detail: { paper: key, startedOn, ...(duty.startedOn && { before: duty.startedOn }) },
    });
    return ok(undefined);
  });
