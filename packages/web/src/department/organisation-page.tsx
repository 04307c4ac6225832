import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { call } from '../api/client.ts';
import { useRoutingOf } from '../api/organisations.ts';
import { useOrganisation } from '../api/queries.ts';
import type { Organisation } from '../api/types.ts';
import { OrganisationFacts, ORGANISATION_STATE } from '../application/organisation-facts.tsx';
import { RevealContext } from '../form/personal-value.tsx';
import { AdministrationPanel } from '../profile/administration-panel.tsx';
import { HistoryPanel } from '../profile/history-panel.tsx';
import { PaperList } from '../profile/paper-list.tsx';
import { CallRoutes } from '../profile/routes-view.tsx';
import { Button, ConfirmDialog, Loaded, Page, Panel, ReasonDialog, Tag, useToast } from '../kit/index.ts';

export default function OrganisationPage() {
  const { id = '' } = useParams();
  const organisation = useOrganisation(id);
  const routing = useRoutingOf(id);
  return (
    <Loaded query={organisation}>
      {(found) => (
        <Page
          title={found.name}
          width="text"
          back={{ to: '/department/organisations', label: '单位注册' }}
          lead={<Tag tone={ORGANISATION_STATE[found.state].tone}>{ORGANISATION_STATE[found.state].label}</Tag>}
          actions={found.state === 'pending' && <Decide organisation={found} />}
        >
          <Panel title="单位">
            <RevealContext
              value={(_path, reason) => call('POST', `/organisations/${found.id}/reveal`, { body: { reason } })}
            >
              <OrganisationFacts organisation={found} />
            </RevealContext>
          </Panel>
          <Panel title="证明材料">
            <PaperList organisationId={found.id} />
          </Panel>
          {found.state === 'approved' && (
            <>
              <Panel title="项目由谁推荐">
                <Loaded query={routing} rows={2}>
                  {({ items }) => <CallRoutes calls={items} />}
                </Loaded>
              </Panel>
              <AdministrationPanel organisationId={found.id} as="department" />
            </>
          )}
          <HistoryPanel organisationId={found.id} />
        </Page>
      )}
    </Loaded>
  );
}

function Decide({ organisation }: { organisation: Organisation }) {
  const queries = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState<'approve' | 'reject'>();
  const decide = async (action: 'approve' | 'reject', body: object) => {
    const answer = await call('POST', `/organisations/${organisation.id}/${action}`, { body });
    if (answer.ok) toast.success(action === 'approve' ? '已通过' : '已退回');
    await queries.invalidateQueries({ queryKey: ['organisations'] });
    return answer;
  };
  const close = () => setAsking(undefined);
  return (
    <>
      <Button type="primary" onClick={() => setAsking('approve')}>
        通过注册
      </Button>
      <Button danger onClick={() => setAsking('reject')}>
        不通过
      </Button>
      <ConfirmDialog
        title={`通过注册：${organisation.name}`}
        confirm="通过"
        open={asking === 'approve'}
        onClose={close}
        onConfirm={() => decide('approve', {})}
      >
        <p>请确认已核对证照：名称、信用代码 {organisation.uscc}、是否独立法人、注册日期。</p>
      </ConfirmDialog>
      <ReasonDialog
        title={`不通过注册：${organisation.name}`}
        confirm="不通过"
        danger
        open={asking === 'reject'}
        label="理由"
        help="单位会看到，写清楚缺什么、怎么改"
        onClose={close}
        onConfirm={(reason) => decide('reject', { reason })}
      />
    </>
  );
}
