import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { call } from '../api/client.ts';
import {
  Button,
  DataTable,
  EmptyState,
  Facts,
  Loaded,
  Page,
  Panel,
  ReasonDialog,
  Tag,
  useToast,
} from '../kit/index.ts';
import { useSession } from '../shell/session.tsx';
import { momentOf } from '../text/beijing-time.ts';
import { ProposeRole } from './propose-role.tsx';
import { type HeldRole, type HousePerson, usePersonOfHouse } from './queries.ts';

/** One person: the account, the roles held now and before. */
export default function PersonPage() {
  const { id = '' } = useParams();
  const person = usePersonOfHouse(id);
  return (
    <Page title={person.data?.name ?? '人员'} back={{ to: '/roles/people', label: '人员与角色' }}>
      <Loaded query={person}>{(found) => <Person person={found} />}</Loaded>
    </Page>
  );
}

function Person({ person }: { person: HousePerson }) {
  const { me } = useSession();
  const [proposing, setProposing] = useState(false);
  const [ending, setEnding] = useState<HeldRole>();
  const own = me.person.id === person.id;
  return (
    <>
      <Panel title="账号">
        <Facts
          items={[
            ['登录名', person.login],
            ['建立', momentOf(person.createdAt)],
            ['账号', person.disabledAt ? `${momentOf(person.disabledAt)} 停用` : '可用'],
            ['两步验证', person.secondFactorAt ? `${momentOf(person.secondFactorAt)} 启用` : '未启用'],
          ]}
        />
      </Panel>
      <Panel
        title="角色"
        aside={
          !own &&
          !person.disabledAt && (
            <Button type="primary" onClick={() => setProposing(true)}>
              授予角色
            </Button>
          )
        }
        note={own ? '这是您自己的账号：自己的角色由其他安全管理员办理。' : '授予由两人办理；终止立即生效，要写理由。'}
      >
        {person.grants.length === 0 ? (
          <EmptyState title="没有角色">这个账号现在什么也做不了。</EmptyState>
        ) : (
          <DataTable
            caption="角色"
            rows={person.grants}
            rowKey={(row) => row.id}
            head="label"
            columns={[
              { key: 'label', title: '角色', render: (row) => row.label },
              { key: 'place', title: '任职', render: (row) => row.place },
              { key: 'grantedAt', title: '起', render: (row) => momentOf(row.grantedAt) },
              {
                key: 'endedAt',
                title: '止',
                render: (row) =>
                  row.endedAt ? (
                    <>
                      {momentOf(row.endedAt)} <span className="ks-none">{row.endReason}</span>
                    </>
                  ) : (
                    <Tag tone="good">现任</Tag>
                  ),
              },
              {
                key: 'do',
                title: '操作',
                render: (row) =>
                  !row.endedAt &&
                  !own &&
                  !['applicant', 'organisationAdministrator'].includes(row.role) && (
                    <Button size="small" aria-label={`终止${row.label}（${row.place}）`} onClick={() => setEnding(row)}>
                      终止
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Panel>
      <ProposeRole person={person} open={proposing} onClose={() => setProposing(false)} />
      <EndRole person={person} ending={ending} onClose={() => setEnding(undefined)} />
    </>
  );
}

type EndProps = { person: HousePerson; ending: HeldRole | undefined; onClose: () => void };

function EndRole({ person, ending, onClose }: EndProps) {
  const queries = useQueryClient();
  const toast = useToast();
  return (
    <ReasonDialog
      title="终止角色"
      confirm="终止"
      danger
      label="理由"
      help="例如调离、退休；记入日志。"
      open={ending !== undefined}
      onClose={onClose}
      onConfirm={async (reason) => {
        const answer = await call('POST', `/roles/grants/${ending?.id}/end`, { body: { reason } });
        if (answer.ok) toast.success('已终止');
        await queries.invalidateQueries({ queryKey: ['roles'] });
        return answer;
      }}
    >
      <p>
        {person.name}不再是{ending?.label}（{ending?.place}），立即生效；要恢复，须重新提出并由另一人批准。
      </p>
    </ReasonDialog>
  );
}
