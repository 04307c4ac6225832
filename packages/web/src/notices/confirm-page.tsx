import { useLocation } from 'react-router';
import { call } from '../api/client.ts';
import { LinkPage } from './link-page.tsx';
import type { Channel } from './queries.ts';

/** Where the link to confirm an address leads. The token stands after the #, which browsers do not send. */
export default function ConfirmPage() {
  const token = useLocation().hash.slice(1);
  return (
    <LinkPage
      title="确认通知地址"
      lead="按下面的按钮，科申的通知从此会发到您收到这个链接的地方。不是您本人登记的，关掉本页即可。"
      button="确认使用"
      onPress={() => call<{ channel: Channel }>('POST', '/notice-links/confirm', { body: { token: token || '-' } })}
      done={({ channel }) => (channel === 'mail' ? '邮箱已确认，通知会发到这里。' : '手机号已确认，通知会发到这里。')}
    />
  );
}
