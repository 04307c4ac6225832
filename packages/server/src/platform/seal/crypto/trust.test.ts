import { Certificate } from 'pkijs';
import { expect, test } from 'vitest';
import { issueCertificate, type CertificateRequest, type Identity } from '../local/issue-certificate.ts';
import { newLocalKey } from '../local/keys.ts';
import { readCertificate } from './certificate.ts';
import { trustOf } from './trust.ts';

const [FROM, AT, TO] = [new Date('2025-01-01'), new Date('2025-06-01'), new Date('2026-01-01')];
// SM2 keys are made fastest; what is tried here does not depend on the kind of key.
const make = (commonName: string, role: CertificateRequest['role'], issuer?: Identity, notAfter = TO): Identity => {
  const key = newLocalKey('sm2-sm3');
  return {
    key,
    certificate: issueCertificate({ subject: { commonName }, role, notBefore: FROM, notAfter }, key, issuer),
  };
};
const root = make('根', 'root');
const issuing = make('签发机构', 'issuing', root);
const trust = (
  leaf: Identity,
  others: Identity[],
  {
    at = AT,
    anchor = root,
    purpose = 'signing',
  }: { at?: Date; anchor?: Identity; purpose?: 'signing' | 'timestamping' } = {},
) =>
  trustOf(
    readCertificate(leaf.certificate),
    others.map(({ certificate }) => Certificate.fromBER(certificate)),
    [{ certificate: anchor.certificate, rehearsal: false }],
    at,
    purpose,
  );
const problem = (...question: Parameters<typeof trust>) => {
  const answer = trust(...question);
  return answer.trusted ? '' : answer.problem;
};

test('a chain leads to its root, with the authority in between found among the others', () => {
  const holder = make('某某大学', 'holder', issuing);
  expect(trust(holder, [issuing])).toEqual({ trusted: true, rehearsal: false, anchor: '根' });
  expect(trust(holder, [make('无关', 'issuing', root), issuing, root])).toMatchObject({ trusted: true });
  expect(problem(holder, [])).toContain('不在受信任的机构之列');
});

test('an authority of the same name with another key is not the same', () => {
  const holder = make('某某大学', 'holder', make('签发机构', 'issuing', make('根', 'root')));
  expect(problem(holder, [issuing])).toContain('不在受信任的机构之列');
});

test('a holder cannot issue, and an authority below the last one allowed cannot either', () => {
  const holder = make('某某大学', 'holder', issuing);
  expect(problem(make('冒名', 'holder', holder), [holder, issuing])).toContain('不在受信任的机构之列');
  const below = make('下级机构', 'issuing', issuing);
  expect(problem(make('某某大学', 'holder', below), [below, issuing])).toContain('不在受信任的机构之列');
});

test('each certificate of the chain must be valid at the time', () => {
  expect(problem(make('某某大学', 'holder', issuing), [issuing], { at: new Date('2026-01-02') })).toBe(
    '“某某大学”的证书已于2026年1月1日 08:00过期',
  );
  const old = make('旧机构', 'issuing', root, new Date('2025-03-01'));
  expect(problem(make('某某大学', 'holder', old), [old])).toContain('“旧机构”的证书已于');
  const oldRoot = make('旧根', 'root', undefined, new Date('2025-03-01'));
  expect(problem(make('某某大学', 'holder', oldRoot), [], { anchor: oldRoot })).toContain('“旧根”的证书已于');
});

test('a signature certificate gives no time-stamps, an authority signs no files', () => {
  expect(problem(make('某某大学', 'holder', issuing), [issuing], { purpose: 'timestamping' })).toContain(
    '不能用于时间戳',
  );
  expect(problem(issuing, [])).toContain('不能用于签名');
  expect(trust(make('时间戳', 'timestamping', root), [], { purpose: 'timestamping' })).toMatchObject({ trusted: true });
});
