import { dateOfInstant, type FactRow, type State } from '@keshen/rules';
import { participantsOf } from './participants.ts';
import type { Neighbour } from './store-neighbours.ts';
import { similarity } from './titles.ts';

/** What the rules call the state of an application that another one is compared with. */
const PROJECT_STATES: Record<State, string> = {
  draft: 'draft',
  with_organisation: 'submitted',
  checked_by_organisation: 'submitted',
  returned_by_organisation: 'returned',
  with_department: 'submitted',
  reviewed_by_department: 'submitted',
  returned_by_department: 'returned',
  recommended: 'submitted',
  delivered: 'submitted',
  admitted: 'submitted',
  not_admitted: 'rejected',
  not_recommended: 'rejected',
  withdrawn: 'withdrawn',
};

/** Stands where a row says nothing: a row about a person names no organisation, so that no project is counted twice. */
const NOBODY = '-';

export type Of = { roundId: string; people: readonly string[]; organisations: readonly string[] };

/**
 * Other applications as rows of `facts.projects`: one row for the principal investigator with the lead organisation, one for each
 * member and each partner that this application shares with it.
 */
export function projectRows(neighbours: readonly Neighbour[], { roundId, people, organisations }: Of): FactRow[] {
  return neighbours.flatMap((neighbour) => {
    const { title, startDate, endDate, ...taking } = participantsOf(neighbour.sections);
    const project = {
      id: neighbour.number,
      title: title || neighbour.title,
      level: 'provincial',
      programme: neighbour.programme,
      category: neighbour.category ?? 'other',
      byInvitation: false,
      state: PROJECT_STATES[neighbour.state],
      planYear: neighbour.planYear,
      appliedOn: neighbour.submittedAt ? dateOfInstant(neighbour.submittedAt.getTime()) : null,
      startDate: startDate ?? null,
      endDate: endDate ?? null,
      recommendingDepartment: neighbour.departmentName,
      thisCall: neighbour.roundId === roundId,
      topic: neighbour.topic ?? NOBODY,
    };
    const lead = taking.organisations.find(({ orgRole }) => orgRole === 'lead')?.uscc ?? neighbour.organisationUscc;
    const nobody = { personId: NOBODY, personName: NOBODY, role: NOBODY, rank: 0 };
    const noOrganisation = { uscc: NOBODY, orgRole: NOBODY };
    return [
      ...taking.people.map(({ id, name, role, rank }) => ({
        ...project,
        personId: id,
        personName: name,
        role,
        rank,
        ...(role === 'principalInvestigator' ? { uscc: lead, orgRole: 'lead' } : noOrganisation),
      })),
      ...taking.organisations
        .filter(({ orgRole }) => orgRole === 'partner')
        .map(({ uscc, orgRole }) => ({ ...project, ...nobody, uscc, orgRole })),
    ].filter((row) => people.includes(row.personId) || organisations.includes(row.uscc));
  });
}

/** Applications under the same or a similar title as rows of `facts.duplicates`. */
export function duplicateRows(
  title: string,
  neighbours: readonly Neighbour[],
  { roundId, people }: Pick<Of, 'roundId' | 'people'>,
): FactRow[] {
  return neighbours.flatMap((neighbour) => {
    const alike = similarity(title, neighbour.title);
    if (!alike) return [];
    const leader = participantsOf(neighbour.sections).people.find(({ role }) => role === 'principalInvestigator')?.id;
    return [
      {
        id: neighbour.number,
        title: neighbour.title,
        similarity: alike,
        recommendingDepartment: neighbour.departmentName,
        uscc: neighbour.organisationUscc,
        // Somebody else's identity number is not for the applicant's browser.
        personId: leader !== undefined && people.includes(leader) ? leader : NOBODY,
        planYear: neighbour.planYear,
        state: PROJECT_STATES[neighbour.state],
        thisCall: neighbour.roundId === roundId,
        funded: false,
        otherAgency: false,
      },
    ];
  });
}
