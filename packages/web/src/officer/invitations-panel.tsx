import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useInvitations } from '../api/queries.ts';
import type { Invitations } from '../api/types.ts';
import { Button, ConfirmDialog, DataTable, EmptyState, Field, Input, Panel, Select, useToast } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';

type Item = Invitations['items'][number];

/** Who may apply for the topics that are not open to all. Nothing where the call has none. */
export function InvitationsPanel({ roundId }: { roundId: string }) {
  const { data } = useInvitations(roundId);
  const queries = useQueryClient();
  const [inviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<Item>();
  if (!data || data.topics.length === 0) return null;
  const titleOf = (code: string) => data.topics.find((topic) => topic.code === code)?.title ?? code;
  return (
    <Panel id="invitations" title="定向组织的邀请名单" note="只有名单里的单位能新建和提交；别的单位看得到方向。">
      <div className="ks-actions">
        <Button onClick={() => setInviting(true)}>邀请单位</Button>
      </div>
      {data.items.length === 0 ? (
        <EmptyState title="还没有邀请单位">邀请以前，这些方向没有单位能申报。</EmptyState>
      ) : (
        <DataTable
          caption="邀请名单"
          rows={data.items}
          rowKey={(row) => `${row.topic} ${row.uscc}`}
          head="name"
          columns={[
            { key: 'name', title: '单位', render: (row) => row.name },
            { key: 'uscc', title: '统一社会信用代码', render: (row) => row.uscc },
            { key: 'topic', title: '方向', render: (row) => titleOf(row.topic) },
            { key: 'by', title: '邀请', render: (row) => `${row.invitedByName}，${momentOf(row.invitedAt)}` },
            {
              key: 'remove',
              title: '操作',
              render: (row) => (
                <Button size="small" onClick={() => setRemoving(row)}>
                  移除
                </Button>
              ),
            },
          ]}
        />
      )}
      {inviting && <Invite roundId={roundId} topics={data.topics} onClose={() => setInviting(false)} />}
      <ConfirmDialog
        title="移除邀请"
        confirm="移除"
        danger
        open={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        onConfirm={async () => {
          const path = `/rounds/${roundId}/invitations/${removing?.topic}/${removing?.uscc}`;
          const answer = await call('DELETE', path);
          await queries.invalidateQueries({ queryKey: ['invitations'] });
          return answer;
        }}
      >
        <p>{removing?.name}已填的内容保留，但不能再以这个方向提交。</p>
      </ConfirmDialog>
    </Panel>
  );
}

type InviteProps = { roundId: string; topics: Invitations['topics']; onClose: () => void };

function Invite({ roundId, topics, onClose }: InviteProps) {
  const queries = useQueryClient();
  const toast = useToast();
  const [topic, setTopic] = useState(topics[0]?.code ?? '');
  const [uscc, setUscc] = useState('');
  const [name, setName] = useState('');
  return (
    <ConfirmDialog
      title="邀请单位"
      confirm="邀请"
      open
      ready={uscc.trim() !== ''}
      onClose={onClose}
      onConfirm={async () => {
        const answer = await call('POST', `/rounds/${roundId}/invitations`, { body: { topic, uscc, name } });
        if (answer.ok) toast.success('已加入邀请名单');
        await queries.invalidateQueries({ queryKey: ['invitations'] });
        return answer;
      }}
    >
      <Field label="方向" required>
        {(slots) => (
          <Select
            {...slots}
            value={topic}
            onChange={setTopic}
            options={topics.map(({ code, title }) => ({ value: code, label: title }))}
          />
        )}
      </Field>
      <Field label="统一社会信用代码" required help="18位；已在本系统注册的单位自动带出名称">
        {(slots) => <Input {...slots} value={uscc} onChange={(event) => setUscc(event.target.value)} />}
      </Field>
      <Field label="单位名称" help="还没有注册的单位须写">
        {(slots) => <Input {...slots} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
    </ConfirmDialog>
  );
}
