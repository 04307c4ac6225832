import { Link, useLocation } from 'react-router';
import { useEvents } from '../api/queries.ts';
import type { HistoryEvent } from '../api/types.ts';
import { EmptyState, Loaded, Tag } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';

/** The same thing done again and again by one person, without a word in between, is told once. */
function folded(items: readonly HistoryEvent[]): { event: HistoryEvent; times: number }[] {
  const told: { event: HistoryEvent; times: number }[] = [];
  for (const event of items) {
    const last = told.at(-1);
    const again =
      last?.event.action === event.action &&
      last.event.personName === event.personName &&
      last.event.outcome === 'done' &&
      event.outcome === 'done' &&
      !event.reason;
    if (last && again) told[told.length - 1] = { event, times: last.times + 1 };
    else told.push({ event, times: 1 });
  }
  return told;
}

/** Who did what and when, refused attempts included. */
export function History({ applicationId }: { applicationId: string }) {
  const events = useEvents(applicationId);
  const { pathname } = useLocation();
  const submitted = events.data?.items.some(({ action, outcome }) => action === 'submit' && outcome === 'done');
  return (
    <Loaded query={events} rows={3}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="还没有办理记录">提交、退回、推荐等每一步都会记在这里。</EmptyState>
        ) : (
          <>
            {submitted && (
              <p>
                <Link to={`/compare/${applicationId}?back=${encodeURIComponent(pathname)}`}>对照各次提交的内容</Link>
              </p>
            )}
            <ol className="kp-history">
              {folded(items).map(({ event, times }) => (
                <li key={`${event.at}-${event.action}`}>
                  <time>{momentOf(event.at)}</time>
                  <div>
                    <strong>
                      {event.label}
                      {times > 1 && `（${times} 次）`}
                    </strong>{' '}
                    {event.outcome === 'refused' && <Tag tone="bad">未被接受</Tag>}
                    <span className="kp-history__who">
                      {event.personName}
                      {event.role && `（${event.role}）`}
                    </span>
                    {event.reason && <p className="kp-history__reason">{event.reason}</p>}
                    {event.refusal !== undefined && (
                      <a
                        href={`/api/applications/${applicationId}/refusals/${event.refusal}/proof`}
                        target="_blank"
                        rel="noreferrer"
                      >
                        打印凭证
                      </a>
                    )}
                  </div>
                </li>
              ))}
            </ol>
          </>
        )
      }
    </Loaded>
  );
}
