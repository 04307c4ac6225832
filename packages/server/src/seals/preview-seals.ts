import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type By, openApplication, sealPrintOf, snapshotsOf } from '../applications/index.ts';
import { findOrganisation } from '../organisations/index.ts';
import type { Context } from '../platform/context.ts';
import type { ServedFile } from '../platform/files/index.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { runTool } from '../platform/inspection/index.ts';
import { previewSeals, type SealKind } from '../platform/seal/index.ts';
import { subjectOf } from './authority-for.ts';
import { maySeal } from './may-seal.ts';

const DPI = 110;

/** A page of the print as a picture with the seals of these places drawn on it; nothing is signed. */
export async function previewSealed(
  context: Context,
  by: By,
  { applicationId, page, places }: { applicationId: string; page: number; places: readonly number[] },
): Promise<Result<ServedFile>> {
  const opened = await openApplication(context, by, applicationId);
  if (!opened.ok) return opened;
  const { row } = opened.value;
  const allowed = maySeal(by, opened.value);
  if (!allowed.ok) return allowed;
  const [latest] = await snapshotsOf(context.db, row.id);
  const print = latest && (await sealPrintOf(context.db, row.id, latest.ordinal));
  const organisation = await findOrganisation(context.db, row.organisationId);
  if (!print || !organisation || page > print.pages) return noPreview('这一页没有。');
  const rehearsal = row.mode === 'rehearsal';
  const seals = places.flatMap((index) => {
    const place = print.places[index];
    return place?.page === page
      ? [{ place, rehearsal, subject: subjectOf(place.kind satisfies SealKind, organisation) }]
      : [];
  });
  const source = await buffer(context.files.read(print.sourceSha256));
  const drawn = await previewSeals(source, seals);
  return drawn.ok ? draw(drawn.value, page) : drawn;
}

async function draw(bytes: Buffer, page: number): Promise<Result<ServedFile>> {
  const folder = await mkdtemp(join(tmpdir(), 'keshen-seal-preview-'));
  try {
    const path = join(folder, 'preview.pdf');
    await writeFile(path, bytes, { mode: 0o600 });
    const pages = ['-f', String(page), '-l', String(page)];
    const run = await runTool('pdftoppm', ['-jpeg', '-jpegopt', 'quality=85', '-r', String(DPI), ...pages, path], {
      outputBytes: 20 * 1024 * 1024,
    });
    if (run.ended === 'missing') return noPreview('服务器没有安装 poppler-utils，不能在页内预览。', 501);
    if (run.ended !== 'well' || run.stdout.length === 0) return noPreview('这一页画不出来。');
    return ok({
      content: run.stdout,
      bytes: run.stdout.length,
      mediaType: 'image/jpeg',
      fileName: `预览-第${page}页.jpg`,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const noPreview = (message: string, status = 404) =>
  refused(status, { code: 'no_preview', message, remedy: '可以先打印申报书查看盖章页，再选定位置盖章。' });
