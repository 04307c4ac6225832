import type { MaterialDefinition } from '@keshen/rules';
import type { ReceivedFile } from '../platform/files/index.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { type FileType, isAccepted, typeOfFile } from './file-type.ts';
import { inspectPdf } from './inspect-pdf.ts';

export type Inspected = { type: FileType; pages?: number; notes: string[] };
type Asked = Pick<MaterialDefinition, 'key' | 'title' | 'accept'>;

/** Whether a received file is what the material asks for: whole, of the type it must be by its content, and readable. */
export async function inspectFile(
  file: ReceivedFile,
  material: Asked,
  announced: string | undefined,
): Promise<Result<Inspected>> {
  const refuse = (status: number, code: string, message: string, remedy: string): Refused =>
    refused(status, { code, message, where: `materials.${material.key}`, remedy });

  if (announced && announced.toLowerCase() !== file.sha256) {
    return refuse(422, 'hash_differs', '收到的文件与您电脑上的不一致，没有保存。', '请重新上传。');
  }
  if (file.bytes === 0) return refuse(422, 'empty_file', '文件是空的，没有保存。', '请选择正确的文件再上传。');
  const type = await typeOfFile(file.path);
  if (!type || !isAccepted(type, material.accept)) {
    const wanted = material.accept.map((one) => one.replace(/^\./, '').toUpperCase()).join('、');
    return refuse(
      415,
      'wrong_file_type',
      `“${material.title}”只收 ${wanted}，您上传的文件${type ? `实际是 ${type.name}` : `不是 ${wanted}`}（改扩展名不改变文件的类型）。`,
      `请用办公软件“另存为”或扫描成 ${wanted} 后再上传。`,
    );
  }
  if (type.key !== 'pdf') return ok({ type, notes: [] });
  const pdf = await inspectPdf(file.path);
  if (!pdf.usable) return refuse(422, 'unusable_pdf', `“${material.title}”${pdf.reason}，没有保存。`, pdf.remedy);
  return ok({ type, notes: pdf.notes, ...(pdf.pages !== undefined && { pages: pdf.pages }) });
}
