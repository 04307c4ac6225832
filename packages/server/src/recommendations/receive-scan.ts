import type { Readable } from 'node:stream';
import { inspectFile } from '../materials/index.ts';
import type { Context } from '../platform/context.ts';
import type { ReceivedFile } from '../platform/files/index.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { isUnsettled } from '../platform/inspection/index.ts';

/** A scan as it came in: usable, with its pages where they could be counted. `file` has to be kept or discarded. */
export type ReceivedScan = { file: ReceivedFile; pages?: number };

const MOST_BYTES = 50 * 1024 * 1024;

/**
 * Receives a scan and looks into it before anything else is asked: a whole PDF of at most 50 MB, without script, free of viruses. Where
 * antivirus is set up and does not answer, the scan is not taken. `use` gets the file, which is discarded afterwards unless it was kept.
 */
export async function withScan<T>(
  { files, config }: Pick<Context, 'files' | 'config'>,
  { key, title, content }: { key: string; title: string; content: Readable },
  use: (scan: Result<ReceivedScan>) => Promise<Result<T>>,
): Promise<Result<T>> {
  const reception = await files.receive(content, MOST_BYTES);
  if (!reception.ok) return use(reception.reason === 'too_large' ? tooLarge(title) : cutShort());
  const { file } = reception;
  try {
    const inspected = await inspectFile(file, { key, title, accept: ['pdf'] }, undefined, config.clamd);
    if (!inspected.ok) return await use(inspected);
    if (isUnsettled(inspected.value.inspection)) return await use(notScanned(title));
    const { pages } = inspected.value;
    return await use(ok({ file, ...(pages !== undefined && { pages }) }));
  } finally {
    await file.discard();
  }
}

const tooLarge = (title: string): Refused =>
  refused(413, { code: 'too_large', message: `${title}不能超过 50 MB。`, remedy: '请降低扫描分辨率后再上传。' });

const cutShort = (): Refused =>
  refused(400, { code: 'cut_short', message: '上传中断，文件没有收全，没有保存。', remedy: '请重新上传。' });

const notScanned = (title: string): Refused =>
  refused(503, {
    code: 'virus_scan_waiting',
    message: `${title}还没有查毒：查毒服务没有应答，没有保存。`,
    remedy: '请过几分钟重新上传；一直这样的，请联系系统管理员。',
  });
