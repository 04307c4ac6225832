import { Link, useNavigate } from 'react-router';
import { useRounds } from '../api/queries.ts';
import type { Round } from '../api/types.ts';
import { Button, EmptyState, Loaded, Page, Panel, Tag } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';

export default function CallsPage() {
  const rounds = useRounds();
  return (
    <Page title="可申报的通知" lead="先看通知的条款，再新建申报。时间都是北京时间，以服务器收到的时刻为准。">
      <Loaded query={rounds}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel>
              <EmptyState title="现在没有可以申报的通知">
                科技主管部门发布通知以后会出现在这里。<a href="/">看看已发布的通知公告</a>。
              </EmptyState>
            </Panel>
          ) : (
            <div className="ka-calls">
              {items.map((round) => (
                <CallCard key={round.id} round={round} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

const WINDOW_STATE = { before: '未开始', open: '进行中', closed: '已截止' } as const;

function CallCard({ round }: { round: Round }) {
  const navigate = useNavigate();
  const filling = round.windows.find((window) => window.actions.includes('createApplication'));
  const open = filling?.state === 'open';
  return (
    <Panel
      id={`round-${round.id}`}
      title={round.title}
      aside={
        <>
          {round.mode === 'rehearsal' && <Tag tone="wait">演练</Tag>}
          <Tag>{round.planYear} 年度</Tag>
        </>
      }
      note={round.authorityName}
    >
      <ul className="ka-windows">
        {round.windows.map((window) => (
          <li key={window.key}>
            <strong>{window.title}</strong>
            {window.opens ? `${momentOf(window.opens)} 至 ` : '截至 '}
            {momentOf(window.closes)}{' '}
            <Tag tone={window.state === 'open' ? 'good' : 'plain'}>{WINDOW_STATE[window.state]}</Tag>
          </li>
        ))}
      </ul>
      <div className="ks-actions">
        <Button type="primary" disabled={!open} onClick={() => void navigate(`/applications/new/${round.id}`)}>
          新建申报
        </Button>
        <a href={`/calls/${round.id}`}>查看通知条款</a>
        {round.applicationsMine > 0 && (
          <Link to={`/applications?roundId=${round.id}`}>我在这个通知下的申报（{round.applicationsMine}）</Link>
        )}
      </div>
      {!open && (
        <p className="kp-why">{filling?.state === 'before' ? '填报还没有开始。' : '填报时间已过，不能再新建。'}</p>
      )}
    </Panel>
  );
}
