import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { ServedFile } from '../platform/files/index.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { renderList } from './list-document.ts';
import { listWorkbook } from './list-workbook.ts';
import { openList } from './open-list.ts';
import type { ListRow } from './store.ts';

/** The list as PDF, for its department, and once delivered for the programme officers. */
export async function printList(context: Context, by: By, id: string): Promise<Result<ServedFile>> {
  const opened = await openList(context.db, by, id);
  if (!opened.ok) return opened;
  const printed = await renderList(context, opened.value);
  if (!printed.ok) return printed;
  const { bytes } = printed.value;
  return ok({
    content: bytes,
    bytes: bytes.length,
    mediaType: 'application/pdf',
    fileName: nameOf(opened.value, 'pdf'),
  });
}

/** The same list as an Excel workbook. */
export async function exportListWorkbook(context: Context, by: By, id: string): Promise<Result<ServedFile>> {
  const opened = await openList(context.db, by, id);
  if (!opened.ok) return opened;
  const content = await listWorkbook(context, opened.value);
  return ok({
    content,
    bytes: content.length,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    fileName: nameOf(opened.value, 'xlsx'),
  });
}

const nameOf = ({ content, code }: ListRow, extension: string): string =>
  `${content.title}-${content.department}-${code}.${extension}`;
