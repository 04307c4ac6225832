import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { type Change, useChangesOf } from '../api/organisations.ts';
import { Button, ConfirmDialog, Notice, Panel } from '../kit/index.ts';
import { DifferenceTable } from '../profile/difference-table.tsx';
import { momentOf } from '../text/beijing-time.ts';

/** The change that waits, or the last one that was sent back. */
export function OpenChange({ organisationId, mayWithdraw }: { organisationId: string; mayWithdraw: boolean }) {
  const changes = useChangesOf(organisationId).data?.items ?? [];
  const [last] = changes;
  if (!last || last.decision === 'approved' || last.decision === 'withdrawn') return null;
  if (last.decision === 'declined') {
    return (
      <Notice kind="warning" title={`${last.departmentName}退回了变更申请（${momentOf(last.decidedAt ?? '')}）`}>
        <p>理由：{last.decisionNote}</p>
        <p>请按理由改正后重新申请；现在仍以原来的信息为准。</p>
      </Notice>
    );
  }
  return <Waiting change={last} mayWithdraw={mayWithdraw} />;
}

function Waiting({ change, mayWithdraw }: { change: Change; mayWithdraw: boolean }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  return (
    <Panel
      title="正在审核的变更"
      aside={mayWithdraw && <Button onClick={() => setAsking(true)}>撤回</Button>}
      note={`${momentOf(change.requestedAt)}由${change.requestedByName}提交，${change.departmentName}审核；批准以前仍以原来的信息为准。`}
    >
      <p>理由：{change.reason}</p>
      <DifferenceTable changes={change.changes} caption="正在审核的变更" />
      <ConfirmDialog
        title="撤回这项变更"
        confirm="撤回"
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          const answer = await call('POST', `/organisation/changes/${change.id}/withdraw`);
          await queries.invalidateQueries({ queryKey: ['organisations'] });
          return answer;
        }}
      >
        <p>撤回后信息照旧，可以重新申请。</p>
      </ConfirmDialog>
    </Panel>
  );
}
