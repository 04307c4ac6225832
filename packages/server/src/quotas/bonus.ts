import { FACT_LISTS, type Quota, type QuotaBonus } from '@keshen/rules';
import { refused, type Refused } from '../platform/http/result.ts';
import type { Candidate, Claim } from './claims.ts';

/** A platform as its register has it; `ongoing` undefined where the register does not say. */
export type Platform = { id: string; name: string; kind: string; uscc: string; confirmed: boolean; ongoing?: boolean };

/** What is known of platforms and running projects; undefined where a register does not answer. */
export type HostFacts = {
  /** The platforms of the lead organisation. */
  platforms?: readonly Platform[];
  /** Whether the lead organisation itself has a running cooperation project of the province. */
  hostOngoing?: boolean;
};

const KINDS: Readonly<Record<string, string>> = FACT_LISTS.platforms.columns.kind.options ?? {};
export const platformKind = (kind: string): string => KINDS[kind] ?? kind;

/** Why a platform gives no bonus place to its host; undefined when it gives one. */
export function whyNoBonus(bonus: QuotaBonus, platform: Platform, facts: HostFacts): string | undefined {
  const { name, kind } = platform;
  if (!bonus.platformKinds.includes(kind)) return `“${name}”是${platformKind(kind)}，不在给单独名额的平台之列`;
  if (!platform.confirmed) return `“${name}”还没有认定，没有单独名额`;
  if (bonus.voidWhileOngoing === undefined) return undefined;
  const ofPlatform = bonus.voidWhileOngoing === 'platform';
  const running = ofPlatform ? platform.ongoing : ongoingAtHost(facts);
  if (running === undefined) {
    return ofPlatform
      ? `平台名录没有写明“${name}”是否有在研的合作计划项目，核对不了`
      : '项目库和平台名录没有写明依托单位是否有在研的合作计划项目，核对不了';
  }
  if (!running) return undefined;
  return ofPlatform
    ? `“${name}”有在研的合作计划项目，不再给单独名额`
    : `“${name}”的依托单位有在研的合作计划项目，不再给单独名额`;
}

/** Known to run when any source says so; known not to only when all of them say so. */
function ongoingAtHost({ platforms, hostOngoing }: HostFacts): boolean | undefined {
  const said = [hostOngoing, ...(platforms ?? []).map(({ ongoing }) => ongoing)];
  if (said.includes(true)) return true;
  return said.includes(undefined) ? undefined : false;
}

/** The bonus counter that a platform opens for a project within a quota. */
export function bonusClaim(quota: Quota, bonus: QuotaBonus, platform: Platform, candidate: Candidate): Claim {
  const holder = bonus.per === 'platform' ? `platform:${platform.id}` : `organisation:${candidate.organisation.id}`;
  return {
    counter: `${quota.key}/${bonus.key}`,
    holder,
    granted: bonus.places,
    quota,
    bonus: { of: bonus, platformId: platform.id, platformName: platform.name },
  };
}

type Asked = {
  platformId: string;
  candidate: Candidate;
  /** The quotas that cover the project at this step. */
  quotas: readonly Quota[];
  facts: HostFacts;
  /** The platform of that id, whoever hosts it. */
  anybodys: Platform | undefined;
  clauseOf: (id: string | undefined) => { id: string; at: string };
};

/** The bonus place that was asked for, or why it cannot be had. */
export function askedBonus({ platformId, candidate, quotas, facts, anybodys, clauseOf }: Asked): Claim | Refused {
  const withBonus = quotas.filter(({ bonus }) => bonus.length > 0);
  const [quota] = withBonus;
  if (!quota) {
    return refused(422, {
      code: 'no_bonus_here',
      message: '这个项目所在的名额没有单独名额可用。',
      where: 'platform',
      remedy: '请不选平台，直接操作。',
    });
  }
  const no = (message: string) =>
    refused(422, {
      code: 'no_bonus_place',
      message: `不能使用单独名额：${message}。`,
      where: 'platform',
      remedy: '请改用其他平台的单独名额，或者不选平台，占用一般名额。',
      clause: clauseOf(quota.bonus[0]?.clauses[0]),
    });
  if (!facts.platforms) return no('平台名录没有接上，核对不了');
  const platform = facts.platforms.find(({ id }) => id === platformId);
  if (!platform && anybodys) {
    const { organisation } = candidate;
    return no(
      `“${anybodys.name}”的依托单位（统一社会信用代码${anybodys.uscc}）不是${organisation.name}（${organisation.uscc}）`,
    );
  }
  if (!platform) return no('平台名录里没有所选的平台');
  const reasons: string[] = [];
  for (const one of withBonus) {
    for (const bonus of one.bonus) {
      const why = whyNoBonus(bonus, platform, facts);
      if (why === undefined) return bonusClaim(one, bonus, platform, candidate);
      reasons.push(why);
    }
  }
  return no(reasons[0] ?? '');
}
