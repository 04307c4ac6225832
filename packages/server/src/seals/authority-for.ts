import type { Context } from '../platform/context.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import type { SealAuthority, SealKind, SealSubject } from '../platform/seal/index.ts';

export type Mode = 'live' | 'rehearsal';

/** Who seals in a round of this mode. Refuses where no licensed authority is configured, or where its files cannot be read. */
export async function authorityFor({ seals }: Pick<Context, 'seals'>, mode: Mode): Promise<Result<SealAuthority>> {
  try {
    const authority = await seals.of(mode === 'rehearsal');
    return authority ? ok(authority) : noService();
  } catch {
    return refused(503, {
      code: 'seal_service_unusable',
      message: '电子签章服务的设置不能用：令牌或者根证书的文件读不出来。',
      remedy: '请系统管理员按《运行说明》“电子印章”核对设置。申报内容都在，恢复后再盖章。',
    });
  }
}

const noService = (): Refused =>
  refused(409, {
    code: 'seal_service_missing',
    message: '本系统还没有接入电子签章服务，不能为正式申报盖章。',
    remedy: '请系统管理员接入取得许可的电子认证机构（见《运行说明》“电子印章”）。演练不受影响。',
  });

/** A service that does not answer is no refusal: what was asked waits and is tried again. */
export const notAnswering = (name: string) => ({
  code: 'seal_service_silent',
  message: `${name}暂时没有应答。`,
  remedy: '系统会自动再试，不必重复操作；一直没有盖好的，请系统管理员查看签章服务。',
});

type Parties = { name: string; uscc: string; legalRepresentative: string };

export const subjectOf = (kind: SealKind, { name, uscc, legalRepresentative }: Parties): SealSubject => {
  const organisation = { name, unifiedSocialCreditCode: uscc };
  return kind === 'leadOrganisation' ? { kind, organisation } : { kind, organisation, person: legalRepresentative };
};
