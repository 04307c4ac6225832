import { useParams } from 'react-router';
import { usePlaces, useRecommendations, useRounds } from '../api/queries.ts';
import type { Recommendations, Round } from '../api/types.ts';
import { RoundChoice } from '../application/round-choice.tsx';
import { ApplicationTable } from '../application/queue-table.tsx';
import { EmptyState, Loaded, Notice, Page, Panel } from '../kit/index.ts';
import { BonusTable } from '../places/bonus-table.tsx';
import { PlacesTable } from '../places/places-table.tsx';
import { CallBar } from '../shell/call-bar.tsx';
import { CurrentList } from './current-list.tsx';
import { DecideColumns } from './decide-columns.tsx';
import { EarlierLists } from './earlier-lists.tsx';
import { ExportList } from './export-list.tsx';

export default function RecommendationsPage() {
  const { roundId } = useParams();
  const rounds = useRounds();
  if (!roundId)
    return (
      <RoundChoice
        title="推荐报送"
        linkTo={(round) => `/department/recommendations/${round.id}`}
        empty="科技主管部门发布通知后会出现在这里。"
      />
    );
  const round = rounds.data?.items.find((candidate) => candidate.id === roundId);
  return <OfRound key={roundId} roundId={roundId} round={round} />;
}

function OfRound({ roundId, round }: { roundId: string; round: Round | undefined }) {
  const recommendations = useRecommendations(roundId);
  return (
    <>
      {round && <CallBar round={round} action="deliver" />}
      <Page title="推荐报送" lead="推荐的项目列成清单，导出、盖章、扫描上传，再报送。">
        <Loaded query={recommendations}>{(found) => <Parts roundId={roundId} found={found} />}</Loaded>
      </Page>
    </>
  );
}

/** What the department may still recommend; nothing where the call counts no places. */
function PlacesLeft({ roundId }: { roundId: string }) {
  const { data } = usePlaces(roundId);
  if (!data || (data.places.length === 0 && data.bonus.length === 0)) return null;
  return (
    <Panel id="places" title="名额" note="随推荐实时更新；确认推荐即占用，撤销推荐即退还。">
      {data.places.length > 0 && <PlacesTable places={data.places} />}
      {data.bonus.length > 0 && <BonusTable bonus={data.bonus} />}
    </Panel>
  );
}

function Parts({ roundId, found }: { roundId: string; found: Recommendations }) {
  const { current, lists, words, delivering, letterTitle, head, columns, decisions, pledge } = found;
  // The answer holds all that reached the department; what is still under review stands on its own page.
  const applications = found.applications.filter(({ state }) => state === 'recommended' || state === 'delivered');
  const waiting = applications.filter(({ state }) => state === 'recommended');
  const undecided = waiting.flatMap(({ id }) => columns.filter(({ key }) => !decisions[id]?.[key])).length;
  return (
    <>
      <PlacesLeft roundId={roundId} />
      <Panel id="recommended" title={`已推荐的项目（${applications.length}）`}>
        {applications.length === 0 ? (
          <EmptyState title="还没有推荐项目">在“项目审核”里确认推荐的项目会列在这里。</EmptyState>
        ) : (
          <ApplicationTable
            caption="已推荐的项目"
            rows={applications}
            linkTo={(application) => `/department/applications/${application.id}`}
          />
        )}
      </Panel>
      {!delivering.open && <Notice kind="warning" title={delivering.why ?? '现在不在报送时间内'} />}
      {waiting.length > 0 && delivering.open && columns.length > 0 && (
        <DecideColumns
          applications={waiting}
          columns={columns}
          decisions={decisions}
          hasCurrent={current?.state === 'current'}
        />
      )}
      {waiting.length > 0 && delivering.open && (
        <ExportList
          roundId={roundId}
          waiting={waiting.length}
          hasCurrent={current?.state === 'current'}
          words={words}
          head={head}
          undecided={undecided}
        />
      )}
      {current && (
        <CurrentList
          list={current}
          words={words}
          letterTitle={letterTitle}
          roundId={roundId}
          pledge={pledge}
          open={delivering.open}
        />
      )}
      <EarlierLists lists={lists.filter((list) => list.id !== current?.id)} />
    </>
  );
}
