import type { Mode, Round, Window } from '../api/types.ts';
import { useExtensions } from '../api/queries.ts';
import { clockOf, momentOf, timeLeft } from '../text/beijing-time.ts';
import { RehearsalBanner, useAllRehearsed } from './rehearsal.tsx';
import { useServerNow } from './server-clock.ts';

/**
 * The window that governs an action for an application in this state, else the one now open, else the next to open, else the last. Of
 * several for one action the one that is still open counts.
 */
export function windowFor(all: readonly Window[], action?: string, state?: string): Window | undefined {
  const windows = all.filter(({ states }) => !states || (state !== undefined && states.includes(state)));
  const named = windows.filter((window) => action !== undefined && window.actions.includes(action));
  return (
    named.find((window) => window.state === 'open') ??
    named[0] ??
    windows.find((window) => window.state === 'open') ??
    windows.find((window) => window.state === 'before') ??
    windows.at(-1)
  );
}

type Props = {
  round: Pick<Round, 'id' | 'title' | 'windows' | 'authorityName'> & { mode: Mode };
  action?: string;
  state?: string;
};

/** The head of everything that belongs to a call: which call, the server's time, and what is left of the window. */
export function CallBar({ round, action, state }: Props) {
  const window = windowFor(round.windows, action, state);
  const said = useAllRehearsed();
  return (
    <>
      {round.mode === 'rehearsal' && !said && <RehearsalBanner />}
      <section className="ks-callbar" aria-label="通知与时限">
        <div className="ks-callbar__call">
          <span className="ks-callbar__authority">{round.authorityName}</span>
          <strong>{round.title}</strong>
        </div>
        {window && <WindowClock window={window} />}
      </section>
      <Extensions roundId={round.id} />
    </>
  );
}

/** What was extended and concerns the reader: what, until when, for whom. */
function Extensions({ roundId }: { roundId: string }) {
  const { data } = useExtensions(roundId);
  const now = useServerNow();
  const running = (data?.items ?? []).filter(
    ({ state, until }) => state === 'approved' && now !== undefined && Date.parse(until) >= now,
  );
  if (running.length === 0) return null;
  return (
    <ul className="ks-extensions" aria-label="延期">
      {running.map(({ id, stageLabel, until, whom, reason }) => (
        <li key={id}>
          <strong>{stageLabel}</strong>已延期至 {momentOf(until)}，{whom}。<span>{reason}</span>
        </li>
      ))}
    </ul>
  );
}

function WindowClock({ window: { title, opens, closes } }: { window: Window }) {
  const now = useServerNow();
  const start = opens && now !== undefined && now < Date.parse(opens) ? opens : undefined;
  const left = now === undefined ? undefined : timeLeft(now, start ?? closes);
  return (
    <div className="ks-callbar__time">
      <span>
        {title}
        {start ? `开始 ${momentOf(start)}` : `截止 ${momentOf(closes)}`}
      </span>
      {now !== undefined && (
        <>
          <strong className={left ? '' : 'ks-callbar__over'}>{left ?? '已截止'}</strong>
          <span className="ks-callbar__clock">
            服务器时间 <time>{clockOf(now)}</time>
          </span>
        </>
      )}
    </div>
  );
}
