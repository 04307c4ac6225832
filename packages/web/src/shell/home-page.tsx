import { Navigate } from 'react-router';
import { EmptyState, Page, Panel } from '../kit/index.ts';
import { entriesOf } from './layout.tsx';
import { useSession } from './session.tsx';

/** Straight to the first thing that this person does here. */
export default function HomePage() {
  const { me } = useSession();
  const first = entriesOf(me)[0];
  if (first) return <Navigate to={first.to} replace />;
  return (
    <Page title={`${me.person.name}，您好`}>
      <Panel>
        <EmptyState title="您的角色在网页上还没有要办的事项">
          {me.grants.map((grant) => grant.label).join('、') || '还没有给您分配角色'}
          。角色由安全管理员或所在单位授予。
        </EmptyState>
      </Panel>
    </Page>
  );
}
