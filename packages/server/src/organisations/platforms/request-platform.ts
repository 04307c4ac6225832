import { dateOfInstant, FACT_LISTS, parseDate } from '@keshen/rules';
import { attempt, type By, eventBy } from '../../applications/index.ts';
import type { Context } from '../../platform/context.ts';
import { ok, refused, type Refused, type Result } from '../../platform/http/result.ts';
import { removeConfirmedPlatform, standsInRegister } from '../../registry/index.ts';
import { claimDocuments } from '../documents/store.ts';
import { lockOrganisation } from '../store.ts';
import * as store from './store.ts';

export const PLATFORM_KINDS: Readonly<Record<string, string>> = FACT_LISTS.platforms.columns.kind.options ?? {};

export type PlatformAsked = {
  organisationId: string;
  kind: string;
  name: string;
  number: string;
  confirmedByAuthority: string;
  confirmedOn: string;
  ongoingCooperation: boolean;
  documents: readonly string[];
};

/** The organisation names a platform that it hosts; it counts for bonus places once the department has confirmed it. */
export const requestPlatform = (context: Context, by: By, asked: PlatformAsked): Promise<Result<store.PlatformRow>> => {
  const { organisationId, documents, ...given } = asked;
  const what = { action: 'requestPlatform', subject: { kind: 'organisation', id: organisationId } };
  return attempt(context, by, what, async (trx) => {
    const organisation = await lockOrganisation(trx, organisationId);
    if (organisation?.state !== 'approved') {
      return refused(409, { code: 'not_approved', message: '单位注册还没有审核通过。', remedy: '请等待审核。' });
    }
    const platform = { ...given, name: given.name.trim(), confirmedByAuthority: given.confirmedByAuthority.trim() };
    const fault = findFault(platform, by.at);
    if (fault) return fault;
    if (documents.length === 0)
      return field('platformProof', '还没有上传认定文件。', '请上传认定（批准）文件的扫描件。');
    const { authorityId, uscc, departmentId } = organisation;
    if (await standsInRegister(trx, authorityId, { uscc, kind: platform.kind, name: platform.name })) {
      return refused(409, {
        code: 'in_register',
        message: `“${platform.name}”已经在平台名录里，不用再申报。`,
        where: 'name',
        remedy: '推荐时直接选用；名录有误的，请联系科技主管部门更正。',
      });
    }
    const id = await store.insertPlatform(trx, {
      ...platform,
      organisationId,
      departmentId,
      requestedBy: by.actor.personId,
      requestedAt: by.at,
    });
    if (!id)
      return refused(409, {
        code: 'already_asked',
        message: `“${platform.name}”已经申报过。`,
        where: 'name',
        remedy: '请看下面的列表；在审核的可以先撤回。',
      });
    const claimed = await claimDocuments(trx, documents, { organisationId, platformId: id }, by.at);
    if (!claimed.ok) return claimed;
    await context.log(trx, {
      ...eventBy(by, what, 'organisationAdministrator'),
      outcome: 'done',
      detail: { platform: id, ...platform },
    });
    const made = await store.findPlatform(trx, id);
    if (!made) throw new Error('the platform just made is not there');
    return ok(made);
  });
};

const field = (where: string, message: string, remedy: string): Refused =>
  refused(422, { code: 'invalid', message, where, remedy });

function findFault(platform: Omit<PlatformAsked, 'organisationId' | 'documents'>, at: Date): Refused | undefined {
  if (!Object.hasOwn(PLATFORM_KINDS, platform.kind)) return field('kind', '没有这种平台。', '请从列表中选择。');
  if (!platform.name) return field('name', '没有填写平台名称。', '请按认定文件写全称。');
  if (!platform.confirmedByAuthority) return field('confirmedByAuthority', '没有填写认定部门。', '请按认定文件填写。');
  if (parseDate(platform.confirmedOn) === undefined || platform.confirmedOn > dateOfInstant(at.getTime()))
    return field('confirmedOn', '认定日期不是有效的日期，或者晚于今天。', '请按认定文件填写。');
  return undefined;
}

/** Takes back what is not decided, or gives up a confirmed platform that the organisation no longer hosts. */
export const withdrawPlatform = (
  context: Context,
  by: By,
  { organisationId, id }: { organisationId: string; id: string },
): Promise<Result<undefined>> => {
  const what = { action: 'withdrawPlatform', subject: { kind: 'organisation', id: organisationId } };
  return attempt(context, by, what, async (trx) => {
    const platform = await store.lockPlatform(trx, id);
    if (platform?.organisationId !== organisationId) return noSuchPlatform();
    if (platform.decision === 'declined' || platform.decision === 'withdrawn') return alreadyDecided(platform.decision);
    await removeConfirmedPlatform(trx, id);
    await store.decidePlatform(trx, id, {
      decision: 'withdrawn',
      decisionNote: null,
      decidedBy: by.actor.personId,
      decidedAt: by.at,
    });
    await context.log(trx, {
      ...eventBy(by, what, 'organisationAdministrator'),
      outcome: 'done',
      detail: { platform: id, name: platform.name, before: platform.decision ?? 'open' },
    });
    return ok(undefined);
  });
};

export const noSuchPlatform = () => refused(404, { code: 'not_found', message: '没有这个平台，或者它不归您办理。' });

const DECIDED = { confirmed: '已经确认', declined: '没有通过确认', withdrawn: '已经撤回' };
export const alreadyDecided = (decision: keyof typeof DECIDED) =>
  refused(409, {
    code: 'already_decided',
    message: `这个平台${DECIDED[decision]}。`,
    remedy: '请刷新页面查看最新状态。',
  });
