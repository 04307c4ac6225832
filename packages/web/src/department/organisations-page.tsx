import { Link, useSearchParams } from 'react-router';
import { useOrganisations } from '../api/queries.ts';
import { ORGANISATION_STATE, useOrganisationWords } from '../application/organisation-facts.tsx';
import { Button, DataTable, EmptyState, Field, Input, Loaded, Page, Pager, Panel, Select, Tag } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';

const PAGE_SIZE = 20;
const STATES = [
  { value: 'pending', label: '待审核' },
  { value: 'approved', label: '已通过' },
  { value: 'rejected', label: '未通过' },
  { value: 'all', label: '全部' },
];

export default function OrganisationsPage() {
  const [search, setSearch] = useSearchParams();
  const state = search.get('state') ?? 'pending';
  const q = search.get('q') ?? '';
  const page = Number(search.get('page') ?? 1);
  const words = useOrganisationWords();
  const organisations = useOrganisations({ q, state: state === 'all' ? '' : state, page, pageSize: PAGE_SIZE });
  const put = (part: Record<string, string>) =>
    setSearch((before) => ({ ...Object.fromEntries(before), page: '1', ...part }), { replace: true });
  return (
    <Page title="单位注册" lead="核对单位的证照信息。通过后单位管理员才能分配账号、组织申报。">
      <Panel>
        <search className="ks-filters" aria-label="筛选">
          <Field label="查找">
            {(slots) => (
              <Input.Search
                {...slots}
                defaultValue={q}
                placeholder="单位名称、信用代码"
                allowClear
                onSearch={(typed) => put({ q: typed.trim() })}
              />
            )}
          </Field>
          <Field label="状态">
            {(slots) => (
              <Select {...slots} value={state} options={STATES} onChange={(next: string) => put({ state: next })} />
            )}
          </Field>
        </search>
        <Loaded query={organisations}>
          {({ items, total }) =>
            total === 0 ? (
              state === 'pending' && !q ? (
                <EmptyState title="没有等待审核的单位">单位提交注册后会出现在这里。</EmptyState>
              ) : (
                <EmptyState
                  title="没有符合条件的单位"
                  action={<Button onClick={() => setSearch({})}>清除筛选</Button>}
                />
              )
            ) : (
              <>
                <DataTable
                  caption="单位"
                  rows={items}
                  rowKey={(row) => row.id}
                  head="name"
                  columns={[
                    {
                      key: 'name',
                      title: '单位名称',
                      render: (row) => <Link to={`/department/organisations/${row.id}`}>{row.name}</Link>,
                    },
                    { key: 'uscc', title: '统一社会信用代码', render: (row) => row.uscc },
                    { key: 'kind', title: '单位类型', render: (row) => words.kind(row.kind) },
                    {
                      key: 'state',
                      title: '状态',
                      render: (row) => (
                        <Tag tone={ORGANISATION_STATE[row.state].tone}>{ORGANISATION_STATE[row.state].label}</Tag>
                      ),
                    },
                    { key: 'createdAt', title: '提交注册', figure: true, render: (row) => momentOf(row.createdAt) },
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
