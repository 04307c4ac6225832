import { open } from 'node:fs/promises';

export type FileType = { key: string; name: string; mediaType: string };

const TYPES: (FileType & { starts: Buffer })[] = [
  { key: 'pdf', name: 'PDF', mediaType: 'application/pdf', starts: Buffer.from('%PDF-') },
  { key: 'png', name: 'PNG 图片', mediaType: 'image/png', starts: Buffer.from('89504e470d0a1a0a', 'hex') },
  { key: 'jpg', name: 'JPEG 图片', mediaType: 'image/jpeg', starts: Buffer.from('ffd8ff', 'hex') },
  {
    key: 'zip',
    name: 'ZIP 压缩包或 Office 文件',
    mediaType: 'application/zip',
    starts: Buffer.from('504b0304', 'hex'),
  },
  { key: 'doc', name: '旧版 Office 文件', mediaType: 'application/msword', starts: Buffer.from('d0cf11e0', 'hex') },
];

/** PDF readers accept a header within the first 1024 bytes (ISO 32000-1, implementation note 13). */
const HEAD_BYTES = 1024;

/** What a file is by its first bytes, whatever its name says; undefined when it is none of the known types. */
export async function typeOfFile(path: string): Promise<FileType | undefined> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    const found = TYPES.find(({ key, starts }) => {
      const at = head.subarray(0, bytesRead).indexOf(starts);
      return key === 'pdf' ? at >= 0 : at === 0;
    });
    return found && { key: found.key, name: found.name, mediaType: found.mediaType };
  } finally {
    await file.close();
  }
}

const ACCEPTED_AS: Record<string, string> = { jpeg: 'jpg', docx: 'zip', xlsx: 'zip' };

/** Whether a material that accepts these extensions (`pdf`, `jpg`, …) accepts this type. */
export const isAccepted = (type: FileType, accept: readonly string[]): boolean =>
  accept.some((wanted) => (ACCEPTED_AS[bare(wanted)] ?? bare(wanted)) === type.key);

const bare = (wanted: string) => wanted.toLowerCase().replace(/^.*[./]/, '');
