import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { Button, DataTable, EmptyState, Loaded, Page, Panel, ReasonDialog, useToast } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { type DataRequest, KINDS, RequestTag, useRequests } from './requests.tsx';

type Answering = { request: DataRequest; decision: 'done' | 'refused' };

/** What people ask about their own data, for the organisation's administrator or the security administrators. */
export default function RequestsPage() {
  const requests = useRequests('/data-requests');
  const [answering, setAnswering] = useState<Answering>();
  return (
    <Page title="个人信息申请" lead="本人申请更正姓名或者注销账号。先核对身份，十五个工作日内办理并答复。">
      <Panel>
        <Loaded query={requests}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="没有申请">本人在右上角菜单的“我的个人信息”里提出后，会出现在这里。</EmptyState>
            ) : (
              <DataTable
                caption="个人信息申请"
                rows={items}
                rowKey={(row) => row.id}
                head="person"
                columns={[
                  { key: 'person', title: '本人', render: (row) => `${row.personName}（${row.login}）` },
                  { key: 'kind', title: '申请', render: (row) => KINDS[row.kind] },
                  { key: 'text', title: '要求', render: (row) => [row.text, row.name].filter(Boolean).join('；应为') },
                  { key: 'askedAt', title: '提出', figure: true, render: (row) => momentOf(row.askedAt) },
                  {
                    key: 'state',
                    title: '办理',
                    render: (row) => (
                      <>
                        <RequestTag decision={row.decision} />
                        {row.decidedAt && (
                          <div className="ks-none">
                            {row.decidedByName} {momentOf(row.decidedAt)} {row.answer}
                          </div>
                        )}
                      </>
                    ),
                  },
                  {
                    key: 'do',
                    title: '操作',
                    render: (row) =>
                      row.decision === null && (
                        <span className="ks-actions">
                          <Button
                            size="small"
                            type="primary"
                            aria-label={`办理 ${row.personName}`}
                            onClick={() => setAnswering({ request: row, decision: 'done' })}
                          >
                            办理
                          </Button>
                          <Button
                            size="small"
                            aria-label={`不予办理 ${row.personName}`}
                            onClick={() => setAnswering({ request: row, decision: 'refused' })}
                          >
                            不予办理
                          </Button>
                        </span>
                      ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Panel>
      <AnswerDialog answering={answering} onClose={() => setAnswering(undefined)} />
    </Page>
  );
}

function AnswerDialog({ answering, onClose }: { answering: Answering | undefined; onClose: () => void }) {
  const queries = useQueryClient();
  const toast = useToast();
  const { request, decision } = answering ?? {};
  const closes = decision === 'done' && request?.kind === 'erasure';
  return (
    <ReasonDialog
      title={`${decision === 'done' ? '办理' : '不予办理'}：${request?.personName ?? ''}`}
      confirm={decision === 'done' ? '办理' : '不予办理'}
      danger={closes}
      label="答复"
      help="本人会看到。"
      open={answering !== undefined}
      onClose={onClose}
      onConfirm={async (answer) => {
        const given = await call('POST', `/data-requests/${request?.id}/answer`, { body: { decision, answer } });
        if (given.ok) toast.success('已办结');
        await queries.invalidateQueries({ queryKey: ['data-requests'] });
        return given;
      }}
    >
      {closes && <p>他立刻不能登录，账号不能恢复；已提交的申报仍保存。</p>}
      {decision === 'done' && request?.name && <p>姓名改为“{request.name}”，账号和以后的申报都用新的姓名。</p>}
    </ReasonDialog>
  );
}
