import type { State } from '@keshen/rules';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { queryText } from '../api/client.ts';
import { useApplications, useRounds } from '../api/queries.ts';
import type { ApplicationSummary } from '../api/types.ts';
import { Button, DownloadIcon, EmptyState, Loaded, Pager, Panel } from '../kit/index.ts';
import { Bulk } from './bulk.tsx';
import { ALL, type QueueFilter, QueueFilters } from './queue-filters.tsx';
import { ApplicationTable } from './queue-table.tsx';
import { SavedViews } from './saved-views.tsx';

const PAGE_SIZE = 50;
const NONE: ReadonlySet<string> = new Set();

type Props = {
  /** Under which the person's own views are kept. */
  name: string;
  caption: string;
  /** The state that waits for this role; what the list shows first. */
  waiting: State;
  states: readonly State[];
  linkTo: (application: ApplicationSummary) => string;
  empty: ReactNode;
};

/** Applications that wait for somebody, and all others within reach: filtered by the server, the address keeps the filter. */
export function Queue({ name, caption, waiting, states, linkTo, empty }: Props) {
  const [search, setSearch] = useSearchParams();
  const rounds = useRounds().data?.items ?? [];
  const [chosen, setChosen] = useState(NONE);
  const page = Number(search.get('page') ?? 1);
  const of = (key: keyof QueueFilter, otherwise = '') => search.get(key) ?? otherwise;
  const filter: QueueFilter = {
    q: of('q'),
    state: of('state', waiting),
    roundId: of('roundId'),
    topic: of('topic'),
    organisationId: of('organisationId'),
    finding: of('finding'),
    dueWithin: of('dueWithin'),
    reviewer: of('reviewer'),
    sort: of('sort', '-updatedAt'),
  };
  const asked = { ...filter, state: filter.state === ALL ? '' : filter.state };
  const applications = useApplications({ ...asked, page, pageSize: PAGE_SIZE });
  const put = (part: Record<string, string>) => {
    setChosen(NONE);
    setSearch((before) => ({ ...Object.fromEntries(before), page: '1', ...part }), { replace: true });
  };
  const narrowed = Object.entries(filter).some(
    ([key, value]) => key !== 'sort' && value !== '' && !(key === 'state' && value === waiting),
  );
  return (
    <Panel>
      <SavedViews queue={name} filters={filter} onOpen={(filters) => setSearch({ ...filters, page: '1' })} />
      <search className="ks-filters" aria-label="筛选">
        <QueueFilters key={filter.q} filter={filter} states={states} rounds={rounds} onChange={put} />
        <Button icon={<DownloadIcon aria-hidden />} href={`/api/applications.xlsx${queryText(asked)}`}>
          导出 Excel
        </Button>
      </search>
      <Loaded query={applications}>
        {({ items, total }) =>
          total === 0 ? (
            narrowed ? (
              <EmptyState
                title="没有符合条件的申报书"
                action={<Button onClick={() => setSearch({})}>清除筛选</Button>}
              />
            ) : (
              empty
            )
          ) : (
            <>
              <Bulk chosen={items.filter(({ id }) => chosen.has(id))} onDone={() => setChosen(NONE)} />
              <ApplicationTable caption={caption} rows={items} linkTo={linkTo} chosen={chosen} onChoose={setChosen} />
              <Pager page={page} pageSize={PAGE_SIZE} total={total} onPage={(next) => put({ page: String(next) })} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}
