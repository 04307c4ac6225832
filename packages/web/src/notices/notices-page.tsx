import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { NOTICE_KIND_KEYS, NOTICE_KINDS } from '@keshen/rules';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import {
  Button,
  ConfirmDialog,
  EmptyState,
  Field,
  Input,
  Loaded,
  Page,
  Pager,
  Panel,
  RefusalNotice,
  Select,
  Tag,
} from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { type NoticeFilter, type NoticeLine, useNotices } from './queries.ts';

const PAGE_SIZE = 20;

/** Everything that a person was told, the latest first; the address keeps the filter. */
export default function NoticesPage() {
  const [search, setSearch] = useSearchParams();
  const of = (key: string) => search.get(key) ?? '';
  const page = Number(search.get('page') ?? 1);
  const filter: NoticeFilter = { q: of('q'), kind: of('kind'), unread: of('unread') };
  const notices = useNotices(filter, page, PAGE_SIZE);
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const put = (part: Record<string, string>) =>
    setSearch((before) => ({ ...Object.fromEntries(before), page: '1', ...part }), { replace: true });
  const renew = () => queries.invalidateQueries({ queryKey: ['notices'] });
  const read = async (line: NoticeLine) => {
    if (line.readAt) return;
    const answer = await call('POST', `/notices/${line.id}/read`);
    setRefusal(answer.ok ? undefined : answer.refusal);
    await renew();
  };
  const unread = notices.data?.unread ?? 0;
  const filtered = filter.q !== '' || filter.kind !== '' || filter.unread !== '';
  return (
    <Page
      title="通知"
      lead={unread > 0 ? `${unread}条未读` : '没有未读的通知'}
      actions={
        <>
          <Button disabled={unread === 0} onClick={() => setAsking(true)}>
            全部标为已读
          </Button>
          <Link className="ks-link-button" to="/notices/preferences">
            通知设置
          </Link>
        </>
      }
    >
      {refusal && <RefusalNotice refusal={refusal} />}
      <Panel>
        <Filters filter={filter} put={put} />
        <Loaded query={notices}>
          {({ items, total }) =>
            total === 0 ? (
              <EmptyState
                title={filtered ? '没有符合条件的通知' : '还没有通知'}
                action={filtered && <Button onClick={() => setSearch({})}>清除筛选</Button>}
              >
                {!filtered && '申报书被退回、时限快到、有新的待办时，会在这里提醒您；也可以在“通知设置”里登记邮箱。'}
              </EmptyState>
            ) : (
              <>
                <ul className="ks-notices" aria-label="通知">
                  {items.map((line) => (
                    <Item key={line.id} line={line} onRead={() => read(line)} />
                  ))}
                </ul>
                <Pager page={page} pageSize={PAGE_SIZE} total={total} onPage={(next) => put({ page: String(next) })} />
              </>
            )
          }
        </Loaded>
      </Panel>
      <ConfirmDialog
        title="全部标为已读"
        confirm="标为已读"
        width={440}
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          const answer = await call('POST', '/notices/read', { body: {} });
          await renew();
          return answer;
        }}
      >
        <p>{unread}条未读的通知都标为已读；通知仍留在这里，可以查找。</p>
      </ConfirmDialog>
    </Page>
  );
}

type ItemProps = { line: NoticeLine; onRead: () => Promise<void> };

function Item({ line, onRead }: ItemProps) {
  const navigate = useNavigate();
  const unread = !line.readAt;
  const to = line.link.replace(/^\/app/, '');
  const go = async () => {
    await onRead();
    await navigate(to);
  };
  return (
    <li className={unread ? 'ks-notices__new' : undefined} data-notice={line.kind}>
      <div className="ks-notices__head">
        <Tag tone={unread ? 'accent' : 'plain'}>{line.kindLabel}</Tag>
        <h2>
          {unread && <span className="ks-hidden">未读：</span>}
          {line.title}
        </h2>
        <time dateTime={line.madeAt}>{momentOf(line.madeAt)}</time>
      </div>
      <dl className="ks-notices__facts">
        {line.facts.map(({ label, value }, at) => (
          // A list of applications has the same label several times; the order never changes.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={at}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {line.toDo && <p className="ks-notices__todo">{line.toDo}</p>}
      <div className="ks-notices__tools">
        <Button type={unread ? 'primary' : 'default'} aria-label={`去办理：${line.title}`} onClick={() => void go()}>
          去办理
        </Button>
        {unread && (
          <Button type="text" aria-label={`标为已读：${line.title}`} onClick={() => void onRead()}>
            标为已读
          </Button>
        )}
      </div>
    </li>
  );
}

type FiltersProps = { filter: NoticeFilter; put: (part: Record<string, string>) => void };

function Filters({ filter, put }: FiltersProps) {
  const [text, setText] = useState(filter.q);
  return (
    <search className="ks-filters" aria-label="筛选">
      <Field label="查找">
        {(slots) => (
          <Input.Search
            {...slots}
            value={text}
            placeholder="标题、项目名称、申报编号"
            allowClear
            style={{ width: 320 }}
            onChange={(event) => setText(event.target.value)}
            onSearch={(typed) => put({ q: typed.trim() })}
          />
        )}
      </Field>
      <Field label="种类">
        {(slots) => (
          <Select
            {...slots}
            value={filter.kind}
            style={{ width: 180 }}
            options={[
              { value: '', label: '全部' },
              ...NOTICE_KIND_KEYS.map((kind) => ({ value: kind as string, label: NOTICE_KINDS[kind].label })),
            ]}
            onChange={(kind: string) => put({ kind })}
          />
        )}
      </Field>
      <Field label="是否已读">
        {(slots) => (
          <Select
            {...slots}
            value={filter.unread}
            style={{ width: 120 }}
            options={[
              { value: '', label: '全部' },
              { value: 'true', label: '只看未读' },
            ]}
            onChange={(unread: string) => put({ unread })}
          />
        )}
      </Field>
    </search>
  );
}
