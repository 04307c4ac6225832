import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { Button, ConfirmDialog, DataTable, Loaded, Panel, Tag } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { useSessions, type SessionLine } from './queries.ts';

/** Where the person is signed in, and ending it there. */
export function SessionsPanel() {
  const sessions = useSessions();
  const queries = useQueryClient();
  const [ending, setEnding] = useState<SessionLine | 'others'>();
  const end = async () => {
    const path = ending === 'others' || !ending ? '/session/sessions' : `/session/sessions/${ending.id}`;
    const answer = await call('DELETE', path);
    await queries.invalidateQueries({ queryKey: ['security', 'sessions'] });
    return answer;
  };
  const say =
    ending === 'others'
      ? '除这台设备上的这次登录外，其他登录都立即退出。'
      : `${ending?.device ?? ''}（${ending?.address ?? ''}）立即退出；那里没有保存的内容会丢失。`;
  const others = sessions.data?.items.some((line) => !line.current) ?? false;
  return (
    <Panel
      title="正在登录的设备"
      note="不认识的登录请立即退出，并修改密码。两小时不操作，或登录满 12 小时，会自动退出。"
      aside={others && <Button onClick={() => setEnding('others')}>退出其他全部登录</Button>}
    >
      <Loaded query={sessions} rows={3}>
        {({ items }) => (
          <DataTable
            caption="正在登录的设备"
            rows={items}
            rowKey={(line) => line.id}
            head="device"
            columns={[
              { key: 'device', title: '设备', render: (line) => line.device },
              { key: 'address', title: '网络地址', render: (line) => line.address },
              { key: 'createdAt', title: '登录时间', render: (line) => momentOf(line.createdAt) },
              { key: 'lastSeenAt', title: '最近使用', render: (line) => momentOf(line.lastSeenAt) },
              {
                key: 'tools',
                title: '操作',
                render: (line) =>
                  line.current ? (
                    <Tag tone="accent">本次登录</Tag>
                  ) : (
                    <Button
                      size="small"
                      aria-label={`退出 ${line.device}，${momentOf(line.createdAt)}登录`}
                      onClick={() => setEnding(line)}
                    >
                      退出
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      <ConfirmDialog
        title={ending === 'others' ? '退出其他全部登录' : '退出这个登录'}
        confirm="退出"
        danger
        width={460}
        open={ending !== undefined}
        onClose={() => setEnding(undefined)}
        onConfirm={end}
      >
        <p>{say}</p>
      </ConfirmDialog>
    </Panel>
  );
}
