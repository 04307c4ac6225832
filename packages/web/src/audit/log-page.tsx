import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { queryText } from '../api/client.ts';
import {
  Button,
  type Column,
  DataTable,
  DateInput,
  DownloadIcon,
  Drawer,
  EmptyState,
  Facts,
  Field,
  Input,
  Loaded,
  Page,
  Pager,
  Panel,
  Select,
  Tag,
} from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { type LogFilter, type LogLine, useActions, useLog } from './queries.ts';

const PAGE_SIZE = 50;
const DAY_MS = 86_400_000;

/** Beginning of a calendar day in Beijing as an ISO instant; `days` later. */
const startOf = (date: string, days = 0): string =>
  date && new Date(Date.parse(`${date}T00:00:00+08:00`) + days * DAY_MS).toISOString();

/** The whole log for its one reader: filters in the address, the details of a line beside it, export of what is shown. */
export default function LogPage() {
  const [search, setSearch] = useSearchParams();
  const [open, setOpen] = useState<LogLine>();
  const of = (key: string) => search.get(key) ?? '';
  const page = Number(search.get('page') ?? 1);
  const filter: LogFilter = {
    person: of('person'),
    action: of('action'),
    outcome: of('outcome'),
    subjectId: of('subjectId'),
    from: startOf(of('from')),
    to: startOf(of('to'), 1),
  };
  const log = useLog(filter, page, PAGE_SIZE);
  const put = (part: Record<string, string>) =>
    setSearch((before) => ({ ...Object.fromEntries(before), page: '1', ...part }), { replace: true });
  return (
    <Page
      title="日志"
      lead="每一次操作和每一次被拒绝的尝试。您的每次查看和导出也记在里面。"
      actions={(['xlsx', 'csv'] as const).map((kind) => (
        <Button
          key={kind}
          icon={<DownloadIcon aria-hidden />}
          href={`/api/audit/events.${kind}${queryText({ ...filter })}`}
        >
          导出 {kind === 'csv' ? 'CSV' : 'Excel'}
        </Button>
      ))}
    >
      <Panel>
        <Filters search={search} put={put} />
        <Loaded query={log}>
          {({ items, total }) =>
            total === 0 ? (
              <EmptyState title="没有符合条件的记录" action={<Button onClick={() => setSearch({})}>清除筛选</Button>} />
            ) : (
              <>
                <DataTable
                  caption="日志"
                  rows={items}
                  rowKey={(line) => String(line.id)}
                  columns={[...COLUMNS, detailColumn(setOpen)]}
                />
                <Pager page={page} pageSize={PAGE_SIZE} total={total} onPage={(next) => put({ page: String(next) })} />
              </>
            )
          }
        </Loaded>
      </Panel>
      <Drawer title="日志记录" open={open !== undefined} size="large" onClose={() => setOpen(undefined)}>
        {open && <Detail line={open} />}
      </Drawer>
    </Page>
  );
}

const subjectOf = (line: LogLine): string => line.applicationNumber ?? line.subject;

const COLUMNS: Column<LogLine>[] = [
  { key: 'at', title: '时间', render: (line) => <time dateTime={line.at}>{momentOf(line.at)}</time> },
  { key: 'person', title: '谁', render: (line) => line.personName ?? <span className="ks-none">系统或访客</span> },
  { key: 'role', title: '角色', render: (line) => line.role },
  { key: 'action', title: '做什么', render: (line) => line.label },
  {
    key: 'outcome',
    title: '结果',
    render: (line) => (line.outcome === 'done' ? <Tag tone="good">完成</Tag> : <Tag tone="bad">被拒绝</Tag>),
  },
  { key: 'subject', title: '对象', render: subjectOf },
  { key: 'address', title: '网络地址', render: (line) => line.address ?? '' },
];

const detailColumn = (open: (line: LogLine) => void): Column<LogLine> => ({
  key: 'detail',
  title: '详情',
  render: (line) => (
    <Button size="small" aria-label={`详情：${momentOf(line.at)} ${line.label}`} onClick={() => open(line)}>
      详情
    </Button>
  ),
});

function Detail({ line }: { line: LogLine }) {
  return (
    <Facts
      items={[
        ['序号', String(line.id)],
        ['时间', momentOf(line.at)],
        ['谁', line.personName ? `${line.personName}（${line.login}）` : '系统或访客'],
        line.role ? ['角色', line.role] : undefined,
        ['做什么', `${line.label}（${line.action}）`],
        ['结果', line.outcome === 'done' ? '完成' : '被拒绝'],
        ['对象', line.subject],
        line.applicationNumber ? ['申报编号', line.applicationNumber] : undefined,
        line.address ? ['网络地址', line.address] : undefined,
        line.requestId ? ['请求编号', line.requestId] : undefined,
        ...Object.entries(line.detail).map(([key, value]): [string, string] => [
          key,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
        ['校验值', <code key="hash">{line.hash}</code>],
      ]}
    />
  );
}

type FiltersProps = { search: URLSearchParams; put: (part: Record<string, string>) => void };

function Filters({ search, put }: FiltersProps) {
  const actions = useActions().data?.actions ?? [];
  const of = (key: string) => search.get(key) ?? '';
  return (
    <search className="ks-filters" aria-label="筛选">
      <TextFilter label="谁" placeholder="姓名或登录名" value={of('person')} onSearch={(person) => put({ person })} />
      <TextFilter
        label="对象"
        placeholder="申报编号或对象编号"
        value={of('subjectId')}
        onSearch={(subjectId) => put({ subjectId })}
      />
      <Field label="做什么">
        {(slots) => (
          <Select
            {...slots}
            value={of('action')}
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              { value: '', label: '全部' },
              ...actions.map(({ action, label }) => ({ value: action, label: `${label}（${action}）` })),
            ]}
            onChange={(action: string) => put({ action })}
          />
        )}
      </Field>
      <Field label="结果">
        {(slots) => (
          <Select
            {...slots}
            value={of('outcome')}
            options={[
              { value: '', label: '全部' },
              { value: 'done', label: '完成' },
              { value: 'refused', label: '被拒绝' },
            ]}
            onChange={(outcome: string) => put({ outcome })}
          />
        )}
      </Field>
      {(['from', 'to'] as const).map((key) => (
        <Field key={key} label={key === 'from' ? '从' : '到'}>
          {(slots) => (
            <DateInput
              {...slots}
              name={key === 'from' ? '起始日期' : '截止日期'}
              value={of(key) || undefined}
              onChange={(date) => put({ [key]: date ?? '' })}
            />
          )}
        </Field>
      ))}
    </search>
  );
}

type TextProps = { label: string; placeholder: string; value: string; onSearch: (text: string) => void };

function TextFilter({ label, placeholder, value, onSearch }: TextProps) {
  const [text, setText] = useState(value);
  return (
    <Field label={label}>
      {(slots) => (
        <Input.Search
          {...slots}
          value={text}
          placeholder={placeholder}
          allowClear
          onChange={(event) => setText(event.target.value)}
          onSearch={(typed) => onSearch(typed.trim())}
        />
      )}
    </Field>
  );
}
