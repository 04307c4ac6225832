import { useState } from 'react';
import { useRoutingOf, type RoutedOrganisation } from '../api/organisations.ts';
import { useOrganisation, usePeople } from '../api/queries.ts';
import { OrganisationFacts, ORGANISATION_STATE } from '../application/organisation-facts.tsx';
import { Button, EmptyState, Loaded, Notice, Page, Panel, Tag } from '../kit/index.ts';
import { AdministrationPanel } from '../profile/administration-panel.tsx';
import { HistoryPanel } from '../profile/history-panel.tsx';
import { PaperList } from '../profile/paper-list.tsx';
import { CallRoutes } from '../profile/routes-view.tsx';
import { useSession } from '../shell/session.tsx';
import { ChangeRequest } from './change-request.tsx';
import { OpenChange } from './open-change.tsx';
import { PlatformsPanel } from './platforms-panel.tsx';

export default function ProfilePage() {
  const { me } = useSession();
  const grant = me.grants.find(({ role }) => role === 'organisationAdministrator');
  if (!grant?.organisationId) {
    return (
      <Page title="单位信息" width="text">
        <EmptyState title="您不是单位管理员" />
      </Page>
    );
  }
  return <Profile id={grant.organisationId} deputy={grant.deputyUntil !== undefined} />;
}

function Profile({ id, deputy }: { id: string; deputy: boolean }) {
  const organisation = useOrganisation(id);
  const [changing, setChanging] = useState(false);
  return (
    <Loaded query={organisation}>
      {(found) =>
        changing ? (
          <ChangeRequest organisation={found as RoutedOrganisation} onDone={() => setChanging(false)} />
        ) : (
          <Page
            title="单位信息"
            width="text"
            actions={found.state === 'approved' && <Button onClick={() => setChanging(true)}>申请变更</Button>}
          >
            {found.state === 'pending' && (
              <Notice title={`注册已送${found.departmentName}审核`}>审核通过后就可以分配账号、组织申报。</Notice>
            )}
            {found.state === 'rejected' && (
              <Notice kind="error" title={`${found.departmentName}没有通过本单位的注册`}>
                {found.reviewNote && <p>理由：{found.reviewNote}</p>}
                <p>请与{found.departmentName}联系，更正后重新注册。</p>
              </Notice>
            )}
            <OpenChange organisationId={id} mayWithdraw />
            <Panel
              title={found.name}
              aside={<Tag tone={ORGANISATION_STATE[found.state].tone}>{ORGANISATION_STATE[found.state].label}</Tag>}
            >
              <OrganisationFacts organisation={found} />
            </Panel>
            {found.state === 'approved' && <Approved id={id} deputy={deputy} />}
            <Panel title="证明材料">
              <PaperList organisationId={id} />
            </Panel>
            <HistoryPanel organisationId={id} />
          </Page>
        )
      }
    </Loaded>
  );
}

function Approved({ id, deputy }: { id: string; deputy: boolean }) {
  const people = usePeople().data?.items ?? [];
  return (
    <>
      <Panel title="项目由谁推荐" note="按各申报通知的规定，由注册地、单位类型和隶属关系确定。情况有变的，请申请变更。">
        <Loaded query={useRoutingOf(id)} rows={2}>
          {({ items }) => (items.length === 0 ? <EmptyState title="现在没有申报通知" /> : <CallRoutes calls={items} />)}
        </Loaded>
      </Panel>
      <PlatformsPanel organisationId={id} />
      <AdministrationPanel
        organisationId={id}
        as={deputy ? 'deputy' : 'administrator'}
        people={people.filter(({ role }) => role === 'applicant')}
      />
    </>
  );
}
