import { useQueryClient } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { call } from '../api/client.ts';
import {
  Button,
  DataTable,
  EmptyState,
  Field,
  Input,
  Loaded,
  Page,
  Pager,
  Panel,
  Select,
  Tag,
  useToast,
} from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { useOffers, useProfiles } from './queries.ts';
import { PROFILE_STATES, ProfileTag } from './states.tsx';

const PAGE_SIZE = 20;
const OFFER_STATES = {
  open: <Tag tone="wait">等本人答复</Tag>,
  accepted: <Tag tone="good">已加入</Tag>,
  declined: <Tag>没有加入</Tag>,
  withdrawn: <Tag>已撤回</Tag>,
  expired: <Tag>已过期</Tag>,
} as const;

/** The applicants' particulars, for the administrator who confirms them. */
export default function ProfilesPage() {
  const [search, setSearch] = useSearchParams();
  const page = Number(search.get('page') ?? 1);
  const filter = { q: search.get('q') ?? '', state: search.get('state') ?? '' };
  const profiles = useProfiles(filter, page, PAGE_SIZE);
  const put = (part: Record<string, string>) =>
    setSearch((before) => ({ ...Object.fromEntries(before), page: '1', ...part }), { replace: true });
  return (
    <Page
      title="人员资料"
      lead="申报人自己填写，由单位核对证件、聘书后确认。确认以后改过的，会再回到待确认。"
      actions={<Link to="/data-requests">个人信息申请</Link>}
    >
      <Panel>
        <search className="ks-filters" aria-label="筛选">
          <Field label="查找">
            {(slots) => (
              <Input.Search
                {...slots}
                defaultValue={filter.q}
                placeholder="姓名、登录名"
                allowClear
                onSearch={(typed) => put({ q: typed.trim() })}
              />
            )}
          </Field>
          <Field label="状态">
            {(slots) => (
              <Select
                {...slots}
                value={filter.state}
                options={[
                  { value: '', label: '全部' },
                  ...Object.entries(PROFILE_STATES).map(([value, { label }]) => ({ value, label })),
                ]}
                onChange={(next: string) => put({ state: next })}
              />
            )}
          </Field>
        </search>
        <Loaded query={profiles}>
          {({ items, total }) =>
            total === 0 ? (
              <EmptyState
                title="没有符合条件的人"
                action={<Link to="/organisation/people">在“账号管理”里分配账号</Link>}
              />
            ) : (
              <>
                <DataTable
                  caption="申报人"
                  rows={items}
                  rowKey={(row) => row.id}
                  head="name"
                  columns={[
                    {
                      key: 'name',
                      title: '姓名',
                      render: (row) => <Link to={`/organisation/profiles/${row.id}`}>{row.name}</Link>,
                    },
                    { key: 'login', title: '登录名', render: (row) => row.login },
                    { key: 'state', title: '状态', render: (row) => <ProfileTag state={row.state} /> },
                    {
                      key: 'savedAt',
                      title: '本人填写',
                      figure: true,
                      render: (row) => (row.savedAt ? momentOf(row.savedAt) : ''),
                    },
                    {
                      key: 'decidedAt',
                      title: '单位办理',
                      figure: true,
                      render: (row) => (row.decidedAt ? momentOf(row.decidedAt) : ''),
                    },
                  ]}
                />
                <Pager page={page} pageSize={PAGE_SIZE} total={total} onPage={(next) => put({ page: String(next) })} />
              </>
            )
          }
        </Loaded>
      </Panel>
      <Offers />
    </Page>
  );
}

function Offers() {
  const offers = useOffers();
  const queries = useQueryClient();
  const toast = useToast();
  const withdraw = async (id: string) => {
    const answer = await call('POST', `/organisation/offers/${id}/withdraw`);
    if (answer.ok) toast.success('已撤回');
    else toast.error(answer.refusal.message);
    await queries.invalidateQueries({ queryKey: ['profiles'] });
  };
  return (
    <Loaded query={offers}>
      {({ items }) =>
        items.length > 0 && (
          <Panel title="邀请加入" note="在别的单位已有账号的人不另开账号：由本人登录后在“个人资料”里答复。">
            <DataTable
              caption="邀请"
              rows={items}
              rowKey={(row) => row.id}
              head="name"
              columns={[
                { key: 'name', title: '姓名', render: (row) => row.personName },
                { key: 'offered', title: '邀请', figure: true, render: (row) => momentOf(row.offeredAt) },
                { key: 'expires', title: '有效到', figure: true, render: (row) => momentOf(row.expiresAt) },
                { key: 'state', title: '状态', render: (row) => OFFER_STATES[row.state] },
                {
                  key: 'do',
                  title: '操作',
                  render: (row) =>
                    row.state === 'open' && (
                      <Button
                        size="small"
                        aria-label={`撤回对${row.personName}的邀请`}
                        onClick={() => void withdraw(row.id)}
                      >
                        撤回
                      </Button>
                    ),
                },
              ]}
            />
          </Panel>
        )
      }
    </Loaded>
  );
}
