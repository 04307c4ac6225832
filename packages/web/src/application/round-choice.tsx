import { Link, Navigate } from 'react-router';
import { useRounds } from '../api/queries.ts';
import type { Round } from '../api/types.ts';
import { EmptyState, Loaded, Page, Panel, Tag } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';

type Props = { title: string; linkTo: (round: Round) => string; empty: string };

/** Which call; where there is only one, straight to it. */
export function RoundChoice({ title, linkTo, empty }: Props) {
  const rounds = useRounds();
  return (
    <Loaded query={rounds}>
      {({ items }) => {
        const [only, second] = items;
        if (only && !second) return <Navigate to={linkTo(only)} replace />;
        return (
          <Page title={title} lead="请选择通知。">
            {items.length === 0 && (
              <Panel>
                <EmptyState title="现在没有通知">{empty}</EmptyState>
              </Panel>
            )}
            {items.map((round) => (
              <Panel key={round.id} note={round.authorityName}>
                <h2>
                  <Link to={linkTo(round)}>{round.title}</Link>{' '}
                  {round.mode === 'rehearsal' && <Tag tone="wait">演练</Tag>}
                </h2>
                <ul className="ks-plain">
                  {round.windows.map((window) => (
                    <li key={window.key}>
                      {window.title}：截止 {momentOf(window.closes)}
                    </li>
                  ))}
                </ul>
              </Panel>
            ))}
          </Page>
        );
      }}
    </Loaded>
  );
}
