import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { ServedFile } from '../platform/files/index.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { openList } from './open-list.ts';
import { bytesOf } from './store.ts';

/** The uploaded scan of the sealed list or of the letter, for whoever may see the list. */
export async function readScan(
  context: Context,
  by: By,
  { listId, part }: { listId: string; part: 'sealedScan' | 'letter' },
): Promise<Result<ServedFile>> {
  const opened = await openList(context.db, by, listId);
  if (!opened.ok) return opened;
  const { value: list } = opened;
  const [sha256, fileName] =
    part === 'letter' ? [list.letter, list.letterName] : [list.sealedScan, list.sealedScanName];
  const stored = sha256 && (await bytesOf(context.db, sha256));
  if (!sha256 || !stored) return refused(404, { code: 'not_found', message: '扫描件还没有上传。' });
  const content = context.files.read(sha256);
  return ok({ content, bytes: stored.bytes, mediaType: 'application/pdf', fileName: fileName ?? 'scan.pdf' });
}
