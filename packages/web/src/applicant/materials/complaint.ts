import type { MaterialDefinition } from '@keshen/rules';
import type { Refusal } from '../../api/types.ts';
import { formatBytes } from '../../text/bytes.ts';

/** `pdf` → `.pdf` */
export const endings = (accept: readonly string[]): string[] => accept.map((kind) => `.${kind.toLowerCase()}`);

/** What is plainly wrong with a file before a byte of it is sent. The server looks into it on arrival. */
export function complaintOf(file: { name: string; size: number }, material: MaterialDefinition): Refusal | undefined {
  const allowed = endings(material.accept);
  if (!allowed.some((ending) => file.name.toLowerCase().endsWith(ending)))
    return {
      code: 'wrong_type',
      message: `“${file.name}”不是 ${material.accept.map((kind) => kind.toUpperCase()).join('、')} 文件`,
      remedy: '请转成要求的格式后再上传；改扩展名没有用，系统会看文件内容。',
    };
  if (file.size === 0)
    return { code: 'empty', message: `“${file.name}”是空文件`, remedy: '请确认文件能打开后再上传。' };
  if (file.size > material.maxBytes)
    return {
      code: 'too_large',
      message: `“${file.name}”有 ${formatBytes(file.size)}，超过 ${formatBytes(material.maxBytes)} 的上限`,
      remedy: '请降低扫描分辨率，或分成几个文件上传。',
    };
  return undefined;
}
