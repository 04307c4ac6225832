import { grantFor, holdersFor, type Placed } from '@keshen/rules';
import type { By } from '../applications/index.ts';
import { refused, type Refused } from '../platform/http/result.ts';
import type { PaperReach, PaperSubject } from './store.ts';

/** Whose paper a person sees, from the roles that the table of rights gives it to. */
export const paperReaches = ({ actor }: By): PaperReach[] =>
  actor.grants.flatMap(({ role, organisationId, departmentId, authorityId }): PaperReach[] => {
    if (role === 'applicant' && organisationId) return [{ applicantId: actor.personId, organisationId }];
    if (role === 'organisationAdministrator' && organisationId) return [{ organisationId }];
    if (role === 'recommendingDepartment' && departmentId) return [{ departmentId }];
    return (role === 'serviceCentre' || role === 'programmeOfficer') && authorityId ? [{ authorityId }] : [];
  });

type Whose = Pick<PaperSubject, 'authorityId'> & Partial<Pick<PaperSubject, 'departmentId' | 'organisationId'>>;

const placed = ({ authorityId, departmentId, organisationId }: Whose): Placed => ({
  authorityId,
  ...(departmentId && { departmentId }),
  ...(organisationId && { organisationId }),
});

export const isAtDesk = ({ actor }: By, subject: Whose): boolean =>
  grantFor(actor, 'paper.receive', placed(subject)) !== undefined;

export const mayStart = ({ actor }: By, subject: Whose): boolean =>
  grantFor(actor, 'paper.start', placed(subject)) !== undefined;

export const readsPaper = ({ actor }: By, subject: Whose, applicantId?: string): boolean =>
  holdersFor(actor, 'paper.read', { ...placed(subject), ...(applicantId && { applicantId }) }).length > 0;

export const noSuchPaper = (): Refused =>
  refused(404, {
    code: 'not_found',
    message: '没有这份材料，或者您无权办理。',
    remedy: '请核对所扫的码，或从收件列表进入。',
  });
