import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { call } from '../api/client.ts';
import {
  Button,
  ConfirmDialog,
  DataTable,
  EmptyState,
  Field,
  Loaded,
  Page,
  Pager,
  Panel,
  ReasonDialog,
  Select,
  Tag,
  useToast,
} from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { type RoleProposal, useRoleProposals } from './queries.ts';

const PAGE_SIZE = 20;
const STATES = {
  open: <Tag tone="wait">待第二人批准</Tag>,
  approved: <Tag tone="good">已批准</Tag>,
  declined: <Tag tone="bad">已否决</Tag>,
  withdrawn: <Tag>已撤回</Tag>,
} as const;

/** Roles that one security administrator proposed and another decides on. */
export default function ProposalsPage() {
  const [search, setSearch] = useSearchParams();
  const state = search.get('state') ?? 'open';
  const page = Number(search.get('page') ?? 1);
  const proposals = useRoleProposals(state === 'all' ? '' : state, page, PAGE_SIZE);
  const put = (part: Record<string, string>) =>
    setSearch((before) => ({ ...Object.fromEntries(before), page: '1', ...part }), { replace: true });
  return (
    <Page
      title="角色审批"
      lead="重要角色由一位安全管理员提出，另一位批准后才生效。自己提出的、给自己的，都不能自己批准。"
    >
      <Panel>
        <search className="ks-filters" aria-label="筛选">
          <Field label="状态">
            {(slots) => (
              <Select
                {...slots}
                value={state}
                options={[
                  { value: 'open', label: '待批准' },
                  { value: 'decided', label: '已办结' },
                  { value: 'all', label: '全部' },
                ]}
                onChange={(next: string) => put({ state: next })}
              />
            )}
          </Field>
        </search>
        <Loaded query={proposals}>
          {({ items, total }) =>
            total === 0 ? (
              <EmptyState title={state === 'open' ? '没有等待批准的提议' : '没有提议'}>
                要授予角色，请在<Link to="/roles/people">人员与角色</Link>里找到这个人。
              </EmptyState>
            ) : (
              <>
                <DataTable
                  caption="提议"
                  rows={items}
                  rowKey={(row) => row.id}
                  head="person"
                  columns={[
                    { key: 'person', title: '姓名', render: (row) => `${row.personName}（${row.login}）` },
                    {
                      key: 'role',
                      title: '角色',
                      render: (row) => (
                        <>
                          {row.label} <span className="ks-none">{row.place}</span>
                        </>
                      ),
                    },
                    { key: 'reason', title: '依据', render: (row) => row.reason },
                    {
                      key: 'proposed',
                      title: '提出',
                      render: (row) => (
                        <>
                          {row.proposedByName}
                          <div className="ks-none">{momentOf(row.proposedAt)}</div>
                        </>
                      ),
                    },
                    {
                      key: 'state',
                      title: '状态',
                      render: (row) => (
                        <>
                          {STATES[row.state]}
                          {row.decidedAt && (
                            <div className="ks-none">
                              {row.decidedByName} {momentOf(row.decidedAt)} {row.decisionNote}
                            </div>
                          )}
                        </>
                      ),
                    },
                    { key: 'do', title: '操作', render: (row) => <Decide proposal={row} /> },
                  ]}
                />
                <Pager page={page} pageSize={PAGE_SIZE} total={total} onPage={(next) => put({ page: String(next) })} />
              </>
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

type Decision = 'approved' | 'declined' | 'withdrawn';
const DONE = { approved: '角色已生效', declined: '已否决', withdrawn: '已撤回' } as const;

function Decide({ proposal }: { proposal: RoleProposal }) {
  const queries = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState<Decision>();
  const close = () => setAsking(undefined);
  const decide = async (decision: Decision, note = '') => {
    const answer = await call('POST', `/roles/proposals/${proposal.id}/decision`, { body: { decision, note } });
    if (answer.ok) toast.success(DONE[decision]);
    await queries.invalidateQueries({ queryKey: ['roles'] });
    return answer;
  };
  const { personName, login, label, place, proposedByName, reason } = proposal;
  const said = (
    <p>
      {personName}（{login}）任{label}，{place}。{proposedByName}提出的依据：{reason}
    </p>
  );
  return (
    <div className="ks-actions">
      {proposal.mayDecide && (
        <>
          <Button size="small" type="primary" aria-label={`批准 ${personName}`} onClick={() => setAsking('approved')}>
            批准
          </Button>
          <Button size="small" aria-label={`否决 ${personName}`} onClick={() => setAsking('declined')}>
            否决
          </Button>
        </>
      )}
      {proposal.mayWithdraw && (
        <Button size="small" aria-label={`撤回 ${personName}`} onClick={() => setAsking('withdrawn')}>
          撤回
        </Button>
      )}
      <ConfirmDialog
        title="批准角色"
        confirm="批准"
        open={asking === 'approved'}
        onClose={close}
        onConfirm={() => decide('approved')}
      >
        {said}
        <p>批准后立即生效。请先向{personName}本人或其单位核实。</p>
      </ConfirmDialog>
      <ReasonDialog
        title="否决角色"
        confirm="否决"
        label="理由"
        open={asking === 'declined'}
        onClose={close}
        onConfirm={(note) => decide('declined', note)}
      >
        {said}
      </ReasonDialog>
      <ConfirmDialog
        title="撤回提议"
        confirm="撤回"
        open={asking === 'withdrawn'}
        onClose={close}
        onConfirm={() => decide('withdrawn')}
      >
        {said}
      </ConfirmDialog>
    </div>
  );
}
