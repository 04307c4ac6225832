import type { LoadedRound } from '../calls/index.ts';
import type { OrganisationRow } from '../organisations/index.ts';
import type { By } from '../platform/audit/attempt.ts';
import type { Db } from '../platform/db/schema.ts';
import { refused, type Refused } from '../platform/http/result.ts';
import type { ConfirmedItem, Creation } from './creation.ts';
import { mechanismClause } from './mechanism-clause.ts';
import { confirmationOf } from './store-confirmations.ts';

type Asked = { round: LoadedRound; organisation: OrganisationRow; department: string; creation: Creation; by: By };

/**
 * Where a notice wants it, the organisation's name, the recommending department and the applicant's particulars are confirmed one by one
 * before an application is made. Names the first that is not. The particulars are confirmed by the organisation as well, as they are now.
 */
export async function findUnconfirmed(
  db: Db,
  { round, organisation, department, creation, by }: Asked,
): Promise<Refused | undefined> {
  const clause = mechanismClause(round, 'profile_confirmed_before_create');
  if (!clause.clause) return undefined;
  const refuse = (where: ConfirmedItem, message: string, remedy: string): Refused =>
    refused(422, { code: 'not_confirmed', message, where: `confirmed.${where}`, remedy, ...clause });
  const seen = new Set(creation.confirmed);
  if (!seen.has('organisation')) {
    return refuse(
      'organisation',
      `单位名称“${organisation.name}”还没有确认。`,
      '请核对后确认；不对的，请单位管理员更正。',
    );
  }
  if (!seen.has('department')) {
    const word = round.compiled.words.recommendingDepartment;
    return refuse(
      'department',
      `${word}“${department}”还没有确认。`,
      '请与单位科研管理部门核实；不对的，请单位管理员更正。',
    );
  }
  const { personId } = by.actor;
  const profile = await confirmationOf(db, { personId, organisationId: organisation.id });
  if (!profile) {
    return refuse(
      'applicant',
      '您还没有填写个人资料，申报人信息没有确认。',
      '请在“个人资料”里填写，由单位管理员确认后再新建。',
    );
  }
  if (profile.decision !== 'confirmed' || profile.decidedRevision !== profile.revision) {
    const changed = profile.decision === 'confirmed';
    return refuse(
      'applicant',
      changed
        ? '您的个人资料在单位确认以后改过，须由单位重新确认。'
        : profile.decision === 'returned'
          ? '您的个人资料被单位退回，申报人信息没有确认。'
          : '您的个人资料单位还没有确认。',
      changed || profile.decision === null
        ? '请联系单位管理员在“账号管理”里确认。'
        : '请按退回的理由改正，由单位重新确认。',
    );
  }
  return seen.has('applicant')
    ? undefined
    : refuse('applicant', '申报人信息还没有确认。', '请核对您的个人资料后确认。');
}
