import type { MaterialDefinition } from '@keshen/rules';
import type { ReceivedFile } from '../platform/files/index.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import {
  type ClamdAddress,
  type FileType,
  inspectApart,
  type Inspection,
  isAccepted,
  isWhole,
  typeOfFile,
} from '../platform/inspection/index.ts';

export type Asked = Pick<MaterialDefinition, 'key' | 'title' | 'accept'> & { colour?: boolean };
export type Inspected = { type: FileType; pages?: number; inspection: Inspection };

/**
 * Whether a received file is what the material asks for as far as its bytes tell at a glance: what was sent, not empty, of the type it
 * must be by its content, and with an end. Takes a millisecond.
 */
export async function glance(
  file: ReceivedFile,
  material: Asked,
  announced: string | undefined,
): Promise<Result<FileType>> {
  const refuse = refusalFor(material);
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
  if (await isWhole(file.path, type.key)) return ok(type);
  return refuse(
    422,
    'not_whole',
    `“${material.title}”文件不完整或已损坏，没有结尾，没有保存。`,
    '请在本机打开确认后重新生成、重新上传。',
  );
}

/** A glance, and then all that can be found out about the file. Refuses what is not usable. */
export async function inspectFile(
  file: ReceivedFile,
  material: Asked,
  announced: string | undefined,
  clamd?: ClamdAddress,
): Promise<Result<Inspected>> {
  const type = await glance(file, material, announced);
  if (!type.ok) return type;
  const asked = { type: type.value, colour: material.colour ?? false };
  const looked = await inspectApart(file.path, asked, clamd);
  if (looked.usable) return ok({ type: type.value, ...looked });
  return refusalFor(material)(422, looked.code, `“${material.title}”${looked.reason}，没有保存。`, looked.remedy);
}

const refusalFor =
  (material: Asked) =>
  (status: number, code: string, message: string, remedy: string): Refused =>
    refused(status, { code, message, where: `materials.${material.key}`, remedy });
