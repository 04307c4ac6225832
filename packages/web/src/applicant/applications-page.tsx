import { Link, useSearchParams } from 'react-router';
import { useApplications } from '../api/queries.ts';
import type { ApplicationSummary } from '../api/types.ts';
import { toneOf } from '../application/states.ts';
import { DataTable, EmptyState, Loaded, Page, Pager, Panel, Tag } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';

const PAGE_SIZE = 20;

export default function ApplicationsPage() {
  const [search, setSearch] = useSearchParams();
  const page = Number(search.get('page') ?? 1);
  const roundId = search.get('roundId') ?? undefined;
  const applications = useApplications({ page, pageSize: PAGE_SIZE, ...(roundId ? { roundId } : {}) });
  return (
    <Page title="我的申报">
      <Panel>
        <Loaded query={applications}>
          {({ items, total }) =>
            total === 0 ? (
              <EmptyState title="还没有申报书" action={<Link to="/calls">去看可申报的通知</Link>}>
                选一个通知，新建申报后就在这里继续填写、查看进度。
              </EmptyState>
            ) : (
              <>
                <Table rows={items} />
                <Pager
                  page={page}
                  pageSize={PAGE_SIZE}
                  total={total}
                  onPage={(next) => setSearch((before) => ({ ...Object.fromEntries(before), page: String(next) }))}
                />
              </>
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

function Table({ rows }: { rows: ApplicationSummary[] }) {
  return (
    <DataTable
      caption="我的申报"
      rows={rows}
      rowKey={(row) => row.id}
      head="title"
      columns={[
        {
          key: 'title',
          title: '项目名称',
          render: (row) => <Link to={`/applications/${row.id}`}>{row.title || '（未填项目名称）'}</Link>,
        },
        { key: 'number', title: '申报编号', render: (row) => row.number },
        {
          key: 'call',
          title: '通知',
          render: (row) => (
            <>
              {row.callTitle} {row.mode === 'rehearsal' && <Tag tone="wait">演练</Tag>}
            </>
          ),
        },
        { key: 'state', title: '状态', render: (row) => <Tag tone={toneOf(row.state)}>{row.stateLabel}</Tag> },
        { key: 'updatedAt', title: '最后更新', figure: true, render: (row) => momentOf(row.updatedAt) },
      ]}
    />
  );
}
