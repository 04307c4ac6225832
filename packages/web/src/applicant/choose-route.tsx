import { useRoutingOf } from '../api/organisations.ts';
import { Panel, Radio } from '../kit/index.ts';
import { RouteLine } from '../profile/routes-view.tsx';

type Props = {
  organisationId: string;
  roundId: string;
  chosen: string | undefined;
  onChoose: (key: string) => void;
};

/** Who will review the project and why, before there is one; a choice only where the call leaves it. */
export function ChooseRoute({ organisationId, roundId, chosen, onChoose }: Props) {
  const found = useRoutingOf(organisationId).data?.items.find((one) => one.roundId === roundId);
  if (!found || found.routes.length === 0) return null;
  const [first] = found.routes;
  if (!found.choice && first) {
    return (
      <Panel title={`由谁推荐（${found.word}）`}>
        <p data-route={first.key}>
          <RouteLine route={first} />
        </p>
        {first.self && <p className="ks-field__help">单位审核以后，由本单位管理员在“推荐报送”里直接确认推荐、报送。</p>}
      </Panel>
    );
  }
  return (
    <Panel
      title={`由谁推荐（${found.word}）`}
      {...(found.oneForAll && { note: `本单位在本次申报里的项目只能经同一个${found.word}，请先与单位管理员核对。` })}
    >
      <fieldset className="ka-question">
        <legend className="ks-hidden">由谁推荐</legend>
        <Radio.Group
          vertical
          value={chosen ?? null}
          onChange={(event) => onChoose(String(event.target.value))}
          options={found.routes.map((route) => ({ value: route.key, label: <RouteLine route={route} /> }))}
        />
      </fieldset>
    </Panel>
  );
}
