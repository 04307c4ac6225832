import type { Readable } from 'node:stream';
import { attempt, type By, eventBy } from '../applications/index.ts';
import { loadRound, windowVerdict } from '../calls/index.ts';
import { cleanFileName } from '../materials/index.ts';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import type { ServedFile } from '../platform/files/index.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { departmentIn, noSuchRound } from './department-of.ts';
import { matchScan, type Said } from './match-scan.ts';
import { renderPledge } from './print-pledge.ts';
import { withScan } from './receive-scan.ts';
import { bytesOf, listsOf } from './store.ts';
import { findPledge, pledgeOf, type PledgeRow, setPledgeScan } from './store-pledges.ts';

export type PledgeScan = Said & { roundId: string; name: string; content: Readable };

const TITLE = '承诺书扫描件';

/** Takes the scan of the signed and sealed pledge, which must be the one that the department printed. */
export async function uploadPledge(context: Context, by: By, scan: PledgeScan): Promise<Result<PledgeRow>> {
  const what = { action: 'uploadPledge', subject: { kind: 'round', id: scan.roundId } };
  const allowed = await attempt(context, by, what, async (trx) => mayUpload(context, trx, by, scan.roundId));
  if (!allowed.ok) return allowed;
  const pledge = allowed.value;
  return withScan(context, { key: 'pledge', title: TITLE, content: scan.content }, async (received) => {
    const { pages } = await renderPledge(context, pledge);
    const paper = { ...pledge, kind: 'pledge' as const, pages, word: '承诺书' };
    const reading = received.ok ? await matchScan(context, received.value, paper, scan) : received;
    return attempt(context, by, what, async (trx) => {
      if (!received.ok) return received;
      if (!reading.ok) return reading;
      const again = await mayUpload(context, trx, by, scan.roundId);
      if (!again.ok) return again;
      const { file } = received.value;
      await file.keep();
      const { sha256, bytes } = file;
      const name = cleanFileName(scan.name, `${TITLE}.pdf`);
      await setPledgeScan(trx, pledge.id, { sha256, bytes, name, by: by.actor.personId, at: by.at });
      await context.log(trx, {
        ...eventBy(
          by,
          { action: 'uploadPledge', subject: { kind: 'pledge', id: pledge.id } },
          'recommendingDepartment',
        ),
        outcome: 'done',
        detail: { sha256, bytes, ...reading.value },
      });
      return ok({ ...pledge, scan: sha256, scanName: name, scanAt: by.at });
    });
  });
}

async function mayUpload(context: Context, trx: Trx, by: By, roundId: string): Promise<Result<PledgeRow>> {
  const round = await loadRound({ db: trx, reference: context.reference }, roundId);
  const department = round && (await departmentIn(trx, by, round));
  if (!round || !department) return noSuchRound();
  const of = { roundId, departmentId: department.id };
  const pledge = await pledgeOf(trx, of);
  if (!pledge) {
    return refused(409, {
      code: 'pledge_not_printed',
      message: '还没有打印承诺书。',
      remedy: '请先下载打印，签字盖章后扫描上传。',
    });
  }
  if ((await listsOf(trx, of)).some(({ deliveredAt }) => deliveredAt)) {
    return refused(409, { code: 'already_delivered', message: '已经报送，承诺书不能再换。' });
  }
  const window = windowVerdict(round, 'deliver', by.at, of);
  return window.ok ? ok(pledge) : window;
}

/** The uploaded scan, for the department itself; once delivered, for the programme officers and the service centre. */
export async function readPledgeScan(context: Context, by: By, id: string): Promise<Result<ServedFile>> {
  const pledge = await findPledge(context.db, id);
  const isOurs = by.actor.grants.some(
    ({ role, departmentId }) => role === 'recommendingDepartment' && departmentId === pledge?.departmentId,
  );
  const isOfficer = by.actor.grants.some(
    ({ role, authorityId }) =>
      (role === 'programmeOfficer' || role === 'serviceCentre') && authorityId === pledge?.authorityId,
  );
  const delivered =
    pledge && isOfficer && (await listsOf(context.db, pledge)).some(({ deliveredAt }) => deliveredAt !== null);
  const stored = pledge?.scan && (isOurs || delivered) && (await bytesOf(context.db, pledge.scan));
  if (!pledge?.scan || !stored) {
    return refused(404, { code: 'not_found', message: '没有这份承诺书的扫描件，或者您无权查看。' });
  }
  const content = context.files.read(pledge.scan);
  const { bytes } = stored;
  return ok({ content, bytes, mediaType: 'application/pdf', fileName: pledge.scanName ?? '承诺书.pdf' });
}
