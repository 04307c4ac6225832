import { Panel } from '../kit/index.ts';
import { Deliveries } from './deliveries.tsx';
import { usePapersOfApplication } from './queries.ts';
import { StandingTag } from './standing-tag.tsx';

type Props = { applicationId: string; roundId: string };

/** What is to be brought on paper for one application: how, by when, what was received. Nothing where the call takes no paper. */
export function PaperPanel({ applicationId, roundId }: Props) {
  const { data } = usePapersOfApplication(applicationId);
  if (!data || data.items.length === 0) return null;
  const toBring = data.items.some(({ missing, online }) => missing > 0 && online);
  return (
    <Panel
      id="paper"
      title="纸质材料"
      aside={
        toBring && (
          <a
            href={`/api/rounds/${roundId}/paper-slip.pdf?applicationId=${applicationId}`}
            target="_blank"
            rel="noreferrer"
          >
            打印送件单
          </a>
        )
      }
    >
      <ul className="kp-duties">
        {data.items.map((duty) => (
          <li key={duty.paper} data-paper={duty.paper} data-standing={duty.standing}>
            <p>
              <strong>{duty.paperTitle}</strong> <StandingTag standing={duty.standing} label={duty.standingLabel} />
            </p>
            <p>
              应交 {duty.copies} 份，已收 {duty.held} 份{duty.missing > 0 && `，还缺 ${duty.missing} 份`}。{duty.due}。
            </p>
            <p className="kp-how">
              {duty.how}。由{duty.from}送。依据：通知{duty.clause}
            </p>
            <Deliveries deliveries={duty.deliveries} desk={false} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
