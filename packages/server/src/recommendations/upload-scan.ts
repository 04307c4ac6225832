import type { Readable } from 'node:stream';
import { attempt, type By, eventBy } from '../applications/index.ts';
import { loadRound, windowVerdict } from '../calls/index.ts';
import { cleanFileName } from '../materials/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, type Result } from '../platform/http/result.ts';
import type { ScanReading } from './codes-on-paper.ts';
import { renderList } from './list-document.ts';
import { matchScan, type Said } from './match-scan.ts';
import { stillWorkable } from './open-list.ts';
import { type ReceivedScan, withScan } from './receive-scan.ts';
import { findList, getList, lockList, type ListRow, setScan } from './store.ts';

export type Scan = Said & { listId: string; part: 'sealedScan' | 'letter'; name: string; content: Readable };

const TITLES = { sealedScan: '盖章清单扫描件', letter: '推荐文件扫描件' };

/** Takes the scan of the sealed list, which must be the current one and whole, or of the letter. */
export async function uploadScan(context: Context, by: By, scan: Scan): Promise<Result<ListRow>> {
  const { listId, part } = scan;
  const what = { action: 'uploadScan', subject: { kind: 'recommendationList', id: listId } };
  const allowed = await attempt(context, by, what, async (trx) => mayUpload(context, by, await findList(trx, listId)));
  if (!allowed.ok) return allowed;

  return withScan(context, { key: part, title: TITLES[part], content: scan.content }, async (received) => {
    const reading = await readScanned(context, received, allowed.value, scan);
    return attempt(context, by, what, async (trx) => {
      if (!received.ok) return received;
      if (!reading.ok) return reading;
      // It may have been voided while the scan came in.
      const list = await mayUpload(context, by, await lockList(trx, listId));
      if (!list.ok) return list;
      const { file } = received.value;
      await file.keep();
      const { sha256, bytes } = file;
      const name = cleanFileName(scan.name, `${TITLES[part]}.pdf`);
      await setScan(trx, listId, part, { sha256, bytes, name, storedAt: by.at, reading: reading.value });
      await context.log(trx, {
        ...eventBy(by, what, 'recommendingDepartment'),
        outcome: 'done',
        detail: { part, sha256, bytes, ...reading.value },
      });
      return ok(await getList(trx, listId));
    });
  });
}

/** The letter is the department's own and carries no code of ours. */
async function readScanned(
  context: Context,
  received: Result<ReceivedScan>,
  list: ListRow,
  scan: Scan,
): Promise<Result<ScanReading | undefined>> {
  if (!received.ok || scan.part === 'letter') return ok(undefined);
  const printed = await renderList(context, list);
  if (!printed.ok) return printed;
  const { pages } = printed.value;
  return matchScan(context, received.value, { ...list, kind: 'list', pages, word: '清单' }, scan);
}

/** The list's own department, while the list counts and the time for delivering is not over. */
async function mayUpload(context: Context, by: By, found: ListRow | undefined): Promise<Result<ListRow>> {
  const list = stillWorkable(by, found);
  if (!list.ok) return list;
  const round = await loadRound(context, list.value.roundId);
  if (!round) throw new Error(`list ${list.value.id} has no round`);
  const window = windowVerdict(round, 'deliver', by.at, { departmentId: list.value.departmentId });
  return window.ok ? list : window;
}
