import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { factsFor, importRegister } from '../../registry/index.ts';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../../testing/journey.ts';
import { openTestRound } from '../../testing/rounds.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';
import { masterKey, rotateKeys } from './index.ts';

const ID = '210102197001010018';
const master = masterKey(randomBytes(32));
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW, keys: { master, refreshMs: 20 } });
  await bringRegistersUpToDate(server);
});
afterAll(() => server.close());

test('everything is sealed anew under a new key while people write, and nothing is lost', async () => {
  const { recommend, fill, get, save } = journeyOf(server);
  const roundId = await openTestRound(server, JOURNEY_CALL);
  const frozen = await recommend(roundId, await exampleOf('university'));
  const draft = await fill('otherApplicant', roundId, await exampleOf('enterprise'));
  const { authorityId } = server.house;
  const at = server.clock.now();
  const row = { id: 'P1', title: '项目', personId: ID, state: 'ongoing', role: 'principalInvestigator' };
  await importRegister(server.context, { register: 'projects', authorityId, asOf: '2025-11-01', content: [row], at });
  const before = await Promise.all([
    get('applicant', `/api/applications/${frozen}`),
    get('otherApplicant', `/api/applications/${draft}`),
  ]);

  const phone = (number: number) => ({ phone: `1380000${String(number).padStart(4, '0')}` });
  const { sections } = before[1].body;
  const [rotated, revision] = await Promise.all([
    rotateKeys(server.context.db, master, 150),
    (async () => {
      let { revision: last } = sections.principalInvestigator;
      for (let number = 0; number < 40; number += 1) {
        const saved = await save('otherApplicant', draft, 'principalInvestigator', {
          revision: last,
          data: { ...sections.principalInvestigator.data, ...phone(number) },
        });
        expect(saved.status).toBe(200);
        last = saved.body.revision;
      }
      return last;
    })(),
  ]);
  expect(rotated.map(({ name, changed }) => [name, changed > 0])).toContainEqual(['提交的版本', true]);

  const after = await Promise.all([
    get('applicant', `/api/applications/${frozen}`),
    get('otherApplicant', `/api/applications/${draft}`),
  ]);
  expect(after[0].body.sections).toEqual(before[0].body.sections);
  expect(after[1].body.sections.principalInvestigator).toMatchObject({ revision, data: phone(39) });

  const { rows } = await sql<{ id: string }>`
    select distinct (regexp_matches(data::text, 'k1\\.(\\d+)\\.', 'g'))[1] as id from application_section
    union select distinct split_part(content_key, '.', 2) from snapshot
    union select distinct (regexp_matches(content::text, 'k1\\.(\\d+)\\.', 'g'))[1] from project_record`.execute(
    server.context.db,
  );
  expect(rows).toHaveLength(1);
  const { projects } = await factsFor(server.context.db, { authorityId, people: [ID], uscc: [], asOf: '2025-11-20' });
  expect(projects).toMatchObject([{ personId: ID }]);
});
