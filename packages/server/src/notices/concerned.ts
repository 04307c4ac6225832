import { type Stage, STAGES, type State, STEPS, type Step } from '@keshen/rules';
import type { Trx } from '../platform/db/schema.ts';
import type { Addressee } from './addressee.ts';
import type { Situation } from './situation.ts';
import { peopleOfOrganisations } from './store-causes.ts';
import { applicationsReached } from './store-reminders.ts';
import { peopleOfApplications } from './waiting.ts';

const steps: readonly Step[] = STEPS;

/**
 * Whom an extension gives more time: those for whom an application that it reaches waits in this stage; for creating, everybody who might
 * apply.
 */
export async function concernedBy(trx: Trx, { round, extension }: Situation): Promise<Addressee[]> {
  if (!round || !extension) return [];
  if (extension.stage === 'create') {
    const people = await peopleOfOrganisations(trx, round.round.authorityId, {
      ...(extension.organisationId && { organisationId: extension.organisationId }),
      ...(extension.departmentId && { departmentId: extension.departmentId }),
    });
    return people.map((personId) => ({ personId, role: 'applicant' }));
  }
  const actions: readonly string[] = STAGES[extension.stage as Stage].actions;
  const states = new Set<State>(steps.filter(({ action }) => actions.includes(action)).flatMap(({ from }) => from));
  const reached = await applicationsReached(trx, extension, [...states]);
  return peopleOfApplications(trx, reached);
}
