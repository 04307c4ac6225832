import type { Role } from '@keshen/rules';
import type { Place } from './situation.ts';

const APPLICATION: Partial<Record<Role, string>> = {
  applicant: '/app/applications/',
  organisationAdministrator: '/app/organisation/applications/',
  organisationReviewer: '/app/organisation/applications/',
  recommendingDepartment: '/app/department/applications/',
  programmeOfficer: '/app/officer/applications/',
};

/** Where somebody deals with it in their role, below this installation's address. */
export function linkFor(role: Role, place: Place): string {
  const { applicationId, roundId, organisationId } = place;
  const applications = APPLICATION[role];
  if (applicationId !== null && applications) return `${applications}${applicationId}`;
  switch (role) {
    case 'applicant':
      return roundId === null ? '/app/notices/preferences' : '/app/calls';
    case 'organisationAdministrator':
      return roundId === null ? '/app/organisation/profile' : '/app/organisation/applications';
    case 'recommendingDepartment':
      if (roundId !== null) return `/app/department/recommendations/${roundId}`;
      return organisationId === null
        ? '/app/department/organisations'
        : `/app/department/organisations/${organisationId}`;
    case 'programmeOfficer':
      return roundId === null ? '/app/officer' : `/app/officer/rounds/${roundId}`;
    default:
      return '/app/';
  }
}
