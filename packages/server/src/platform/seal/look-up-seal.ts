import { officialInstant } from '@keshen/rules';
import { Certificate } from 'pkijs';
import { ok, refused, type Result } from '../http/result.ts';
import {
  type SealAlgorithm,
  type SealAuthority,
  type SealCredential,
  type SealSubject,
  subjectInWords,
} from './authority.ts';
import { readCertificate, type ReadCertificate } from './crypto/certificate.ts';
import { trustOf, untimely } from './crypto/trust.ts';

/** A seal that can be used at the instant it was looked up for. */
export type UsableSeal = {
  credential: SealCredential;
  holder: string;
  issuer: string;
  notBefore: Date;
  notAfter: Date;
};

/** What a certificate says of itself. */
export type SealCertificateFacts = Pick<UsableSeal, 'holder' | 'issuer' | 'notBefore' | 'notAfter'>;

export function certificateFacts({ chain: [first] }: SealCredential): SealCertificateFacts {
  if (!first) throw new Error('the authority found a credential without a certificate');
  const { commonName: holder, issuer, notBefore, notAfter } = readCertificate(first);
  return { holder, issuer, notBefore, notAfter };
}

/**
 * The certificate with which a subject could seal at an instant. Refuses where there is none, where it is not valid yet or any more (both
 * ends belong to it), revoked or suspended, somebody else's, or does not lead to the authority's roots.
 */
export async function lookUpSeal(
  authority: SealAuthority,
  {
    subject,
    algorithm,
    rehearsal,
    at,
  }: { subject: SealSubject; algorithm: SealAlgorithm; rehearsal: boolean; at: Date },
): Promise<Result<UsableSeal>> {
  const found = await authority.find(subject, algorithm, rehearsal);
  if (!found.ok) return found;
  const credential = found.value;
  const [first, ...rest] = credential.chain;
  if (!first) throw new Error('the authority found a credential without a certificate');
  const holder = readCertificate(first);
  const whose = `${subjectInWords(subject)}（${authority.name}）`;

  const dated = untimely(holder, at);
  if (dated) {
    const expired = at > holder.notAfter;
    return refused(409, {
      code: expired ? 'seal_certificate_expired' : 'seal_certificate_not_yet_valid',
      message: `${whose}现在不能使用：${dated}。`,
      remedy: expired
        ? `请先向${authority.name}办理续期；续期后再签章，已经签好的不受影响。`
        : `请在${officialInstant(holder.notBefore.getTime())}之后再签章。`,
    });
  }
  if (credential.status !== 'usable') {
    return refused(409, {
      code: `seal_certificate_${credential.status}`,
      message: `${whose}已被${credential.status === 'revoked' ? '吊销' : '停用'}，不能签章。`,
      remedy: `请与${authority.name}联系，办理新的电子印章。`,
    });
  }
  if (!belongsTo(holder, subject)) {
    return refused(409, {
      code: 'seal_of_another',
      message: `证书的持有者是“${holder.subject.join('，')}”，与${subjectInWords(subject)}不符。`,
      remedy: '公章上的名称须与申报单位一致。单位更名的，请先更换电子印章，或更正申报书里的单位名称。',
    });
  }
  const others = rest.map((der) => Certificate.fromBER(new Uint8Array(der)));
  const trust = trustOf(holder, others, authority.anchors, at, 'signing');
  if (!trust.trusted) {
    return refused(409, {
      code: 'seal_certificate_untrusted',
      message: `${whose}未通过验证：${trust.problem}。`,
      remedy: '请系统管理员核对所配置的电子认证机构根证书。',
    });
  }
  const { commonName, issuer, notBefore, notAfter } = holder;
  return ok({ credential, holder: commonName, issuer, notBefore, notAfter });
}

/**
 * Authorities arrange the subject each in its own way (some join several things by @), so the organisation's name or code may stand in any
 * part of any field. A name must be the whole part, since a branch's name contains its parent's; a code may follow a mark of its kind.
 */
function belongsTo(holder: ReadCertificate, subject: SealSubject): boolean {
  const { name, unifiedSocialCreditCode } = subject.organisation;
  const parts = holder.subject.flatMap(partsOf);
  if (namesAnother(holder, subject)) return false;
  const code = plain(unifiedSocialCreditCode);
  const isOrganisation =
    parts.includes(plain(name)) || (code.length === 18 && parts.some((part) => part.endsWith(code)));
  return isOrganisation && (subject.kind === 'leadOrganisation' || parts.includes(plain(subject.person)));
}

/**
 * A code stays when an organisation is renamed, but a seal with its former name on an application under the present one is a seal of
 * somebody else to whoever reads it. The name stands in CN of an organisation's certificate, in O of a person's; a code alone is no name.
 */
function namesAnother(holder: ReadCertificate, { kind, organisation }: SealSubject): boolean {
  const named = kind === 'leadOrganisation' ? holder.commonName : (holder.organisation ?? '');
  const names = partsOf(named).filter((part) => /\p{Script=Han}/u.test(part));
  return names.length > 0 && !names.includes(plain(organisation.name));
}

const partsOf = (value: string): string[] => plain(value).split('@');

/** Full and half width are written for one another, brackets above all. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
