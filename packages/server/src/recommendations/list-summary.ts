import { type ScanReading, unreadPages } from './codes-on-paper.ts';
import type { ListRow } from './store.ts';

export type ListSummary = {
  id: string;
  ordinal: number;
  code: string;
  exportedAt: string;
  exportedByName: string;
  entries: number;
  state: 'current' | 'voided' | 'delivered';
  voidReason?: string;
  sealedScanName?: string;
  /** How the scan was matched with the list, in words. */
  scanReading?: string;
  letterName?: string;
  deliveredAt?: string;
};

export function summaryOfList(list: ListRow): ListSummary {
  const { voidReason, sealedScanName, letterName, deliveredAt } = list;
  return {
    id: list.id,
    ordinal: list.ordinal,
    code: list.code,
    exportedAt: list.exportedAt.toISOString(),
    exportedByName: list.exportedByName,
    entries: list.content.entries.length,
    state: stateOfList(list),
    ...(voidReason && { voidReason }),
    ...(sealedScanName && { sealedScanName }),
    ...(list.sealedScanReading && { scanReading: inWords(list.sealedScanReading) }),
    ...(letterName && { letterName }),
    ...(deliveredAt && { deliveredAt: deliveredAt.toISOString() }),
  };
}

export const stateOfList = ({ voidedAt, deliveredAt }: ListRow): ListSummary['state'] =>
  voidedAt ? 'voided' : deliveredAt ? 'delivered' : 'current';

const inWords = (reading: ScanReading): string => {
  const { by, pages, scanned, read, confirmed } = reading;
  const counted = scanned === undefined ? '' : `扫描件${scanned}页，清单${pages}页，`;
  if (by === 'typed') return `${counted}清单码由上传人看着扫描件输入`;
  if (by === 'text') return `${counted}从文字层读到清单码`;
  return confirmed
    ? `${counted}${read.length}页读出二维码，第${unreadPages(reading).join('、')}页由上传人核对`
    : `${counted}各页二维码与清单一致`;
};
