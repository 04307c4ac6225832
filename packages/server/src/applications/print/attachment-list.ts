import { type CellValue, type LinkedCall, type MaterialDefinition, requiredMaterials, type Row } from '@keshen/rules';
import type { Content } from '../content.ts';
import { subjectOf } from '../form-view.ts';
import type { Column, FormView, LabelledValue } from './form-blocks.ts';
import { written } from './written.ts';

type Listed = Content['attachments'][number];

/** An attachment as it stands on paper. `number` counts from 1 in the order of the list. */
export type PrintedAttachment = {
  number: number;
  /** What it is, with the row of the table that it belongs to. */
  title: string;
  fileName: string;
  pages: string;
  size: string;
  /** SHA-256 in hexadecimal, in lines of 16. */
  hash: string;
  facts: LabelledValue[];
};

export function printedAttachments(
  content: Content,
  linked: LinkedCall,
  view: FormView,
  at: { instant: string; date: string },
): PrintedAttachment[] {
  const rows = new Map(
    requiredMaterials(linked, subjectOf(content, at)).map(({ key, row, rowLabel }) => [`${key}:${row}`, rowLabel]),
  );
  return inOrderOf(linked.materials, content.attachments).map((attachment, index) => {
    const material = linked.materials.find(({ key }) => key === attachment.material);
    const row = attachment.row === undefined ? undefined : rows.get(`${attachment.material}:${attachment.row}`);
    return {
      number: index + 1,
      title: [material?.title ?? attachment.material, row].filter(Boolean).join('：'),
      fileName: attachment.fileName,
      pages: attachment.pages === undefined ? '—' : String(attachment.pages),
      size: sizeOnPaper(attachment.bytes),
      // A hash has nowhere to break by itself.
      hash: attachment.sha256 === '' ? '未核对' : attachment.sha256.replace(/(.{16})(?=.)/g, '$1\n'),
      facts: material ? factsOf(material, attachment.facts, view) : [],
    };
  });
}

/** The order in which the call lists its materials; within one, as they came. */
export const inOrderOf = (materials: readonly MaterialDefinition[], attachments: readonly Listed[]): Listed[] => {
  const place = (key: string) => {
    const at = materials.findIndex((material) => material.key === key);
    return at === -1 ? materials.length : at;
  };
  return attachments.toSorted((one, other) => place(one.material) - place(other.material));
};

const factsOf = (material: MaterialDefinition, facts: Record<string, CellValue>, view: FormView): LabelledValue[] =>
  material.facts
    .filter((fact) => view.isShown(fact, facts as Row))
    .map((fact) => ({ label: fact.label, value: written(fact, facts[fact.key], view.naming), wide: true }));

const COLUMNS: Column[] = [
  { label: '序号', width: '11mm', align: 'center' },
  { label: '材料', width: '1.2fr', align: 'left' },
  { label: '文件名及说明', width: '1.8fr', align: 'left' },
  { label: '页数', width: '12mm', align: 'center' },
  { label: '大小', width: '18mm', align: 'right' },
  { label: '校验值 SHA-256', width: '27mm', align: 'left', small: true },
];

export const attachmentTable = (
  attachments: readonly PrintedAttachment[],
): { columns: Column[]; rows: string[][] } => ({
  columns: COLUMNS,
  rows: attachments.map(({ number, title, fileName, pages, size, hash, facts }) => [
    String(number),
    title,
    [fileName, ...facts.map(({ label, value }) => `${label}：${value || '未填'}`)].join('\n'),
    pages,
    size,
    hash,
  ]),
});

const sizeOnPaper = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
