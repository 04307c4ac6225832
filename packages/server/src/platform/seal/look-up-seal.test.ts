import { expect, test } from 'vitest';
import type { SealAuthority, SealCredential, SealSubject } from './authority.ts';
import { readCertificate } from './crypto/certificate.ts';
import { openLocalAuthority } from './local/local-authority.ts';
import { lookUpSeal } from './look-up-seal.ts';
import { lead, ORDERED, rehearsalAuthority, representative, temporaryDirectory, value } from './test-bench.ts';

const directory = temporaryDirectory();
const authority = await rehearsalAuthority(directory);
const look = (at: Date, subject: SealSubject = lead, from: SealAuthority = authority) =>
  lookUpSeal(from, { subject, algorithm: 'rsa-sha256', rehearsal: true, at });
const finding = (change: Partial<SealCredential>): SealAuthority => ({
  ...authority,
  async find(...question) {
    const found = await authority.find(...question);
    return found.ok ? { ok: true, value: { ...found.value, ...change } } : found;
  },
});

test('a certificate is usable from its first to its last second, both included', async () => {
  const seal = value(await look(ORDERED));
  expect(seal).toMatchObject({
    holder: '内蒙古某某草原生态科学研究院',
    issuer: '科申演练签发机构',
    notBefore: ORDERED,
  });
  expect((await look(seal.notAfter)).ok).toBe(true);
  expect(await look(new Date(seal.notAfter.getTime() + 1))).toMatchObject({
    ok: false,
    status: 409,
    refusal: {
      code: 'seal_certificate_expired',
      message:
        '内蒙古某某草原生态科学研究院的单位公章（演练印章机构）现在不能使用：“内蒙古某某草原生态科学研究院”的证书已于2027年11月18日 10:00过期。',
      remedy: '请先向演练印章机构办理续期；续期后再签章，已经签好的不受影响。',
    },
  });
  expect(await look(new Date(ORDERED.getTime() - 1))).toMatchObject({
    ok: false,
    refusal: { code: 'seal_certificate_not_yet_valid', remedy: '请在2025年11月18日 10:00之后再签章。' },
  });
});

test('a revoked or suspended certificate is refused', async () => {
  expect(await look(ORDERED, lead, finding({ status: 'revoked' }))).toMatchObject({
    ok: false,
    refusal: { code: 'seal_certificate_revoked', message: expect.stringContaining('已被吊销，不能签章') },
  });
  expect(await look(ORDERED, lead, finding({ status: 'suspended' }))).toMatchObject({
    ok: false,
    refusal: { code: 'seal_certificate_suspended' },
  });
});

test('the seal of another organisation or person is refused, whoever hands it out', async () => {
  const { chain } = value(await authority.find(representative, 'rsa-sha256', true));
  const branch = {
    ...lead,
    organisation: { name: '内蒙古某某草原生态科学研究院呼伦贝尔分院', unifiedSocialCreditCode: 'X' },
  };
  const wrong: SealAuthority = {
    ...finding({ chain }),
    find: async () => ({ ok: true, value: { id: '', algorithm: 'rsa-sha256', chain, status: 'usable' } }),
  };
  expect(await look(ORDERED, branch, wrong)).toMatchObject({ ok: false, refusal: { code: 'seal_of_another' } });
  expect(await look(ORDERED, { ...representative, person: '乌云' }, wrong)).toMatchObject({
    ok: false,
    refusal: { code: 'seal_of_another', message: expect.stringContaining('乌云其木格') },
  });
  expect((await look(ORDERED, representative, wrong)).ok).toBe(true);
});

test('a certificate that does not lead to the roots of the authority is refused', async () => {
  const { chain } = value(await (await rehearsalAuthority(`${directory}/other`)).find(lead, 'rsa-sha256', true));
  expect(await look(ORDERED, lead, finding({ chain }))).toMatchObject({
    ok: false,
    refusal: { code: 'seal_certificate_untrusted' },
  });
});

test('who has no certificate is told to get one', async () => {
  const person = '其其格';
  expect(await look(ORDERED, { ...representative, person })).toMatchObject({
    ok: false,
    refusal: {
      code: 'no_seal_certificate',
      message: '内蒙古某某草原生态科学研究院法定代表人其其格的名章还没有演练证书。',
    },
  });
});

test('in production the local authority refuses a live round, and serves a rehearsal', async () => {
  const production = await openLocalAuthority({ directory, production: true, clock: { now: () => ORDERED } });
  for (const refused of [
    await production.find(lead, 'rsa-sha256', false),
    await production.issue(lead, 'rsa-sha256', false),
  ])
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'seal_authority_not_licensed' } });
  expect((await production.find(lead, 'rsa-sha256', true)).ok).toBe(true);
});

test('an expired certificate is followed by a new one when it is asked for, a valid one is kept', async () => {
  const first = value(await authority.issue(lead, 'rsa-sha256', true));
  expect(first.id).toBe(value(await authority.find(lead, 'rsa-sha256', true)).id);
  const now = new Date('2028-01-01T00:00:00+08:00');
  const later = await openLocalAuthority({ directory, production: false, clock: { now: () => now } });
  const second = value(await later.issue(lead, 'rsa-sha256', true));
  expect(second.id).not.toBe(first.id);
  expect(readCertificate(second.chain[0] ?? Buffer.of()).notBefore).toEqual(now);
});
