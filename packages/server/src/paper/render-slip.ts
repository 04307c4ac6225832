import type { Context } from '../platform/context.ts';

type Column = { label: string; width: string; align: string; small?: boolean };

export type Slip = {
  title: string;
  callTitle: string;
  subtitle: string;
  rehearsal: boolean;
  author: string;
  code: string;
  /** Empty: no QR. */
  verifyUrl: string;
  scanned: string;
  facts: { label: string; value: string; wide: boolean }[];
  columns: readonly Column[];
  rows: string[][];
  notes: string[];
  signatures: string[];
  images: Record<string, string>;
  createdAt: Date;
};

/** A slip or a receipt as PDF. */
export async function renderSlip({ documents }: Context, { images, createdAt, ...slip }: Slip): Promise<Buffer> {
  const { bytes } = await documents.render({
    template: 'paper-slip',
    data: {
      ...slip,
      documentTitle: `${slip.title}（${slip.callTitle}）`,
      mark: { text: slip.rehearsal ? '演练' : '', final: false },
      header: [slip.callTitle, slip.title],
      codeWord: slip.code === '' ? '' : '码',
    },
    images,
    createdAt,
  });
  return bytes;
}
