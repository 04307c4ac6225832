import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import {
  Button,
  type Column,
  ConfirmDialog,
  DataTable,
  EmptyState,
  Field,
  Input,
  Loaded,
  Notice,
  Page,
  Pager,
  Panel,
  RefusalNotice,
  Select,
  Tag,
  type Tone,
} from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { type Outbox, type OutboxLine, type OutboxState, useOutbox } from './queries.ts';

const PAGE_SIZE = 50;

const STATES: Record<OutboxState, { label: string; tone: Tone }> = {
  queued: { label: '待发送', tone: 'wait' },
  sending: { label: '正在发送', tone: 'accent' },
  failed: { label: '没有发出', tone: 'bad' },
  sent: { label: '已发出', tone: 'good' },
  gathering: { label: '等待合成', tone: 'plain' },
  gathered: { label: '已并入合集', tone: 'plain' },
  dropped: { label: '不必再发', tone: 'plain' },
};

/** How mail and text messages go out, for whoever runs the system. Neither their text nor addresses are shown. */
export default function OutboxPage() {
  const [search, setSearch] = useSearchParams();
  const of = (key: string) => search.get(key) ?? '';
  const page = Number(search.get('page') ?? 1);
  const filter = { q: of('q'), state: of('state'), channel: of('channel') };
  const outbox = useOutbox(filter, page, PAGE_SIZE);
  const queries = useQueryClient();
  const [all, setAll] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const put = (part: Record<string, string>) =>
    setSearch((before) => ({ ...Object.fromEntries(before), page: '1', ...part }), { replace: true });
  const retry = async (id?: string) => {
    const answer = await call('POST', id ? `/outbox/${id}/retry` : '/outbox/retry');
    await queries.invalidateQueries({ queryKey: ['outbox'] });
    return answer;
  };
  const again = async (id: string) => {
    const answer = await retry(id);
    setRefusal(answer.ok ? undefined : answer.refusal);
  };
  const failed = outbox.data?.counts.failed ?? 0;
  const stuck = outbox.data?.stuck.length ?? 0;
  return (
    <Page
      title="通知发送"
      lead="发出去的邮件和短信：给谁、哪一种、怎么样了。正文和地址不在这里显示。"
      actions={
        <Button disabled={failed + stuck === 0} onClick={() => setAll(true)}>
          全部重发
        </Button>
      }
    >
      {refusal && <RefusalNotice refusal={refusal} />}
      <Loaded query={outbox}>
        {(found) => (
          <>
            <Warnings outbox={found} />
            <Counts counts={found.counts} onChoose={(state) => put({ state })} />
            <Panel>
              <Filters filter={filter} put={put} />
              {found.total === 0 ? (
                <EmptyState title="没有这样的邮件和短信">
                  有人登记并确认了邮箱，与他有关的通知发出时，这里就有记录。
                </EmptyState>
              ) : (
                <>
                  <DataTable
                    caption="邮件和短信"
                    rows={found.items}
                    rowKey={(line) => line.id}
                    columns={columnsWith((id) => void again(id))}
                  />
                  <Pager
                    page={page}
                    pageSize={PAGE_SIZE}
                    total={found.total}
                    onPage={(next) => put({ page: String(next) })}
                  />
                </>
              )}
            </Panel>
          </>
        )}
      </Loaded>
      <ConfirmDialog
        title="全部重发"
        confirm="重发"
        width={460}
        open={all}
        onClose={() => setAll(false)}
        onConfirm={() => retry()}
      >
        <p>
          {failed}封没有发出的重新排队{stuck > 0 && `，${stuck}件没有生成的通知重新生成`}
          。地址收不到的，由本人改好后才发。
        </p>
      </ConfirmDialog>
    </Page>
  );
}

function Warnings({ outbox: { channels, stuck } }: { outbox: Outbox }) {
  return (
    <>
      {!channels.mail && (
        <Notice title="还没有接通邮件">用 KESHEN_SMTP_URL 和 KESHEN_MAIL_FROM 设置，见运行说明。</Notice>
      )}
      {stuck.map(({ event, action, queuedAt, problem }) => (
        <Notice key={event} kind="warning" title={`事件 ${event}（${action}）没有生成通知`}>
          {momentOf(queuedAt)}：{problem}
        </Notice>
      ))}
    </>
  );
}

type CountsProps = { counts: Outbox['counts']; onChoose: (state: OutboxState) => void };

const Counts = ({ counts, onChoose }: CountsProps) => (
  <ul className="ks-outbox__counts" aria-label="各有多少">
    {(Object.keys(STATES) as OutboxState[]).map((state) => (
      <li key={state}>
        <button type="button" onClick={() => onChoose(state)}>
          <strong>{counts[state] ?? 0}</strong> {STATES[state].label}
        </button>
      </li>
    ))}
  </ul>
);

const columnsWith = (again: (id: string) => void): Column<OutboxLine>[] => [
  { key: 'madeAt', title: '产生', render: (line) => momentOf(line.madeAt) },
  { key: 'channel', title: '方式', render: (line) => (line.channel === 'mail' ? '邮件' : '短信') },
  { key: 'about', title: '种类', render: (line) => line.about },
  { key: 'person', title: '给谁', render: (line) => `${line.personName}（${line.login}）` },
  {
    key: 'state',
    title: '状态',
    render: (line) => (
      <>
        <Tag tone={STATES[line.state].tone}>{STATES[line.state].label}</Tag>
        {line.unsure && <Tag tone="wait">可能重复</Tag>}
      </>
    ),
  },
  { key: 'attempts', title: '次数', figure: true, render: (line) => line.attempts },
  {
    key: 'when',
    title: '发出或下次',
    render: (line) =>
      line.sentAt
        ? momentOf(line.sentAt)
        : ['queued', 'gathering'].includes(line.state)
          ? `${momentOf(line.notBefore)}以后`
          : '—',
  },
  { key: 'problem', title: '说明', render: (line) => line.problem ?? '' },
  {
    key: 'tools',
    title: '操作',
    render: (line) =>
      line.state === 'failed' && (
        <Button size="small" aria-label={`重发：${line.personName}，${line.about}`} onClick={() => again(line.id)}>
          重发
        </Button>
      ),
  },
];

type FiltersProps = {
  filter: { q: string; state: string; channel: string };
  put: (part: Record<string, string>) => void;
};

function Filters({ filter, put }: FiltersProps) {
  const [text, setText] = useState(filter.q);
  return (
    <search className="ks-filters" aria-label="筛选">
      <Field label="查找">
        {(slots) => (
          <Input.Search
            {...slots}
            value={text}
            placeholder="姓名、登录名、说明"
            allowClear
            style={{ width: 280 }}
            onChange={(event) => setText(event.target.value)}
            onSearch={(typed) => put({ q: typed.trim() })}
          />
        )}
      </Field>
      <Field label="状态">
        {(slots) => (
          <Select
            {...slots}
            value={filter.state}
            style={{ width: 140 }}
            options={[
              { value: '', label: '全部' },
              ...(Object.keys(STATES) as OutboxState[]).map((state) => ({
                value: state as string,
                label: STATES[state].label,
              })),
            ]}
            onChange={(state: string) => put({ state })}
          />
        )}
      </Field>
      <Field label="方式">
        {(slots) => (
          <Select
            {...slots}
            value={filter.channel}
            style={{ width: 120 }}
            options={[
              { value: '', label: '全部' },
              { value: 'mail', label: '邮件' },
              { value: 'sms', label: '短信' },
            ]}
            onChange={(channel: string) => put({ channel })}
          />
        )}
      </Field>
    </search>
  );
}
