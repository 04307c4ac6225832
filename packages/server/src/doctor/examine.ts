import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { STATES, STEPS, type State, type Step } from '@keshen/rules';
import { checksumOf, listVersions, loadRound, windowVerdict } from '../calls/index.ts';
import { timeStampingOf } from '../platform/audit/time-stamping.ts';
import { verifyChains } from '../platform/audit/verify-chains.ts';
import { verifyRoots } from '../platform/audit/verify-roots.ts';
import type { Context } from '../platform/context.ts';
import { examineNotices } from '../notices/index.ts';
import { versionCode } from '../platform/signing/index.ts';
import * as store from './store.ts';

/** One thing that must hold: how many were looked at, and where it does not hold. */
export type Finding = { title: string; looked: number; faults: string[] };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const steps: readonly Step[] = STEPS;

/** Checks what must always hold, on the data as they are. Callable from any test and in production. */
export async function examine(context: Context): Promise<Finding[]> {
  return [
    await logIsWhole(context),
    await rootsHold(context),
    await versionsAreFrozen(context),
    await snapshotsAgree(context),
    await filesAreThere(context),
    await statesFollowFromTheLog(context),
    await submittedHaveTheirSnapshot(context),
    await listsAgree(context),
    await nothingOutsideOfItsWindow(context),
    await noQuotaIsExceeded(context),
    await authoritiesAreApart(context),
    { title: '通知都已生成，该发的都已发出', ...(await examineNotices(context)) },
  ];
}

async function logIsWhole({ db }: Context): Promise<Finding> {
  const { events, broken } = await verifyChains(db);
  return {
    title: '日志的每条链都没有断',
    looked: events,
    faults: broken.map(({ event }) => `事件 ${event} 与前一条接不上，或内容被改过`),
  };
}

async function rootsHold({ db, signer, config, clock }: Context): Promise<Finding> {
  const { roots, faults } = await verifyRoots(db, signer.publicKey, timeStampingOf(config, clock).readStamp);
  return {
    title: '日志与每个签过名的根一致',
    looked: roots,
    faults: faults.map(({ root, why, event }) => `根 ${root}：${why}${event ? `，从事件 ${event} 起` : ''}`),
  };
}

async function authoritiesAreApart({ db }: Context): Promise<Finding> {
  const { walled, open, passes } = await store.wallsOf(db);
  return {
    title: '各科技厅的数据在数据库里互相隔离',
    looked: walled,
    faults: [
      ...open.map((table) => `表 ${table} 没有行级隔离`),
      ...(passes ? ['系统用的数据库角色不受行级隔离约束（超级用户或 BYPASSRLS），应改用普通角色'] : []),
    ],
  };
}

async function versionsAreFrozen({ db }: Context): Promise<Finding> {
  const versions = await listVersions(db);
  const changed = versions.filter(({ checksum, compiled }) => checksumOf(compiled as never) !== checksum);
  return {
    title: '已发布的申报通知与其校验值一致',
    looked: versions.length,
    faults: changed.map(({ callKey, checksum }) => `${callKey} 的版本 ${checksum} 内容被改过`),
  };
}

async function snapshotsAgree({ db }: Context): Promise<Finding> {
  const snapshots = await store.allSnapshots(db);
  const wrong = snapshots.filter(
    (one) => sha256(one.content) !== one.hash || versionCode(one.hash) !== one.versionCode,
  );
  return {
    title: '冻结的内容、校验值、版本码三者一致',
    looked: snapshots.length,
    faults: wrong.map(({ id, versionCode: code }) => `快照 ${id}（${code}）`),
  };
}

async function filesAreThere({ db, files }: Context): Promise<Finding> {
  const known = await store.allFiles(db);
  const faults: string[] = [];
  for (const { sha256: wanted } of known) {
    if (!(await files.has(wanted))) faults.push(`文件 ${wanted} 不见了`);
    else if ((await hashOfFile(files.read(wanted))) !== wanted) faults.push(`文件 ${wanted} 的内容变了`);
  }
  return { title: '收下的附件都在，内容没有变', looked: known.length, faults };
}

async function hashOfFile(source: NodeJS.ReadableStream): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(source, hash);
  return hash.digest('hex');
}

async function statesFollowFromTheLog({ db }: Context): Promise<Finding> {
  const reached = new Map<string, State>();
  for (const { applicationId, action } of await store.applicationActions(db)) {
    const to = steps.find((step) => step.action === action)?.to;
    if (applicationId && to) reached.set(applicationId, to);
  }
  const applications = await store.allApplications(db);
  const label = (state: State | undefined): string => (state ? STATES[state].label : '没有记录');
  return {
    title: '每份申报的状态都由日志走到',
    looked: applications.length,
    faults: applications
      .filter(({ id, state }) => reached.get(id) !== state)
      .map(({ id, number, state }) => `${number} 现为“${label(state)}”，日志走到“${label(reached.get(id))}”`),
  };
}

async function submittedHaveTheirSnapshot({ db }: Context): Promise<Finding> {
  const codes = new Set((await store.allSnapshots(db)).map((one) => `${one.applicationId} ${one.versionCode}`));
  const applications = (await store.allApplications(db)).filter(({ versionCode: code }) => code !== null);
  return {
    title: '提交过的申报都有当时的快照',
    looked: applications.length,
    faults: applications
      .filter(({ id, versionCode: code }) => !codes.has(`${id} ${code}`))
      .map(({ number, versionCode: code }) => `${number} 的版本 ${code} 没有快照`),
  };
}

async function listsAgree({ db }: Context): Promise<Finding> {
  const stale = await store.staleEntries(db);
  return {
    title: '有效清单上的版本就是申报现在的版本',
    looked: await store.countEntries(db),
    faults: stale.map(({ code, number }) => `清单 ${code} 上的 ${number} 已有变化，清单却没有失效`),
  };
}

async function nothingOutsideOfItsWindow(context: Context): Promise<Finding> {
  const taken = (await store.liveSteps(context.db)).filter(({ action }) =>
    steps.some((step) => step.action === action && step.checks.includes('window')),
  );
  const faults: string[] = [];
  for (const { action, at, number, roundId, ...application } of taken) {
    const round = await loadRound(context, roundId);
    if (round && !windowVerdict(round, action, at, application).ok)
      faults.push(`${number} 的 ${action} 于 ${at.toISOString()} 被接受`);
  }
  return { title: '正式申报中没有接受过窗口之外的操作', looked: taken.length, faults };
}

async function noQuotaIsExceeded({ db }: Context): Promise<Finding> {
  const counters = await store.countedPlaces(db);
  const wrong = counters.filter(({ granted, adjusted, taken, held }) => taken !== held || taken > granted + adjusted);
  return {
    title: '没有名额被超用，计数与占用的一致',
    looked: counters.length,
    faults: wrong.map(
      ({ quota, holder, granted, adjusted, taken, held }) =>
        `${quota}（${holder}）共${granted + adjusted}项，计数${taken}，实际占用${held}`,
    ),
  };
}
