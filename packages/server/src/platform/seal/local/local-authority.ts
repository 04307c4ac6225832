import type { Clock } from '../../clock/clock.ts';
import { ok, refused, type Refused } from '../../http/result.ts';
import { subjectInWords, type SealAuthority, type SealCredential } from '../authority.ts';
import { readCertificate } from '../crypto/certificate.ts';
import type { Identity } from './issue-certificate.ts';
import { openKeystore } from './keystore.ts';
import { signDigest } from './keys.ts';
import { stamp } from './stamp.ts';

const YEAR = 365 * 24 * 3600 * 1000;

/**
 * A certification and time-stamping authority of this installation's own, for rehearsals and tests. Nobody outside trusts it and its seals
 * bind nobody: in production it refuses everything but rehearsals. Keys are made on first use in `directory`.
 */
export async function openLocalAuthority({
  directory,
  production,
  clock,
  validFor = 2 * YEAR,
}: {
  directory: string;
  production: boolean;
  clock: Clock;
  /** Milliseconds that a holder's certificate is valid from its issue. */
  validFor?: number;
}): Promise<SealAuthority> {
  const { house, holder, issue } = await openKeystore(directory);
  const identities = new Map<string, Identity>();
  const credential = (identity: Identity): SealCredential => {
    const id = readCertificate(identity.certificate).fingerprint;
    identities.set(id, identity);
    const { algorithm } = identity.key;
    const { root, issuing } = house[algorithm];
    return {
      id,
      algorithm,
      chain: [identity.certificate, issuing.certificate, root.certificate],
      status: 'usable',
    };
  };

  return {
    name: '演练印章机构',
    anchors: [
      { certificate: house['rsa-sha256'].root.certificate, rehearsal: true },
      { certificate: house['sm2-sm3'].root.certificate, rehearsal: true },
    ],
    async find(subject, algorithm, rehearsal) {
      if (production && !rehearsal) return notInProduction;
      const identity = await holder(subject, algorithm);
      if (identity) return ok(credential(identity));
      return refused(409, {
        code: 'no_seal_certificate',
        message: `${subjectInWords(subject)}还没有演练证书。`,
        remedy: '请先申领演练用的电子印章。',
      });
    },
    async issue(subject, algorithm, rehearsal) {
      if (production && !rehearsal) return notInProduction;
      const now = clock.now();
      return ok(credential(await issue(subject, algorithm, now, new Date(now.getTime() + validFor))));
    },
    async sign({ credential: { id }, digest }) {
      const identity = identities.get(id);
      if (!identity) throw new Error('a credential of another authority');
      return signDigest(identity.key, digest);
    },
    async timestamp(imprint) {
      const { timestamping, 'rsa-sha256': rsa } = house;
      return stamp(timestamping, [timestamping.certificate, rsa.root.certificate], imprint, clock.now());
    },
  };
}

const notInProduction: Refused = refused(409, {
  code: 'seal_authority_not_licensed',
  message: '演练印章机构不能为正式申报签章：它签发的印章没有法律效力。',
  remedy: '请系统管理员接入取得电子认证服务许可的机构，再为正式申报签章。',
});
