import { useParams } from 'react-router';
import { useDelivered, useOverview, useRounds } from '../api/queries.ts';
import type { Overview } from '../api/types.ts';
import { DataTable, DownloadIcon, Button, EmptyState, Loaded, Page, Panel } from '../kit/index.ts';
import { CallBar } from '../shell/call-bar.tsx';
import { DeliveredLists } from './delivered-lists.tsx';
import { ExtensionsPanel } from './extensions-panel.tsx';
import { InvitationsPanel } from './invitations-panel.tsx';
import { PlacesPanel } from './places-panel.tsx';
import { Rehearsal } from './rehearsal.tsx';

export default function OverviewPage() {
  const { roundId = '' } = useParams();
  const overview = useOverview(roundId);
  const delivered = useDelivered(roundId);
  const rounds = useRounds();
  const round = rounds.data?.items.find((candidate) => candidate.id === roundId);
  return (
    <>
      {round && <CallBar round={round} />}
      <Page
        title="申报总览"
        lead={round?.title}
        actions={
          <Button icon={<DownloadIcon aria-hidden />} href={`/api/applications.xlsx?roundId=${roundId}`}>
            导出已报送的项目
          </Button>
        }
      >
        <Loaded query={overview}>{(found) => <Counts overview={found} />}</Loaded>
        <Panel id="delivered" title="已报送的清单">
          <Loaded query={delivered}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyState title="还没有部门报送">部门报送清单后，清单、扫描件和项目会出现在这里。</EmptyState>
              ) : (
                <DeliveredLists roundId={roundId} lists={items} />
              )
            }
          </Loaded>
        </Panel>
        <PlacesPanel roundId={roundId} />
        <InvitationsPanel roundId={roundId} />
        {round && <ExtensionsPanel round={round} />}
        {round?.mode === 'rehearsal' && <Rehearsal round={round} />}
      </Page>
    </>
  );
}

function Counts({ overview }: { overview: Overview }) {
  const all = overview.states.reduce((sum, state) => sum + state.count, 0);
  return (
    <>
      <dl className="ko-counts">
        <div>
          <dt>全部申报书</dt>
          <dd>{all}</dd>
        </div>
        {overview.states
          .filter((state) => state.count > 0)
          .map((state) => (
            <div key={state.state}>
              <dt>{state.label}</dt>
              <dd>{state.count}</dd>
            </div>
          ))}
      </dl>
      <Panel id="departments" title="各部门进度">
        {overview.departments.length === 0 ? (
          <EmptyState title="还没有申报书">单位开始填报后，这里按部门显示进度。</EmptyState>
        ) : (
          <ByDepartment overview={overview} />
        )}
      </Panel>
    </>
  );
}

/** One column for each state that occurs. */
function ByDepartment({ overview }: { overview: Overview }) {
  const states = overview.states.filter((state) => state.count > 0);
  return (
    <DataTable
      caption="各部门进度"
      rows={overview.departments}
      rowKey={(row) => row.departmentId}
      head="name"
      columns={[
        { key: 'name', title: '部门', render: (row) => row.departmentName },
        ...states.map((state) => ({
          key: state.state,
          title: state.label,
          figure: true,
          render: (row: Overview['departments'][number]) => row.counts[state.state] ?? 0,
        })),
        { key: 'total', title: '合计', figure: true, render: (row) => <strong>{row.total}</strong> },
      ]}
    />
  );
}
