import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useExtensions } from '../api/queries.ts';
import type { Extension, Round } from '../api/types.ts';
import {
  Button,
  ConfirmDialog,
  DataTable,
  EmptyState,
  Loaded,
  Panel,
  ReasonDialog,
  Tag,
  useToast,
} from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { ProposeExtension } from './propose-extension.tsx';

const STATES = {
  proposed: <Tag tone="wait">待第二人批准</Tag>,
  approved: <Tag tone="good">已批准</Tag>,
  declined: <Tag tone="bad">已否决</Tag>,
} as const;

/** Extensions of this round: proposed by one officer, approved by another. */
export function ExtensionsPanel({ round }: { round: Round }) {
  const extensions = useExtensions(round.id);
  const [proposing, setProposing] = useState(false);
  return (
    <Panel
      id="extensions"
      title="延期"
      note="由一人提出、另一人批准才生效；写明理由，记入日志，只给所选的人、所选的环节。"
    >
      <div className="ks-actions">
        <Button onClick={() => setProposing(true)}>提出延期</Button>
      </div>
      <Loaded query={extensions}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="没有延期">确有需要的，可以提出延期。</EmptyState>
          ) : (
            <DataTable
              caption="延期"
              rows={items}
              rowKey={(row) => row.id}
              head="stage"
              columns={[
                { key: 'stage', title: '环节', render: (row) => row.stageLabel },
                { key: 'until', title: '延至', render: (row) => momentOf(row.until) },
                { key: 'whom', title: '给谁', render: (row) => row.whom },
                { key: 'reason', title: '理由', render: (row) => row.reason },
                {
                  key: 'people',
                  title: '经办',
                  render: (row) => [row.proposedByName, row.decidedByName].filter(Boolean).join('、'),
                },
                { key: 'state', title: '状态', render: (row) => STATES[row.state] },
                { key: 'decide', title: '操作', render: (row) => (row.mayDecide ? <Decide extension={row} /> : '') },
              ]}
            />
          )
        }
      </Loaded>
      {proposing && <ProposeExtension round={round} onClose={() => setProposing(false)} />}
    </Panel>
  );
}

function Decide({ extension }: { extension: Extension }) {
  const queries = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState<'approved' | 'declined'>();
  const close = () => setAsking(undefined);
  const decide = async (decision: 'approved' | 'declined', note: string) => {
    const answer = await call<Extension>('POST', `/extensions/${extension.id}/decision`, { body: { decision, note } });
    if (answer.ok) toast.success(decision === 'approved' ? '延期已生效' : '已否决');
    await queries.invalidateQueries({ queryKey: ['extensions'] });
    return answer;
  };
  const { stageLabel, until, whom, reason, proposedByName } = extension;
  const said = (
    <p>
      {stageLabel}延期至 {momentOf(until)}，{whom}。{proposedByName}提出的理由：{reason}
    </p>
  );
  return (
    <div className="ks-actions">
      <Button size="small" type="primary" onClick={() => setAsking('approved')}>
        批准
      </Button>
      <Button size="small" onClick={() => setAsking('declined')}>
        否决
      </Button>
      <ConfirmDialog
        title="批准延期"
        confirm="批准"
        open={asking === 'approved'}
        onClose={close}
        onConfirm={() => decide('approved', '')}
      >
        {said}
      </ConfirmDialog>
      <ReasonDialog
        title="否决延期"
        confirm="否决"
        label="理由"
        open={asking === 'declined'}
        onClose={close}
        onConfirm={(note) => decide('declined', note)}
      >
        {said}
      </ReasonDialog>
    </div>
  );
}
