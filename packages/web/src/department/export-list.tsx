import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import type { RecommendationList, Recommendations, Words } from '../api/types.ts';
import { Button, ConfirmDialog, Field, Input, Panel } from '../kit/index.ts';

type Props = {
  roundId: string;
  waiting: number;
  hasCurrent: boolean;
  words: Words;
  head: Recommendations['head'];
  /** Cells of the list that still have to be decided. */
  undecided: number;
};

/** Exporting freezes the list; whatever changes afterwards voids it. */
export function ExportList({ roundId, waiting, hasCurrent, words, head, undecided }: Props) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [contact, setContact] = useState(head?.last ?? { name: '', phone: '' });
  const name = words['recommendationList'] ?? '推荐清单';
  return (
    <Panel id="export" title={`第一步　导出${name}`}>
      <p>
        {hasCurrent
          ? `已经有一份有效的${name}。重新导出后，原来那份失效。`
          : `把已推荐、还没有报送的 ${waiting} 个项目列成清单，生成带二维码的 PDF 和 Excel。`}
      </p>
      <p className="kp-why">
        导出后，新推荐、撤销推荐、退回等任何变化都会使清单失效，扫码核验显示“已失效”，须重新导出、重新盖章。请先把项目都审完。
      </p>
      {undecided > 0 && (
        <output className="kp-why kd-block">还有 {undecided} 处没有审定，填完上面的“审定各列”才能导出。</output>
      )}
      <Button
        type={hasCurrent ? 'default' : 'primary'}
        style={{ marginTop: 14 }}
        disabled={undecided > 0}
        onClick={() => setAsking(true)}
      >
        {hasCurrent ? '重新导出' : `导出${name}`}
      </Button>
      <ConfirmDialog
        title={`导出${name}`}
        confirm="导出"
        open={asking}
        ready={!head || (contact.name.trim() !== '' && contact.phone.trim().length >= 5)}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          const said = { name: contact.name.trim(), phone: contact.phone.trim() };
          const body = head ? { contact: said } : {};
          const answer = await call<RecommendationList>('POST', `/rounds/${roundId}/lists`, { body });
          await queries.invalidateQueries({ queryKey: ['recommendations'] });
          return answer;
        }}
      >
        <p>
          将导出 {waiting} 个项目。{hasCurrent && '原来那份清单随即失效，已盖的章作废。'}
        </p>
        {head && (
          <>
            <Field label={head.contact} required help="印在页首。">
              {(slots) => (
                <Input
                  {...slots}
                  value={contact.name}
                  maxLength={40}
                  onChange={(event) => setContact({ ...contact, name: event.target.value })}
                />
              )}
            </Field>
            <Field label={head.phone} required help="办公电话，印在页首。">
              {(slots) => (
                <Input
                  {...slots}
                  value={contact.phone}
                  maxLength={40}
                  onChange={(event) => setContact({ ...contact, phone: event.target.value })}
                />
              )}
            </Field>
          </>
        )}
      </ConfirmDialog>
    </Panel>
  );
}
