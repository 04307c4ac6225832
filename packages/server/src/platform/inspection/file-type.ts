import { readEnds } from './file-ends.ts';

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

/** What a file is by its first bytes, whatever its name says; undefined when it is none of the known types. */
export async function typeOfFile(path: string): Promise<FileType | undefined> {
  const { head } = await readEnds(path);
  const found = TYPES.find(({ key, starts }) => {
    const at = head.indexOf(starts);
    return key === 'pdf' ? at >= 0 : at === 0;
  });
  return found && { key: found.key, name: found.name, mediaType: found.mediaType };
}

const ACCEPTED_AS: Record<string, string> = { jpeg: 'jpg', docx: 'zip', xlsx: 'zip' };

/** Whether a material that accepts these extensions (`pdf`, `jpg`, …) accepts this type. */
export const isAccepted = (type: FileType, accept: readonly string[]): boolean =>
  accept.some((wanted) => (ACCEPTED_AS[bare(wanted)] ?? bare(wanted)) === type.key);

const bare = (wanted: string) => wanted.toLowerCase().replace(/^.*[./]/, '');
