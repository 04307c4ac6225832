import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { Button, ReasonDialog, Tag, type Tone } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import type { PaperDelivery } from './queries.ts';

const OUTCOMES: Record<PaperDelivery['outcome'], readonly [string, Tone]> = {
  accepted: ['收齐', 'good'],
  incomplete: ['不齐', 'wait'],
  late: ['逾期', 'wait'],
  refused: ['不收', 'bad'],
};

type Props = { deliveries: readonly PaperDelivery[]; desk: boolean };

/** What was brought, the newest first; the desk takes back a registration that was wrong. */
export function Deliveries({ deliveries, desk }: Props) {
  const queries = useQueryClient();
  const [voiding, setVoiding] = useState<PaperDelivery>();
  return (
    <>
      <ul className="kp-deliveries">
        {deliveries.map((delivery) => {
          const [label, tone] = OUTCOMES[delivery.outcome];
          return (
            <li key={delivery.id}>
              <Tag tone={delivery.voidedAt ? 'plain' : tone}>{delivery.voidedAt ? '已撤销' : label}</Tag>
              <span>
                {momentOf(delivery.receivedAt)}收到 {delivery.copies} 份，{delivery.broughtBy}送来
                {delivery.voidReason && `；撤销原因：${delivery.voidReason}`}
              </span>
              <a href={`/api/paper/deliveries/${delivery.id}/receipt.pdf`} target="_blank" rel="noreferrer">
                {delivery.outcome === 'refused' ? '不予接收说明' : '回执'}
              </a>
              {desk && !delivery.voidedAt && (
                <Button size="small" onClick={() => setVoiding(delivery)}>
                  撤销登记
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <ReasonDialog
        title="撤销收件登记"
        confirm="撤销登记"
        danger
        label="哪里登记错了"
        open={voiding !== undefined}
        onClose={() => setVoiding(undefined)}
        onConfirm={async (reason) => {
          const answer = await call('POST', `/paper/deliveries/${voiding?.id}/void`, { body: { reason } });
          await queries.invalidateQueries({ queryKey: ['papers'] });
          return answer;
        }}
      >
        <p>撤销后这次收到的份数不再计入，登记和原因留在日志里，回执扫码显示已撤销。撤销后不能恢复，可以重新登记。</p>
      </ReasonDialog>
    </>
  );
}
