import type { Inspection } from '../api/types.ts';
import { Tag, type Tone } from '../kit/index.ts';

const STATES: Record<NonNullable<Inspection['state']>, { tone: Tone; text: string }> = {
  checking: { tone: 'plain', text: '检查中' },
  waiting_for_scan: { tone: 'wait', text: '待查毒' },
  passed: { tone: 'good', text: '已通过' },
  hints: { tone: 'wait', text: '有提示' },
  failed: { tone: 'bad', text: '不合格' },
};

/** How far the inspection of a file has come; says it as well when antivirus is not set up. */
export function InspectionTag({ inspection }: { inspection: Inspection }) {
  const { state, virus } = inspection;
  if (!state) return null;
  const { tone, text } = STATES[state];
  return (
    <>
      <Tag tone={tone}>
        <span className="ks-hidden">文件检查：</span>
        {text}
      </Tag>
      {virus === 'not_scanned' && <span className="kp-file__size">未查毒</span>}
    </>
  );
}
