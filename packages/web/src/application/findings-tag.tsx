import type { FindingKind } from '../api/outcome-types.ts';
import { Tag, type Tone } from '../kit/index.ts';

export const FINDING_KINDS: Record<FindingKind, { label: string; tone: Tone }> = {
  against: { label: '不符合', tone: 'bad' },
  unknown: { label: '资料不全', tone: 'wait' },
  person: { label: '须人工判断', tone: 'accent' },
  explained: { label: '已作说明', tone: 'accent' },
};

/** What the rules found besides what is met. */
export const FindingTags = ({ kinds }: { kinds: readonly FindingKind[] }) =>
  kinds.length === 0
    ? '都符合'
    : kinds.map((kind) => (
        <Tag key={kind} tone={FINDING_KINDS[kind].tone}>
          {FINDING_KINDS[kind].label}
        </Tag>
      ));
