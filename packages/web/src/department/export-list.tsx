import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import type { RecommendationList, Words } from '../api/types.ts';
import { Button, ConfirmDialog, Panel } from '../kit/index.ts';

type Props = { roundId: string; waiting: number; hasCurrent: boolean; words: Words };

/** Exporting freezes the list; whatever changes afterwards voids it. */
export function ExportList({ roundId, waiting, hasCurrent, words }: Props) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
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
      <Button type={hasCurrent ? 'default' : 'primary'} style={{ marginTop: 14 }} onClick={() => setAsking(true)}>
        {hasCurrent ? '重新导出' : `导出${name}`}
      </Button>
      <ConfirmDialog
        title={`导出${name}`}
        confirm="导出"
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          const answer = await call<RecommendationList>('POST', `/rounds/${roundId}/lists`);
          await queries.invalidateQueries({ queryKey: ['recommendations'] });
          return answer;
        }}
      >
        <p>
          将导出 {waiting} 个项目。{hasCurrent && '原来那份清单随即失效，已盖的章作废。'}
        </p>
      </ConfirmDialog>
    </Panel>
  );
}
