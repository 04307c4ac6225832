import { createHash } from 'node:crypto';
import type { Application, CellValue, MaterialFile, Materials } from '@keshen/rules';
import { canonicalJson } from '../platform/audit/canonical.ts';
import { versionCode } from '../platform/signing/index.ts';

/** An attachment as the rest of the house sees it. */
export type Attachment = {
  id: string;
  material: string;
  row?: string;
  fileName: string;
  bytes: number;
  pages?: number;
  sha256: string;
  facts: Record<string, CellValue>;
  inspection: { notes: string[] };
  storedAt: string;
};

/** What is submitted, printed and hashed: everything an applicant answers for, and nothing that changes by looking at it. */
export type Content = {
  number: string;
  callVersion: string;
  mode: 'live' | 'rehearsal';
  organisation: { uscc: string; name: string };
  department: string;
  applicant: string;
  sections: Application;
  attachments: Pick<Attachment, 'material' | 'row' | 'fileName' | 'bytes' | 'pages' | 'sha256' | 'facts'>[];
};

export type Frozen = { text: string; hash: string; versionCode: string };

/** The content as canonical text, its SHA-256 and the version code that stands on every page of its print. */
export function freeze(content: Content): Frozen {
  const text = canonicalJson(content);
  const hash = createHash('sha256').update(text).digest('hex');
  return { text, hash, versionCode: versionCode(hash) };
}

export const listedAttachments = (attachments: readonly Attachment[]): Content['attachments'] =>
  attachments.map(({ material, row, fileName, bytes, pages, sha256, facts }) => ({
    material,
    ...(row !== undefined && { row }),
    fileName,
    bytes,
    ...(pages !== undefined && { pages }),
    sha256,
    facts,
  }));

/** The attachments in the shape the rules read: by material, each with the facts given beside it. */
export function materialsOf(attachments: readonly Omit<Attachment, 'inspection' | 'storedAt'>[]): Materials {
  const materials: Record<string, MaterialFile[]> = {};
  for (const { id, material, row, fileName, bytes, facts } of attachments) {
    (materials[material] ??= []).push({ ...facts, id, fileName, bytes, ...(row !== undefined && { row }) });
  }
  return materials;
}
