import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { queryText } from '../api/client.ts';
import {
  AddIcon,
  Button,
  DataTable,
  DownloadIcon,
  EmptyState,
  Field,
  Input,
  Loaded,
  Page,
  Pager,
  Panel,
  Select,
  Tag,
} from '../kit/index.ts';
import { HandedOver, type Handed } from '../organisation/handed-over.tsx';
import { AddOfficial } from './add-official.tsx';
import { usePeopleOfHouse, usePlacesOfHouse } from './queries.ts';

const PAGE_SIZE = 20;
const STANDINGS = [
  { value: '', label: '全部' },
  { value: 'open', label: '可用' },
  { value: 'closed', label: '已停用' },
];
const OF_ORGANISATIONS = [
  { value: 'organisationAdministrator', label: '单位管理员' },
  { value: 'applicant', label: '申报人' },
];

/** Everybody who has an account here, and what each may do. */
export default function PeoplePage() {
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const [handed, setHanded] = useState<Handed>();
  const places = usePlacesOfHouse();
  const of = (key: string) => search.get(key) ?? '';
  const page = Number(search.get('page') ?? 1);
  const filter = { q: of('q'), role: of('role'), standing: of('standing') };
  const people = usePeopleOfHouse(filter, page, PAGE_SIZE);
  const put = (part: Record<string, string>) =>
    setSearch((before) => ({ ...Object.fromEntries(before), page: '1', ...part }), { replace: true });
  const roles = [
    { value: '', label: '全部' },
    ...(places.data?.roles ?? []).map(({ role, label }) => ({ value: role as string, label })),
    ...OF_ORGANISATIONS,
  ];
  return (
    <Page
      title="人员与角色"
      lead="查谁有什么权限。授予重要角色由一位安全管理员提出、另一位批准；申报人和单位管理员由单位自己管理。"
      actions={
        <>
          <Button icon={<DownloadIcon aria-hidden />} href={`/api/roles/people.xlsx${queryText(filter)}`}>
            导出 Excel
          </Button>
          <Button type="primary" icon={<AddIcon aria-hidden />} onClick={() => setAdding(true)}>
            建立账号
          </Button>
        </>
      }
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
          <Field label="角色">
            {(slots) => (
              <Select {...slots} value={filter.role} options={roles} onChange={(next: string) => put({ role: next })} />
            )}
          </Field>
          <Field label="账号">
            {(slots) => (
              <Select
                {...slots}
                value={filter.standing}
                options={STANDINGS}
                onChange={(next: string) => put({ standing: next })}
              />
            )}
          </Field>
        </search>
        <Loaded query={people}>
          {({ items, total }) =>
            total === 0 ? (
              <EmptyState title="没有符合条件的人" action={<Button onClick={() => setSearch({})}>清除筛选</Button>} />
            ) : (
              <>
                <DataTable
                  caption="人员"
                  rows={items}
                  rowKey={(row) => row.id}
                  head="name"
                  columns={[
                    {
                      key: 'name',
                      title: '姓名',
                      render: (row) => <Link to={`/roles/people/${row.id}`}>{row.name}</Link>,
                    },
                    { key: 'login', title: '登录名', render: (row) => row.login },
                    {
                      key: 'roles',
                      title: '角色',
                      render: (row) =>
                        row.grants.length === 0 ? (
                          <span className="ks-none">没有角色</span>
                        ) : (
                          row.grants.map(({ id, label, place }) => (
                            <div key={id}>
                              {label} <span className="ks-none">{place}</span>
                            </div>
                          ))
                        ),
                    },
                    {
                      key: 'factor',
                      title: '两步验证',
                      render: (row) =>
                        row.secondFactorAt ? <Tag tone="good">已启用</Tag> : <span className="ks-none">未启用</span>,
                    },
                    {
                      key: 'standing',
                      title: '账号',
                      render: (row) => (row.disabledAt ? <Tag tone="bad">已停用</Tag> : <Tag tone="good">可用</Tag>),
                    },
                  ]}
                />
                <Pager page={page} pageSize={PAGE_SIZE} total={total} onPage={(next) => put({ page: String(next) })} />
              </>
            )
          }
        </Loaded>
      </Panel>
      <AddOfficial open={adding} onClose={() => setAdding(false)} onHanded={setHanded} />
      <HandedOver handed={handed} onClose={() => setHanded(undefined)} />
    </Page>
  );
}
