import { type Recipient, REMINDERS, type State } from '@keshen/rules';
import type { Db } from '../platform/db/schema.ts';
import type { Addressee } from './addressee.ts';
import { peopleIn } from './store-causes.ts';
import type { WaitingApplication } from './store-reminders.ts';

/** Whoever an application in this state waits for. */
export const waitsFor = (state: State): Recipient | undefined =>
  REMINDERS.find(({ states }) => (states as readonly State[]).includes(state))?.to;

/** Everybody for whom one of the applications waits, each once. */
export async function peopleOfApplications(db: Db, applications: readonly WaitingApplication[]): Promise<Addressee[]> {
  const found = new Map<string, Addressee>();
  const lookUp = lookingUp(db);
  for (const application of applications) {
    for (const addressee of await lookUp(application)) found.set(addressee.personId, addressee);
  }
  return [...found.values()];
}

/** Finds the people of an application; those of an organisation or a department are asked for once. */
export function lookingUp(db: Db): (application: WaitingApplication) => Promise<Addressee[]> {
  const known = new Map<string, Promise<Addressee[]>>();
  const ask = (
    role: 'organisationAdministrator' | 'recommendingDepartment',
    within: { organisationId: string } | { departmentId: string },
  ): Promise<Addressee[]> => {
    const key = JSON.stringify(within);
    const people =
      known.get(key) ?? peopleIn(db, [role], within).then((ids) => ids.map((personId) => ({ personId, role })));
    known.set(key, people);
    return people;
  };
  return async ({ state, applicantId, coEditorIds, organisationId, departmentId }) => {
    switch (waitsFor(state)) {
      case 'applicant':
        return [applicantId, ...coEditorIds].map((personId) => ({ personId, role: 'applicant' as const }));
      case 'organisationAdministrator':
        return ask('organisationAdministrator', { organisationId });
      case 'recommendingDepartment':
        return ask('recommendingDepartment', { departmentId });
      default:
        return [];
    }
  };
}
