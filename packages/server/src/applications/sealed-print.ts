import { buffer } from 'node:stream/consumers';
import { type CompiledCall, isOpen } from '@keshen/rules';
import type { LoadedRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import type { Db } from '../platform/db/schema.ts';
import { refused, type Refused } from '../platform/http/result.ts';
import { firstProblem, SEAL_KINDS, type SealKind, verifyDocument } from '../platform/seal/index.ts';
import type { ApplicationRow } from './store.ts';
import { snapshotsOf } from './store-history.ts';
import { type SealOrderRow, sealOrdersOf, type SealPrintRow, sealPrintOf } from './store-seals.ts';

export type RequiredSeal = { kind: SealKind; title: string };

/** The electronic seals that a call asks for before the organisation forwards; none where it asks for none. */
export const requiredSeals = ({ documents }: Pick<CompiledCall, 'documents'>): RequiredSeal[] =>
  documents.sealedApplication?.sealedBefore === 'forward'
    ? documents.sealedApplication.electronicSeals.flatMap(({ key, title }) =>
        SEAL_KINDS.filter((kind) => kind === key).map((kind) => ({ kind, title })),
      )
    : [];

/** How the version that was submitted last stands with its seals. */
export type SealStanding = {
  required: RequiredSeal[];
  print: SealPrintRow | undefined;
  orders: SealOrderRow[];
  missing: RequiredSeal[];
  /** The file with all seals that the call asks for; absent while one is missing, or once they are void. */
  sealed: string | undefined;
};

export async function sealStandingOf(
  db: Db,
  row: Pick<ApplicationRow, 'id' | 'state'>,
  { compiled }: Pick<LoadedRound, 'compiled'>,
): Promise<SealStanding> {
  const required = requiredSeals(compiled);
  if (required.length === 0) return { required, print: undefined, orders: [], missing: [], sealed: undefined };
  const [latest] = await snapshotsOf(db, row.id);
  const print = latest && (await sealPrintOf(db, row.id, latest.ordinal));
  const orders = print
    ? (await sealOrdersOf(db, row.id)).filter(({ sourceSha256 }) => sourceSha256 === print.sourceSha256)
    : [];
  const stands = print !== undefined && print.voidedAt === null && !isOpen(row.state);
  const missing = required.filter(
    ({ kind }) => !stands || !orders.some((order) => order.kind === kind && order.state === 'sealed'),
  );
  return {
    required,
    print,
    orders,
    missing,
    sealed: missing.length === 0 ? (print?.sealedSha256 ?? undefined) : undefined,
  };
}

/** Why an application may not leave its organisation yet: a seal is missing, or the sealed file does not hold on a second look. */
export async function unsealed(
  { db, context, at }: { db: Db; context: Pick<Context, 'files' | 'seals'>; at: Date },
  row: ApplicationRow,
  round: LoadedRound,
): Promise<Refused | undefined> {
  const { required, missing, orders, print, sealed } = await sealStandingOf(db, row, round);
  if (required.length === 0) return undefined;
  if (missing.length > 0) {
    const under = missing.filter(({ kind }) =>
      orders.some((order) => order.kind === kind && order.state === 'requested'),
    );
    const waits = under.length === missing.length;
    return refused(409, {
      code: waits ? 'seal_under_way' : 'seal_missing',
      message: waits
        ? `${titlesOf(missing)}正在加盖，还没有盖好。`
        : `最近提交的这一版申报书还没有用电子印章加盖${titlesOf(missing)}。`,
      remedy: waits ? '请稍候，盖好后再提交。' : '请单位管理员打开“电子印章”，选定位置，预览后盖章，再提交。',
    });
  }
  if (!sealed || !(await context.files.has(sealed))) {
    return unsound('盖好章的文件没有存妥。');
  }
  const bytes = await buffer(context.files.read(sealed));
  const report = await verifyDocument(bytes, { anchors: await context.seals.anchors(), at });
  const unlike = report.signatures.find(
    ({ trust }) => trust.trusted && trust.rehearsal !== (round.mode === 'rehearsal'),
  );
  const whole = required.every(({ kind }) => report.signatures.some((one) => one.kind === kind && one.sound));
  if (report.sound && whole && !unlike && report.sourceSha256 === print?.sourceSha256) return undefined;
  return unsound(firstProblem(report) ?? (unlike ? '演练的印章不能用于正式申报。' : '它不是这一版申报书。'));
}

const unsound = (why: string): Refused =>
  refused(409, {
    code: 'seal_unsound',
    message: `盖好章的申报书没有通过核验，不能提交：${why}`,
    remedy: '请退回申报人重新提交，在新的版本上重新盖章；反复出现的，请联系系统管理员查看文件存储。',
  });

export const titlesOf = (seals: readonly RequiredSeal[]): string => seals.map(({ title }) => title).join('、');
