import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { type Administration, useAdministration } from '../api/organisations.ts';
import { Button, ConfirmDialog, DataTable, EmptyState, Facts, Loaded, Panel } from '../kit/index.ts';
import { HandedOver, type Handed } from '../organisation/handed-over.tsx';
import { momentOf } from '../text/beijing-time.ts';
import { AppointDialog, type Appointing } from './appoint-dialog.tsx';

type Props = {
  organisationId: string;
  /** `administrator`: it is his own; `deputy`: may look and give up his own right; `department`: may name a new one. */
  as: 'administrator' | 'deputy' | 'department';
  people?: readonly { id: string; name: string; login: string; disabledAt?: string | null }[];
};

/** Who administers the organisation, who deputises until when, what is open, and naming somebody. */
export function AdministrationPanel({ organisationId, as, people = [] }: Props) {
  const [appointing, setAppointing] = useState<Appointing>();
  const [handed, setHanded] = useState<Handed>();
  const [ending, setEnding] = useState<Administration['deputies'][number]>();
  const queries = useQueryClient();
  // Whoever handed over is no longer administrator: the page may change only when the link has been taken down.
  const taken = () => {
    setHanded(undefined);
    void queries.invalidateQueries({ queryKey: ['me'] });
  };
  return (
    <Panel
      title="单位管理员和代理"
      note="一个单位一名管理员。外出时授权代理，到期自动失效；代理办的事记作代理。"
      aside={
        <span className="ks-actions">
          {as === 'administrator' && <Button onClick={() => setAppointing('deputy')}>授权代理</Button>}
          {as !== 'deputy' && (
            <Button onClick={() => setAppointing(as === 'department' ? 'byDepartment' : 'handOver')}>
              {as === 'department' ? '指定新管理员' : '移交'}
            </Button>
          )}
        </span>
      }
    >
      <Loaded query={useAdministration(organisationId)} rows={3}>
        {(found) => (
          <>
            <Facts
              items={[
                [
                  '单位管理员',
                  found.administrator
                    ? `${found.administrator.name}（${found.administrator.login}）${found.administrator.disabled ? '，账号已停用' : ''}`
                    : '没有管理员',
                ],
                found.administrator && ['任职自', momentOf(found.administrator.since)],
              ]}
            />
            {found.deputies.length === 0 ? (
              <EmptyState title="现在没有代理">
                {as === 'administrator' && '出差、休假前，点“授权代理”，选一个人和截止时间。'}
              </EmptyState>
            ) : (
              <div className="ko-deputies">
                <DataTable
                  caption="代理"
                  rows={found.deputies}
                  rowKey={({ personId }) => personId}
                  head="name"
                  columns={[
                    { key: 'name', title: '代理人', render: ({ name }) => name },
                    { key: 'login', title: '登录名', render: ({ login }) => login },
                    { key: 'from', title: '授权时间', figure: true, render: ({ grantedAt }) => momentOf(grantedAt) },
                    { key: 'until', title: '截止', figure: true, render: ({ until }) => momentOf(until) },
                    {
                      key: 'tools',
                      title: '操作',
                      render: (deputy) =>
                        as === 'administrator' && (
                          <Button
                            size="small"
                            aria-label={`终止 ${deputy.name} 的代理`}
                            onClick={() => setEnding(deputy)}
                          >
                            终止
                          </Button>
                        ),
                    },
                  ]}
                />
              </div>
            )}
            {appointing && (
              <AppointDialog
                {...{ organisationId, people }}
                what={appointing}
                openWork={found.openWork}
                onClose={() => setAppointing(undefined)}
                onHanded={setHanded}
              />
            )}
          </>
        )}
      </Loaded>
      <HandedOver handed={handed} onClose={taken} />
      <ConfirmDialog
        title={`终止代理：${ending?.name ?? ''}`}
        confirm="终止"
        danger
        open={ending !== undefined}
        onClose={() => setEnding(undefined)}
        onConfirm={async () => {
          const answer = await call('DELETE', `/organisation/deputies/${ending?.personId}`);
          await queries.invalidateQueries({ queryKey: ['organisations'] });
          return answer;
        }}
      >
        <p>立刻失效，他在各处的登录都退出。他已经办的事照旧有效。</p>
      </ConfirmDialog>
    </Panel>
  );
}
