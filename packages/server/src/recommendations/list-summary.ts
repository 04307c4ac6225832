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
    ...(letterName && { letterName }),
    ...(deliveredAt && { deliveredAt: deliveredAt.toISOString() }),
  };
}

export const stateOfList = ({ voidedAt, deliveredAt }: ListRow): ListSummary['state'] =>
  voidedAt ? 'voided' : deliveredAt ? 'delivered' : 'current';
