import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import {
  Button,
  DataTable,
  DownloadIcon,
  EmptyState,
  Loaded,
  Notice,
  Page,
  Panel,
  RefusalNotice,
  Tag,
} from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { useRoots, type Verification } from './queries.ts';

type Gathered = { made: number; stamped: number; problem?: string };

/** The roots over the log, and the proof that nothing was changed since they were signed. */
export default function RootsPage() {
  const queries = useQueryClient();
  const [busy, setBusy] = useState<'gather' | 'verify'>();
  const [gathered, setGathered] = useState<Gathered>();
  const [verdict, setVerdict] = useState<Verification>();
  const [refusal, setRefusal] = useState<Refusal>();
  const run = async <T,>(what: 'gather' | 'verify', path: string, keep: (value: T) => void) => {
    setBusy(what);
    setRefusal(undefined);
    const answer = await call<T>('POST', path);
    setBusy(undefined);
    if (answer.ok) keep(answer.value);
    else setRefusal(answer.refusal);
    await queries.invalidateQueries({ queryKey: ['audit', 'roots'] });
  };
  return (
    <Page
      title="日志的证明"
      lead="系统每十分钟把日志固定成一个签名、加时间戳的根。把根下载保存在系统之外，以后谁改写过日志都看得出来。"
      actions={
        <>
          <Button loading={busy === 'gather'} onClick={() => void run<Gathered>('gather', '/audit/roots', setGathered)}>
            现在固定
          </Button>
          <Button
            type="primary"
            loading={busy === 'verify'}
            onClick={() => void run<Verification>('verify', '/audit/verification', setVerdict)}
          >
            核对全部日志
          </Button>
        </>
      }
    >
      {refusal && <RefusalNotice refusal={refusal} />}
      {gathered && (
        <Notice
          kind={gathered.problem ? 'warning' : 'success'}
          title={gathered.made > 0 ? `新固定了 ${gathered.made} 个根` : '没有新的记录要固定'}
        >
          {gathered.problem ?? (gathered.stamped > 0 && `${gathered.stamped} 个根加了时间戳。`)}
        </Notice>
      )}
      {verdict && <VerdictNotice verdict={verdict} />}
      <Panel>
        <Roots />
      </Panel>
    </Page>
  );
}

function VerdictNotice({ verdict }: { verdict: Verification }) {
  const { events, chains, broken, roots } = verdict;
  if (broken.length === 0 && roots.faults.length === 0)
    return (
      <Notice kind="success" title="日志是完整的，没有改动">
        核对了 {events} 条记录、{chains} 条链、{roots.roots} 个根（{roots.stamped} 个有时间戳）。
      </Notice>
    );
  return (
    <Notice kind="error" title="日志被改动过">
      <ul>
        {broken.map(({ event, chain, at, why }) => (
          <li key={event}>
            记录 {event}（{chain}，{momentOf(at)}）{why === 'content' ? '内容被改过' : '与前一条接不上'}
          </li>
        ))}
        {roots.faults.map(({ root, why, event, madeAt }) => (
          <li key={`${root}-${why}`}>
            根 {root}（{momentOf(madeAt)}）：{why}
            {event !== undefined && `，从记录 ${event} 起`}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Roots() {
  const roots = useRoots();
  return (
    <Loaded query={roots}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="还没有根">点“现在固定”做第一个。</EmptyState>
        ) : (
          <DataTable
            caption="日志的根"
            rows={items}
            rowKey={(root) => String(root.ordinal)}
            head="ordinal"
            columns={[
              { key: 'ordinal', title: '根', render: (root) => root.ordinal },
              { key: 'madeAt', title: '固定时间', render: (root) => momentOf(root.madeAt) },
              { key: 'events', title: '记录', render: (root) => `${root.firstEvent}–${root.lastEvent}` },
              {
                key: 'stamp',
                title: '时间戳',
                render: (root) =>
                  root.stampedAt ? (
                    <Tag tone="good">
                      {momentOf(root.stampedAt)} {root.authority}
                    </Tag>
                  ) : (
                    <Tag tone="wait">还没有</Tag>
                  ),
              },
              {
                key: 'tools',
                title: '保存',
                render: (root) => (
                  <Button
                    size="small"
                    icon={<DownloadIcon aria-hidden />}
                    aria-label={`下载根 ${root.ordinal}`}
                    href={`/api/audit/roots/${root.ordinal}`}
                  >
                    下载
                  </Button>
                ),
              },
            ]}
          />
        )
      }
    </Loaded>
  );
}
