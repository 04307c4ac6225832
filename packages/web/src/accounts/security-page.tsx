import { Link } from 'react-router';
import { Notice, Page, Panel } from '../kit/index.ts';
import { useSession } from '../shell/session.tsx';
import { IdentitiesPanel } from './identities-panel.tsx';
import { SecondFactorPanel } from './second-factor-panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';

export default function SecurityPage() {
  const { me } = useSession();
  return (
    <Page title="登录与安全" width="text">
      {me.person.mustEnrolSecondFactor && (
        <Notice kind="warning" title="您的角色须先启用两步验证，才能办理其他事项。" />
      )}
      <SecondFactorPanel />
      <SessionsPanel />
      <IdentitiesPanel />
      <Panel title="密码">
        <p>
          修改密码后，其他设备上的登录都会退出。<Link to="/password">修改密码</Link>
        </p>
      </Panel>
    </Page>
  );
}
