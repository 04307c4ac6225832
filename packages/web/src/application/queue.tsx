import type { State } from '@keshen/rules';
import { useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { queryText } from '../api/client.ts';
import { useApplications, useRounds } from '../api/queries.ts';
import type { ApplicationSummary } from '../api/types.ts';
import { DataTable, DownloadIcon, EmptyState, Field, Input, Loaded, Pager, Panel, Select, Tag } from '../kit/index.ts';
import { Button } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { stateOptions, toneOf } from './states.ts';

const PAGE_SIZE = 20;
const ALL = 'all';

type Props = {
  caption: string;
  /** The state that waits for this role; what the list shows first. */
  waiting: State;
  states: readonly State[];
  linkTo: (application: ApplicationSummary) => string;
  empty: ReactNode;
};

/** Applications that wait for somebody, and all others within reach: filtered by the server, the address keeps the filter. */
export function Queue({ caption, waiting, states, linkTo, empty }: Props) {
  const [search, setSearch] = useSearchParams();
  const rounds = useRounds().data?.items ?? [];
  const state = search.get('state') ?? waiting;
  const page = Number(search.get('page') ?? 1);
  const filter = {
    q: search.get('q') ?? '',
    state: state === ALL ? '' : state,
    roundId: search.get('roundId') ?? '',
  };
  const applications = useApplications({ ...filter, page, pageSize: PAGE_SIZE });
  const words = (rounds.find((round) => round.id === filter.roundId) ?? rounds[0])?.words;
  const put = (part: Record<string, string>) =>
    setSearch((before) => ({ ...Object.fromEntries(before), page: '1', ...part }), { replace: true });
  return (
    <Panel>
      <search className="ks-filters" aria-label="筛选">
        <SearchField value={filter.q} onSearch={(q) => put({ q })} />
        <Field label="状态">
          {(slots) => (
            <Select
              {...slots}
              value={state}
              options={[...stateOptions(states, words), { value: ALL, label: '全部' }]}
              onChange={(next: string) => put({ state: next })}
            />
          )}
        </Field>
        {rounds.length > 1 && (
          <Field label="通知">
            {(slots) => (
              <Select
                {...slots}
                value={filter.roundId}
                style={{ width: 320 }}
                options={[
                  { value: '', label: '全部' },
                  ...rounds.map(({ id, title }) => ({ value: id, label: title })),
                ]}
                onChange={(roundId: string) => put({ roundId })}
              />
            )}
          </Field>
        )}
        <Button icon={<DownloadIcon aria-hidden />} href={`/api/applications.xlsx${queryText(filter)}`}>
          导出 Excel
        </Button>
      </search>
      <Loaded query={applications}>
        {({ items, total }) =>
          total === 0 ? (
            filter.q || state !== waiting ? (
              <EmptyState
                title="没有符合条件的申报书"
                action={<Button onClick={() => setSearch({})}>清除筛选</Button>}
              />
            ) : (
              empty
            )
          ) : (
            <>
              <Table caption={caption} rows={items} linkTo={linkTo} />
              <Pager page={page} pageSize={PAGE_SIZE} total={total} onPage={(next) => put({ page: String(next) })} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

function SearchField({ value, onSearch }: { value: string; onSearch: (q: string) => void }) {
  const [text, setText] = useState(value);
  return (
    <Field label="查找">
      {(slots) => (
        <Input.Search
          {...slots}
          value={text}
          placeholder="项目名称、编号、单位、申报人"
          allowClear
          style={{ width: 320 }}
          onChange={(event) => setText(event.target.value)}
          onSearch={(typed) => onSearch(typed.trim())}
        />
      )}
    </Field>
  );
}

type TableProps = { caption: string; rows: ApplicationSummary[]; linkTo: (application: ApplicationSummary) => string };

export function Table({ caption, rows, linkTo }: TableProps) {
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => row.id}
      head="title"
      columns={[
        {
          key: 'title',
          title: '项目名称',
          render: (row) => <Link to={linkTo(row)}>{row.title || '（未填项目名称）'}</Link>,
        },
        { key: 'number', title: '申报编号', render: (row) => row.number },
        { key: 'organisation', title: '申报单位', render: (row) => row.organisationName },
        { key: 'applicant', title: '申报人', render: (row) => row.applicantName },
        { key: 'state', title: '状态', render: (row) => <Tag tone={toneOf(row.state)}>{row.stateLabel}</Tag> },
        {
          key: 'submittedAt',
          title: '提交时间',
          figure: true,
          render: (row) => (row.submittedAt ? momentOf(row.submittedAt) : '—'),
        },
      ]}
    />
  );
}
