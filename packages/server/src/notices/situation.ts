import { type ApplicationRow, findApplication } from '../applications/index.ts';
import { type LoadedRound, loadRound } from '../calls/index.ts';
import { findOrganisation, type OrganisationRow } from '../organisations/index.ts';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import * as store from './store-causes.ts';

/** An event with what it touched, as that stands when people are told. */
export type Situation = {
  event: store.CauseEvent;
  /** Entries of the event's detail that are text. */
  said: (key: string) => string;
  application?: ApplicationRow;
  round?: LoadedRound;
  organisation?: Pick<OrganisationRow, 'id' | 'name' | 'departmentId' | 'authorityId'>;
  list?: NonNullable<Awaited<ReturnType<typeof store.findList>>>;
  extension?: NonNullable<Awaited<ReturnType<typeof store.findExtension>>>;
  place: Place;
};

/** Whose the notice is, for whoever may see or clear it. */
export type Place = {
  authorityId: string | null;
  roundId: string | null;
  organisationId: string | null;
  departmentId: string | null;
  applicationId: string | null;
};

export const NOWHERE: Place = {
  authorityId: null,
  roundId: null,
  organisationId: null,
  departmentId: null,
  applicationId: null,
};

/** Undefined where the thing is gone, as a cleared rehearsal is: then nobody is told. */
export async function situationOf(
  trx: Trx,
  { reference }: Pick<Context, 'reference'>,
  event: store.CauseEvent,
): Promise<Situation | undefined> {
  const said = (key: string): string => {
    const value = event.detail[key];
    return typeof value === 'string' ? value : '';
  };
  const base = { event, said, place: NOWHERE };
  const roundIn = (id: string) => loadRound({ db: trx, reference }, id);
  if (event.applicationId !== null) {
    const application = await findApplication(trx, event.applicationId);
    const round = application && (await roundIn(application.roundId));
    if (!application || !round) return undefined;
    const { id: applicationId, authorityId, roundId, organisationId, departmentId } = application;
    const place = { authorityId, roundId, organisationId, departmentId, applicationId };
    return { ...base, application, round, place };
  }
  switch (event.subjectKind) {
    case 'recommendationList': {
      const list = await store.findList(trx, event.subjectId);
      const round = list && (await roundIn(list.roundId));
      if (!list || !round) return undefined;
      const { roundId, departmentId } = list;
      return {
        ...base,
        list,
        round,
        place: { ...NOWHERE, authorityId: round.round.authorityId, roundId, departmentId },
      };
    }
    case 'organisation': {
      const organisation = await findOrganisation(trx, event.subjectId);
      if (!organisation) return undefined;
      const { id: organisationId, authorityId, departmentId } = organisation;
      return { ...base, organisation, place: { ...NOWHERE, authorityId, organisationId, departmentId } };
    }
    case 'round': {
      const round = await roundIn(event.subjectId);
      if (!round) return undefined;
      const { authorityId, id: roundId } = round.round;
      const uscc = said('uscc');
      const organisation = uscc === '' ? undefined : await store.findOrganisationByCode(trx, authorityId, uscc);
      const extension = said('extension') === '' ? undefined : await store.findExtension(trx, said('extension'));
      return {
        ...base,
        round,
        ...(organisation && { organisation }),
        ...(extension && { extension }),
        place: { ...NOWHERE, authorityId, roundId, organisationId: organisation?.id ?? null },
      };
    }
    default:
      return { ...base, place: placeOfGrant(event.detail['grant']) };
  }
}

/** An account belongs where its role is. */
function placeOfGrant(grant: unknown): Place {
  if (typeof grant !== 'object' || grant === null) return NOWHERE;
  const of = (key: string): string | null => {
    const value: unknown = Reflect.get(grant, key);
    return typeof value === 'string' ? value : null;
  };
  return {
    ...NOWHERE,
    authorityId: of('authorityId'),
    organisationId: of('organisationId'),
    departmentId: of('departmentId'),
  };
}

export const isRehearsal = (round: LoadedRound | undefined): boolean => round?.mode === 'rehearsal';
