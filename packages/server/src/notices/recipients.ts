import { isOpen, READERS, type Recipient, type Role, type State } from '@keshen/rules';
import { isState } from '../applications/index.ts';
import type { Trx } from '../platform/db/schema.ts';
import type { Addressee } from './addressee.ts';
import { concernedBy } from './concerned.ts';
import type { Situation } from './situation.ts';
import { peopleIn } from './store-causes.ts';

const as = (role: Role, people: readonly string[]): Addressee[] => people.map((personId) => ({ personId, role }));

/** The people whom the table names, as they are now. A role is told only of an application that it may read, before or after the step. */
const FIND: Record<Recipient, (trx: Trx, situation: Situation) => Promise<Addressee[]>> = {
  applicant: async (_trx, { application }) =>
    application ? as('applicant', [application.applicantId, ...application.coEditorIds]) : [],
  // Of a bad attachment only once it is in their hands.
  organisationAdministrator: async (trx, { event, application, place: { organisationId } }) =>
    organisationId === null || (event.outcome === 'refused' && application && isOpen(application.state))
      ? []
      : as('organisationAdministrator', await peopleIn(trx, ['organisationAdministrator'], { organisationId })),
  organisationReviewer: async (trx, { place: { organisationId } }) =>
    organisationId === null
      ? []
      : as('organisationReviewer', await peopleIn(trx, ['organisationReviewer'], { organisationId })),
  organisationPeople: async (trx, { place: { organisationId } }) =>
    organisationId === null
      ? []
      : [
          ...as('organisationAdministrator', await peopleIn(trx, ['organisationAdministrator'], { organisationId })),
          ...as('applicant', await peopleIn(trx, ['applicant'], { organisationId })),
        ],
  recommendingDepartment: async (trx, situation) => {
    const departmentId = situation.place.departmentId ?? departmentOfHolder(situation);
    if (departmentId === undefined || !readableFor('recommendingDepartment', situation)) return [];
    return as('recommendingDepartment', await peopleIn(trx, ['recommendingDepartment'], { departmentId }));
  },
  programmeOfficer: async (trx, { place: { authorityId } }) =>
    authorityId === null ? [] : as('programmeOfficer', await peopleIn(trx, ['programmeOfficer'], { authorityId })),
  subject: async (_trx, { event, said, extension }) => {
    if (extension) return as('programmeOfficer', [extension.proposedBy]);
    return as('applicant', [event.subjectKind === 'person' ? event.subjectId : said('personId')]);
  },
  concerned: (trx, situation) => concernedBy(trx, situation),
};

/** `department:…` in an adjustment of places. */
function departmentOfHolder({ said }: Situation): string | undefined {
  const [kind, id] = said('holder').split(':');
  return kind === 'department' ? id : undefined;
}

function readableFor(role: Role, { application, said }: Situation): boolean {
  if (!application) return true;
  const passed: State[] = [said('from'), said('to')].filter(isState);
  // What is no step is told of the application as it stands.
  const states = passed.length > 0 ? passed : [application.state];
  return READERS.some(
    (reader) =>
      reader.role === role &&
      (reader.states === 'all' || states.some((state) => (reader.states as readonly State[]).includes(state))),
  );
}

/** Whom one rule of the table names, without whoever did it. */
export async function addresseesOf(
  trx: Trx,
  situation: Situation,
  recipients: readonly Recipient[],
): Promise<Addressee[]> {
  const found: Addressee[] = [];
  for (const recipient of recipients) found.push(...(await FIND[recipient](trx, situation)));
  return found.filter(({ personId }) => personId !== '' && personId !== situation.event.personId);
}
