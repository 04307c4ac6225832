import { refused, type Refused } from '../platform/http/result.ts';

export { attempt, type By, eventBy } from '../platform/audit/attempt.ts';

/** The same answer for what does not exist and for what one may not see, so that nobody learns which it is. */
export const noSuchApplication = (): Refused =>
  refused(404, {
    code: 'not_found',
    message: '没有这份申报，或者您无权查看它。',
    remedy: '请从申报列表进入；单位或部门有变动的，请联系单位管理员。',
  });
