import type { PageCodes } from '../platform/inspection/index.ts';
import { readVersionCode, type Token } from '../platform/signing/index.ts';

/** A code of this house on a page of a scan: a whole signed token, or the short code, with the page of the paper where it says so. */
export type FoundCode = { onScan: number; page?: number } & (
  { is: 'token'; token: Token } | { is: 'forged' } | { is: 'code'; code: string }
);

const SIGNED = /^[0-9A-Z]{120,}$/;
const PRINTED = /[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/g;

/** The codes of this house among the QR codes of a scan's pages; others (of a seal, an invoice, an address) are left out. */
export const codesOnPages = (pages: readonly PageCodes[], open: (token: string) => Token | undefined): FoundCode[] =>
  pages.flatMap(({ page, texts }) => texts.flatMap((text) => read(text, page, open)));

/** The codes in a text layer, as they stand beside the QR. A page cannot be told. */
export const codesInText = (text: string): FoundCode[] =>
  [...new Set(text.match(PRINTED) ?? [])].map((code) => ({ is: 'code', code, onScan: 0 }));

function read(text: string, onScan: number, open: (token: string) => Token | undefined): FoundCode[] {
  const [, last = '', query = ''] = /\/v\/([^/?#]+)(?:\?p=(\d{1,4}))?$/.exec(text) ?? [];
  if (last === '') return [];
  const code = readVersionCode(last);
  if (code) return [{ is: 'code', code, onScan, ...(query !== '' && { page: Number(query) }) }];
  const token = open(last);
  // The large code stands on the first page.
  if (token) return [{ is: 'token', token, onScan, page: 1 }];
  return SIGNED.test(last) ? [{ is: 'forged', onScan }] : [];
}

/** How a scan was matched with its paper: the paper's pages, the scan's, and on which of the paper's pages the code was read. */
export type ScanReading = {
  by: 'qr' | 'text' | 'typed';
  pages: number;
  scanned?: number;
  read: number[];
  /** Somebody said that pages whose code could not be read are there. */
  confirmed?: true;
};

/** Pages of the paper, from 1, of which the scan shows no code. */
export const unreadPages = ({ pages, read }: ScanReading): number[] =>
  Array.from({ length: pages }, (_, at) => at + 1).filter((page) => !read.includes(page));
