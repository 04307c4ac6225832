import { useOrganisation } from '../api/queries.ts';
import { OrganisationFacts, ORGANISATION_STATE } from '../application/organisation-facts.tsx';
import { EmptyState, Loaded, Notice, Page, Panel, Tag } from '../kit/index.ts';
import { useSession } from '../shell/session.tsx';

export default function ProfilePage() {
  const { me } = useSession();
  const id = me.grants.find((grant) => grant.role === 'organisationAdministrator')?.organisationId;
  return (
    <Page title="单位信息" width="text">
      {id ? <Profile id={id} /> : <EmptyState title="您不是单位管理员" />}
    </Page>
  );
}

function Profile({ id }: { id: string }) {
  const organisation = useOrganisation(id);
  return (
    <Loaded query={organisation}>
      {(found) => (
        <>
          {found.state === 'pending' && (
            <Notice title={`注册已送${found.departmentName}审核`}>审核通过后就可以分配账号、组织申报。</Notice>
          )}
          {found.state === 'rejected' && (
            <Notice kind="error" title={`${found.departmentName}没有通过本单位的注册`}>
              {found.reviewNote && <p>理由：{found.reviewNote}</p>}
              <p>请与{found.departmentName}联系，更正后重新注册。</p>
            </Notice>
          )}
          <Panel
            title={found.name}
            aside={<Tag tone={ORGANISATION_STATE[found.state].tone}>{ORGANISATION_STATE[found.state].label}</Tag>}
          >
            <OrganisationFacts organisation={found} />
          </Panel>
        </>
      )}
    </Loaded>
  );
}
