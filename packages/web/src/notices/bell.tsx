import { Link } from 'react-router';
import { BellIcon } from '../kit/index.ts';
import { useUnread } from './queries.ts';

/** The way to the notices, with how many are new; a screen reader hears it when the number changes. */
export function Bell() {
  const unread = useUnread().data?.unread ?? 0;
  const label = unread > 0 ? `通知，${unread}条未读` : '通知，没有未读';
  return (
    <Link className="ks-bell" to="/notices" aria-label={label} data-unread={unread}>
      <BellIcon aria-hidden />
      {unread > 0 && (
        <span className="ks-bell__count" aria-hidden>
          {unread > 99 ? '99+' : unread}
        </span>
      )}
      <output className="ks-hidden">{unread > 0 ? `${unread}条未读通知` : ''}</output>
    </Link>
  );
}
