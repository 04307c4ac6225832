import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, read } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { Button, DataTable, EmptyState, Facts, Loaded, Notice, Page, Panel, RefusalNotice, Tag } from '../kit/index.ts';
import { dateInWords, momentOf } from '../text/beijing-time.ts';

type House = {
  at: string;
  versions: { keshen: string; node: string; database: string };
  database: { megabytes: number; migrations: number; newest: string };
  counts: { people: number; sessions: number; organisations: number; applications: number };
  settings: { name: string; value: string }[];
  upkeep: {
    lastRoot: number | null;
    lastRootAt: string | null;
    lastStampAt: string | null;
    eventsWaiting: number;
    newestKeyAt: string | null;
  };
  registers: { authority: string; register: string; name: string; asOf: string; status: 'ok' | 'down' }[];
  rounds: {
    id: string;
    title: string;
    authority: string;
    mode: 'live' | 'rehearsal';
    openedAt: string;
    closedAt: string | null;
    checksum: string;
    publishedAt: string;
  }[];
  warnings: { message: string; remedy: string }[];
};
type Examination = {
  at: string;
  faults: number;
  findings: { title: string; looked: number; faultCount: number; faults: string[] }[];
};

/** How the installation stands, for whoever runs it. */
export default function HousePage() {
  const house = useQuery({ queryKey: ['house'], queryFn: ({ signal }) => read<House>('/house', signal) });
  return (
    <Page title="系统状态" lead="版本、设置、登记数据的日期和系统自己做的事。申报内容不在这里显示。">
      <Loaded query={house}>
        {(found) => (
          <>
            {found.warnings.length === 0 ? (
              <Notice kind="success" title="没有需要处理的事项" />
            ) : (
              found.warnings.map(({ message, remedy }) => (
                <Notice key={message} kind="warning" title={message}>
                  {remedy}
                </Notice>
              ))
            )}
            <Examine />
            <Standing house={found} />
            <Registers house={found} />
            <Rounds house={found} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** The doctor reads all there is, so it runs when asked. */
function Examine() {
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Examination>();
  const [refusal, setRefusal] = useState<Refusal>();
  const run = async () => {
    setBusy(true);
    setRefusal(undefined);
    const answer = await call<Examination>('POST', '/house/examination');
    setBusy(false);
    if (answer.ok) setFound(answer.value);
    else setRefusal(answer.refusal);
  };
  return (
    <Panel
      title="体检"
      note="逐条核对必须始终成立的事：日志没有断、冻结的内容没有变、附件都在、名额没有超用。数据多时要几分钟。"
      aside={
        <Button loading={busy} onClick={() => void run()}>
          开始体检
        </Button>
      }
    >
      <div aria-live="polite">
        {refusal && <RefusalNotice refusal={refusal} />}
        {found && (
          <>
            <p style={{ marginBottom: 12 }}>
              {momentOf(found.at)}：{found.faults === 0 ? '全部成立。' : `有 ${found.faults} 处不成立。`}
            </p>
            <DataTable
              caption="体检结果"
              rows={found.findings}
              rowKey={(row) => row.title}
              head="title"
              columns={[
                { key: 'title', title: '应当成立', render: (row) => row.title },
                { key: 'looked', title: '查了', figure: true, render: (row) => row.looked },
                {
                  key: 'faults',
                  title: '结果',
                  render: (row) =>
                    row.faultCount === 0 ? (
                      <Tag tone="good">成立</Tag>
                    ) : (
                      <>
                        <Tag tone="bad">{row.faultCount} 处不成立</Tag>
                        <ul>
                          {row.faults.map((fault) => (
                            <li key={fault}>{fault}</li>
                          ))}
                        </ul>
                      </>
                    ),
                },
              ]}
            />
          </>
        )}
      </div>
    </Panel>
  );
}

function Standing({ house }: { house: House }) {
  const { versions, database, counts, upkeep, settings } = house;
  const at = (instant: string | null) => (instant ? momentOf(instant) : '还没有');
  return (
    <>
      <Panel title="运行">
        <Facts
          items={[
            ['科申', versions.keshen],
            ['Node', versions.node],
            ['PostgreSQL', versions.database],
            ['数据库', `${database.megabytes} MB，结构 ${database.newest}`],
            ['可用账号', String(counts.people)],
            ['正在登录', String(counts.sessions)],
            ['已通过的单位', String(counts.organisations)],
            ['申报', String(counts.applications)],
          ]}
        />
      </Panel>
      <Panel title="设置" note="在环境变量里改，重启后生效，见运行说明。">
        <Facts items={settings.map(({ name, value }) => [name, value] as const)} />
      </Panel>
      <Panel title="系统自己做的事">
        <Facts
          items={[
            [
              '最近一次固定日志',
              `${at(upkeep.lastRootAt)}${upkeep.lastRoot === null ? '' : `（第 ${upkeep.lastRoot} 次）`}`,
            ],
            ['最近一次时间戳', at(upkeep.lastStampAt)],
            ['等待固定的日志', `${upkeep.eventsWaiting} 条`],
            ['现用数据密钥', at(upkeep.newestKeyAt)],
          ]}
        />
      </Panel>
    </>
  );
}

function Registers({ house }: { house: House }) {
  return (
    <Panel title="登记数据" note="条款按这些数据判断，日期是数据截至的那一天。">
      {house.registers.length === 0 ? (
        <EmptyState title="还没有导入登记数据">用 keshen import-register 导入。</EmptyState>
      ) : (
        <DataTable
          caption="登记数据"
          rows={house.registers}
          rowKey={(row) => `${row.authority} ${row.register}`}
          head="name"
          columns={[
            { key: 'authority', title: '科技厅', render: (row) => row.authority },
            { key: 'name', title: '数据', render: (row) => row.name },
            { key: 'asOf', title: '截至', figure: true, render: (row) => dateInWords(row.asOf) },
            {
              key: 'status',
              title: '状态',
              render: (row) => (row.status === 'ok' ? <Tag tone="good">可用</Tag> : <Tag tone="bad">读不到</Tag>),
            },
          ]}
        />
      )}
    </Panel>
  );
}

function Rounds({ house }: { house: House }) {
  return (
    <Panel title="申报通知">
      {house.rounds.length === 0 ? (
        <EmptyState title="还没有开始的申报" />
      ) : (
        <DataTable
          caption="申报通知"
          rows={house.rounds}
          rowKey={(row) => row.id}
          head="title"
          columns={[
            { key: 'title', title: '通知', render: (row) => row.title },
            {
              key: 'mode',
              title: '方式',
              render: (row) => (row.mode === 'live' ? '正式' : <Tag tone="wait">演练</Tag>),
            },
            { key: 'opened', title: '开始', figure: true, render: (row) => momentOf(row.openedAt) },
            { key: 'version', title: '版本', render: (row) => <code>{row.checksum.slice(0, 12)}</code> },
          ]}
        />
      )}
    </Panel>
  );
}
