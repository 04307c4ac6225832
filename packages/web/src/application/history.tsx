import { useEvents } from '../api/queries.ts';
import { EmptyState, Loaded, Tag } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import './application.css';

/** Who did what and when, refused attempts included. */
export function History({ applicationId }: { applicationId: string }) {
  const events = useEvents(applicationId);
  return (
    <Loaded query={events} rows={3}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="还没有办理记录">提交、退回、推荐等每一步都会记在这里。</EmptyState>
        ) : (
          <ol className="kp-history">
            {items.map((event, index) => (
              <li key={`${event.at}-${index}`}>
                <time>{momentOf(event.at)}</time>
                <div>
                  <strong>{event.label}</strong> {event.outcome === 'refused' && <Tag tone="bad">未被接受</Tag>}
                  <span className="kp-history__who">
                    {event.personName}
                    {event.role && `（${event.role}）`}
                  </span>
                  {event.reason && <p className="kp-history__reason">{event.reason}</p>}
                </div>
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}
