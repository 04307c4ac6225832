import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'react-router';
import { call, Refused } from '../api/client.ts';
import { Page, Panel, RefusalNotice } from '../kit/index.ts';
import { Door } from '../shell/door.tsx';
import { LinkPage } from './link-page.tsx';

type Ended = { label: string };

/** Where the link at the foot of a mail leads: it ends mails of one kind, without signing in, and does nothing else. */
export default function UnsubscribePage() {
  const token = useLocation().hash.slice(1) || '-';
  const kind = useQuery({
    queryKey: ['unsubscribe', token],
    queryFn: async () => {
      const answer = await call<Ended>('POST', '/notice-links/read-unsubscribe', { body: { token } });
      if (!answer.ok) throw new Refused(answer.status, answer.refusal);
      return answer.value;
    },
    staleTime: Infinity,
  });
  if (kind.error) {
    return (
      <Door>
        <Page title="不再接收邮件">
          <Panel>
            <RefusalNotice refusal={kind.error.refusal} />
          </Panel>
        </Page>
      </Door>
    );
  }
  const label = kind.data?.label ?? '';
  return (
    <LinkPage
      title="不再接收邮件"
      lead={`不再用邮件接收“${label}”。系统里照常能看到，其他种类的邮件不受影响。`}
      button={`不再接收“${label}”`}
      onPress={() => call<Ended>('POST', '/notice-links/unsubscribe', { body: { token } })}
      done={(ended) => `已停止用邮件发送“${ended.label}”。要恢复的，登录后在通知设置里改。`}
    />
  );
}
