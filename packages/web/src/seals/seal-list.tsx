import { Tag } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { type Seal, SEAL_STATE, type Seals } from './queries.ts';

/** Each seal that the call asks for, with whose it is, when it was placed, or why it was not. */
export function SealList({ seals, signature, complete }: Pick<Seals, 'seals' | 'signature' | 'complete'>) {
  return (
    <ul className="kz-seals" aria-live="polite">
      {[...seals, ...(signature ? [signature] : [])].map((seal) => (
        <SealItem key={seal.kind} seal={seal} waits={seal.kind === 'sm2Signature' && !complete} />
      ))}
    </ul>
  );
}

function SealItem({ seal, waits }: { seal: Seal; waits: boolean }) {
  const { label, tone } = waits ? { label: '等印章盖齐', tone: 'plain' as const } : SEAL_STATE[seal.state];
  return (
    <li data-seal={seal.kind} data-state={seal.state}>
      <div className="kz-seal__name">
        <strong>{seal.title}</strong> <Tag tone={tone}>{label}</Tag>
      </div>
      {seal.state === 'sealed' && (
        <p>
          {seal.signer}，{seal.stampedAt && momentOf(seal.stampedAt)}
          {seal.stampedBy && `（时间由${seal.stampedBy}证明）`}
          {seal.place && `，第${seal.place.page}页“${seal.place.title}”`}
        </p>
      )}
      {seal.state === 'requested' && !waits && (
        <p>
          {seal.orderedBy}于{seal.orderedAt && momentOf(seal.orderedAt)}申请，系统正在签章。
        </p>
      )}
      {seal.problem && (
        <p className={seal.state === 'failed' ? 'kz-problem' : undefined}>
          {seal.problem.message}
          {seal.problem.remedy}
        </p>
      )}
    </li>
  );
}
