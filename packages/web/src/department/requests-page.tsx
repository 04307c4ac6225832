import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { call } from '../api/client.ts';
import { type Change, type HostedPlatform, useOpenChanges, useOpenPlatforms } from '../api/organisations.ts';
import {
  Button,
  ConfirmDialog,
  EmptyState,
  Facts,
  Loaded,
  Notice,
  Page,
  Panel,
  ReasonDialog,
  useToast,
} from '../kit/index.ts';
import { DifferenceTable } from '../profile/difference-table.tsx';
import { PaperList } from '../profile/paper-list.tsx';
import { dateInWords, momentOf } from '../text/beijing-time.ts';

/** What organisations ask the department for: changes to what was approved, and platforms that they host. */
export default function RequestsPage() {
  return (
    <Page title="变更和平台" lead="单位申请的信息变更和所依托的平台。批准以后才生效，单位和处理人都有记录。">
      <Panel title="信息变更">
        <Loaded query={useOpenChanges()} rows={3}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="没有等待审核的变更">单位申请后会出现在这里，先来的在前。</EmptyState>
            ) : (
              items.map((change) => <ChangeItem key={change.id} change={change} />)
            )
          }
        </Loaded>
      </Panel>
      <Panel title="平台确认">
        <Loaded query={useOpenPlatforms()} rows={3}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="没有等待确认的平台">单位申报后会出现在这里，先来的在前。</EmptyState>
            ) : (
              items.map((platform) => <PlatformItem key={platform.id} platform={platform} />)
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

function ChangeItem({ change }: { change: Change }) {
  const { organisationId, organisationName, uscc, reason, requestedByName, requestedAt, changes, movesTo } = change;
  return (
    <article className="ko-request" data-change={change.id}>
      <Head {...{ organisationId, organisationName, uscc, requestedByName, requestedAt }}>
        <Decide
          name={organisationName}
          path={`/organisation-changes/${change.id}`}
          yes={{ action: 'approve', label: '批准变更', done: '已批准' }}
          no={{ action: 'decline', label: '退回', done: '已退回' }}
        >
          <p>批准后立即生效，原来的内容留在历史里。</p>
          {movesTo && <p>批准后这家单位归{movesTo.departmentName}，不再由本部门审核。</p>}
        </Decide>
      </Head>
      <p>理由：{reason}</p>
      <DifferenceTable changes={changes} caption={`${organisationName}申请的变更`} />
      {movesTo && (
        <Notice kind="warning" title={`批准后归${movesTo.departmentName}`}>
          <p>
            {movesTo.why}
            {movesTo.clause && `（通知${movesTo.clause.at}）`}。还没有报到部门的申报跟着过去，已经报到的不动。
          </p>
        </Notice>
      )}
      <PaperList organisationId={organisationId} only={{ changeId: change.id }} />
    </article>
  );
}

function PlatformItem({ platform }: { platform: HostedPlatform }) {
  const { organisationId, organisationName, uscc, requestedByName, requestedAt } = platform;
  return (
    <article className="ko-request" data-platform={platform.id}>
      <Head {...{ organisationId, organisationName, uscc, requestedByName, requestedAt }}>
        <Decide
          name={platform.name}
          path={`/hosted-platforms/${platform.id}`}
          yes={{ action: 'confirm', label: '确认平台', done: '已确认' }}
          no={{ action: 'decline', label: '不确认', done: '已退回' }}
        >
          <p>
            请对照认定文件核实：平台名称、依托单位、认定部门和日期、有没有在研的合作计划项目。确认后记入平台名录，可用于单独推荐名额。
          </p>
        </Decide>
      </Head>
      <Facts
        items={[
          ['平台', platform.name],
          ['类别', platform.kindLabel],
          ['编号', platform.number],
          ['认定', `${platform.confirmedByAuthority}，${dateInWords(platform.confirmedOn)}`],
          ['在研合作项目', platform.ongoingCooperation ? '有' : '没有'],
        ]}
      />
      <PaperList organisationId={organisationId} only={{ platformId: platform.id }} />
    </article>
  );
}

type HeadProps = {
  organisationId: string;
  organisationName: string;
  uscc: string;
  requestedByName: string;
  requestedAt: string;
  children: ReactNode;
};

const Head = ({ organisationId, organisationName, uscc, requestedByName, requestedAt, children }: HeadProps) => (
  <div className="ko-request__head">
    <div>
      <h3>
        <Link to={`/department/organisations/${organisationId}`}>{organisationName}</Link>
      </h3>
      <p className="ks-field__help">
        {uscc}，{momentOf(requestedAt)}由{requestedByName}提交
      </p>
    </div>
    <span className="ks-actions">{children}</span>
  </div>
);

type Way = { action: string; label: string; done: string };
type DecideProps = { name: string; path: string; yes: Way; no: Way; children: ReactNode };

function Decide({ name, path, yes, no, children }: DecideProps) {
  const queries = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState<'yes' | 'no'>();
  const send = async (way: Way, body: object) => {
    const answer = await call('POST', `${path}/${way.action}`, { body });
    if (answer.ok) toast.success(way.done);
    await queries.invalidateQueries({ queryKey: ['organisations'] });
    return answer;
  };
  const close = () => setAsking(undefined);
  return (
    <>
      <Button type="primary" aria-label={`${yes.label}：${name}`} onClick={() => setAsking('yes')}>
        {yes.label}
      </Button>
      <Button danger aria-label={`${no.label}：${name}`} onClick={() => setAsking('no')}>
        {no.label}
      </Button>
      <ConfirmDialog
        title={`${yes.label}：${name}`}
        confirm={yes.label}
        open={asking === 'yes'}
        onClose={close}
        onConfirm={() => send(yes, {})}
      >
        {children}
      </ConfirmDialog>
      <ReasonDialog
        title={`${no.label}：${name}`}
        confirm={no.label}
        danger
        open={asking === 'no'}
        label="理由"
        help="单位会看到，写清楚缺什么、怎么改"
        onClose={close}
        onConfirm={(reason) => send(no, { reason })}
      />
    </>
  );
}
