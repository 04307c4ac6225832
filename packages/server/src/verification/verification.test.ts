import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openToken, signerWith } from '../platform/signing/index.ts';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let id: string;
const DAY = 86_400_000;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  // A rehearsal whose windows lie ten days later than the notice's.
  server.clock.advance(10 * DAY);
  const roundId = await openTestRound(server, JOURNEY_CALL, { mode: 'rehearsal', shiftMs: 10 * DAY });
  id = await journey.fill('applicant', roundId, await exampleOf('institute'));
});
afterAll(() => server.close());

const tokenFor = (hash: string) =>
  server.context.signer.tokenFor({ kind: 'application', rehearsal: true, id, hash, call: JOURNEY_CALL });
const hashes = () =>
  server.context.db
    .selectFrom('snapshot')
    .select(['hash', 'versionCode'])
    .where('applicationId', '=', id)
    .orderBy('ordinal')
    .execute();
const page = async (url: string) => {
  const { statusCode, body, headers } = await server.visitor({ url });
  expect(headers['content-type']).toContain('text/html');
  expect(body).not.toContain('<script');
  return { statusCode, body };
};

test('what was never submitted is a draft, and its title stays private', async () => {
  const { body } = await page(`/v/${tokenFor('ab'.repeat(32))}`);
  expect(body).toContain('草稿');
  expect(body).not.toContain((await journey.get('applicant', `/api/applications/${id}`)).body.title);
});

test('the version that was submitted last is current, an earlier one superseded, each by QR and by code', async () => {
  await journey.step('applicant', id, 'submit');
  const [first] = await hashes();
  const current = await page(`/v/${tokenFor(first?.hash ?? '')}`);
  expect(current.body).toContain('与系统中最近一次提交的内容一致');
  expect(current.body).toContain('演练');
  expect(current.body).toContain('没有任何效力');
  const row = (await journey.get('applicant', `/api/applications/${id}`)).body;
  expect(current.body).toContain(row.title);
  expect(current.body).toContain('待单位审核');
  for (const personal of [
    row.sections.principalInvestigator.data.name,
    row.sections.principalInvestigator.data.idNumber,
  ]) {
    expect(current.body).not.toContain(personal);
  }

  await journey.step('organisationAdministrator', id, 'returnByOrganisation', { reason: '改' });
  const returned = (await page(`/v/${tokenFor(first?.hash ?? '')}`)).body;
  expect(returned).toContain('正在修改，尚未重新提交');
  expect(returned).toContain(`href="/app/compare/${id}?from=1"`);
  const { revision, data } = row.sections.project;
  await journey.save('applicant', id, 'project', { revision, data: { ...data, keywords: '改了的关键词' } });
  await journey.step('applicant', id, 'submit');
  const [old, latest] = await hashes();
  expect((await page(`/v/${tokenFor(old?.hash ?? '')}`)).body).toContain('不是最新版本');
  const superseded = (await page(`/v?code=${old?.versionCode}`)).body;
  expect(superseded).toContain('不是最新版本');
  expect(superseded).toContain(`最新的是第2版`);
  expect(superseded).toContain(`版本码${latest?.versionCode}`);
  expect(superseded).toContain(`href="/app/compare/${id}?from=1"`);
  // The small QR at the foot of a page.
  const small = await page(`/v/${latest?.versionCode.replaceAll('-', '')}`);
  expect(small.body).toContain('与系统中最近一次提交的内容一致');
  expect(small.body).not.toContain('/app/compare/');
  expect((await page(`/v?code=${latest?.versionCode.toLowerCase()}`)).body).toContain('最新版本');
});

test('forged, foreign and unknown codes are told from each other', async () => {
  const foreign = signerWith(generateKeyPairSync('ed25519').privateKey).tokenFor({
    kind: 'list',
    rehearsal: false,
    id,
    hash: 'ab'.repeat(32),
    call: JOURNEY_CALL,
  });
  const genuine = tokenFor('ab'.repeat(32));
  const changed = genuine.slice(0, 80) + (genuine[80] === '0' ? '1' : '0') + genuine.slice(81);
  for (const token of [foreign, 'X', changed]) {
    const { statusCode, body } = await page(`/v/${token}`);
    expect([statusCode, body.includes('不是本系统的文件')]).toEqual([404, true]);
  }
  const gone = server.context.signer.tokenFor({
    kind: 'list',
    rehearsal: false,
    id,
    hash: 'ab'.repeat(32),
    call: JOURNEY_CALL,
  });
  expect((await page(`/v/${gone}`)).body).toContain('没有查到');
  expect((await page('/v?code=0000-0000-0000-0000')).body).toContain('没有查到');
  expect((await page('/v?code=ABC')).body).toContain('码不完整');
  expect((await page(`/v?code=${encodeURIComponent('<script>alert(1)</script>')}`)).body).not.toContain('alert');
});

test('without a code the page asks for one', async () => {
  const { statusCode, body } = await page('/v');
  expect(statusCode).toBe(200);
  expect(body).toContain('<label for="code">');
});

test('the public key and its fingerprint stand on the site, for whoever verifies without it', async () => {
  const { body } = await page('/verify');
  const { publicKey } = server.context.signer;
  expect(body).toContain(publicKey.split('\n')[1]);
  expect(body).toMatch(/([0-9A-F]{4} ){15}[0-9A-F]{4}/);
  const file = await server.visitor({ url: '/verify/public-key.pem' });
  expect(file.body).toBe(publicKey);
  expect(openToken(createPublicKey(file.body), tokenFor('ab'.repeat(32)))).toMatchObject({ rehearsal: true, id });
});
