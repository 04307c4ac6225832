import { sealPending } from '../seals/index.ts';
import { exampleOf, journeyOf } from './journey.ts';
import { openTestRound, republish } from './rounds.ts';
import type { TestServer } from './server.ts';

/** The call that asks for electronic seals, and an instant within its windows. */
export const SEALED_CALL = 'neimenggu-2026-cooperation';
export const SEALING_TIME = '2025-11-05T10:00:00+08:00';

/** The call as a rehearsal without rules, quotas and review items, so that what is told here is the sealing alone. */
export async function openSealingRound(server: TestServer, mode: 'live' | 'rehearsal' = 'rehearsal'): Promise<string> {
  const roundId = await openTestRound(server, SEALED_CALL, { mode });
  await republish(server, roundId, { rules: [], quotas: [], reviewItems: [] });
  return roundId;
}

/** What people do about seals, over HTTP. */
export function sealingOf(server: TestServer) {
  const journey = journeyOf(server);
  const administrator = 'organisationAdministrator';
  const submitted = async (roundId: string): Promise<string> => {
    const id = await journey.fill('applicant', roundId, await exampleOf('institute', SEALED_CALL));
    const taken = await journey.step('applicant', id, 'submit');
    if (taken.status !== 200) throw new Error(JSON.stringify(taken.body));
    await journey.answerAll(administrator, id, 'organisation');
    return id;
  };
  const enrol = (mode = 'rehearsal') => journey.call(administrator, 'POST', '/api/organisation/seals', { mode });
  const print = (id: string) => journey.call(administrator, 'PUT', `/api/applications/${id}/seals/print`);
  const order = (id: string, body: object) =>
    journey.call(administrator, 'POST', `/api/applications/${id}/seals`, body);
  /** Orders both seals on the page with the organisation's opinion. */
  const orderBoth = async (id: string) => {
    const { source, places } = (await print(id)).body as {
      source: string;
      places: { kind: string; title: string }[];
    };
    const at = (kind: string) => places.findIndex((place) => place.kind === kind && place.title === '申报单位意见');
    return order(id, {
      source,
      places: { leadOrganisation: at('leadOrganisation'), legalRepresentative: at('legalRepresentative') },
    });
  };
  const seals = async (id: string, who: Parameters<typeof journey.get>[0] = administrator) =>
    (await journey.get(who, `/api/applications/${id}/seals`)).body;
  /** Carries out what was ordered, as the house does every second, and answers how it stands then. */
  const settled = async (id: string) => {
    await sealPending(server.context);
    return seals(id);
  };
  const forward = (id: string) => journey.step(administrator, id, 'forward');
  const download = async (id: string, who: Parameters<typeof journey.get>[0] = administrator): Promise<Buffer> =>
    (await server.as(who)({ url: `/api/applications/${id}/print.pdf` })).rawPayload;
  return { journey, submitted, enrol, print, order, orderBoth, seals, settled, forward, download };
}
