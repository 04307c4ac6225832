import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { call, Refused } from '../api/client.ts';
import { useApplication } from '../api/queries.ts';
import type { ApplicationDetail } from '../api/types.ts';
import { Button, ConfirmDialog, Loaded, Notice, Page, Panel, Radio } from '../kit/index.ts';
import { isUnderWay, type SealKind, type SealPlace, type SealPrint, type Seals, useSeals } from '../seals/queries.ts';
import { SealList } from '../seals/seal-list.tsx';
import { Verification } from '../seals/seal-panel.tsx';

/** Where the organisation's administrator chooses the places, looks at the pages, and seals. */
export default function SealPage() {
  const { id = '' } = useParams();
  const application = useApplication(id);
  const seals = useSeals(id);
  return (
    <Loaded query={application}>
      {(detail) => (
        <Page
          title={`电子印章：${detail.title || detail.number}`}
          tab={`电子印章 ${detail.number}`}
          back={{ to: `/organisation/applications/${id}`, label: '回到这份申报' }}
          lead={`${detail.number}，版本 ${detail.versionCode ?? ''}`}
        >
          <Loaded query={seals}>{(standing) => <Sealing application={detail} standing={standing} />}</Loaded>
        </Page>
      )}
    </Loaded>
  );
}

function Sealing({ application, standing }: { application: ApplicationDetail; standing: Seals }) {
  const { seals, signature, complete, sealing } = standing;
  const open = seals.filter(({ state }) => state === 'missing' || state === 'failed');
  const { id, steps } = application;
  const toForward = steps.some(({ action }) => action === 'forward');
  return (
    <>
      {complete && (
        <Notice
          kind="success"
          title="印章已经盖齐"
          {...(toForward && { action: <Link to={`/organisation/applications/${id}`}>去提交</Link> })}
        >
          <p>{toForward && '请回到这份申报，完成审核并提交。'}退回修改的，印章随之作废。</p>
        </Notice>
      )}
      <Panel title={isUnderWay(standing) ? '正在盖章，一般几秒钟' : '印章'}>
        <SealList seals={seals} {...(signature && { signature })} complete={complete} />
        {complete && <Verification applicationId={id} signed={signature?.state === 'sealed'} />}
      </Panel>
      {open.length > 0 && !sealing.open && <Notice title="现在不能盖章">{sealing.why}</Notice>}
      {open.length > 0 && sealing.open && !isUnderWay(standing) && (
        <Placing applicationId={id} kinds={open.map(({ kind, title }) => ({ kind: kind as SealKind, title }))} />
      )}
    </>
  );
}

type Wanted = { kind: SealKind; title: string };

function Placing({ applicationId, kinds }: { applicationId: string; kinds: Wanted[] }) {
  const print = useQuery({
    queryKey: ['application', applicationId, 'sealPrint'],
    queryFn: async ({ signal }) => {
      const answer = await call<SealPrint>('PUT', `/applications/${applicationId}/seals/print`, { signal });
      if (!answer.ok) throw new Refused(answer.status, answer.refusal);
      return answer.value;
    },
  });
  return (
    <Loaded query={print}>{(found) => <Places applicationId={applicationId} kinds={kinds} print={found} />}</Loaded>
  );
}

type Chosen = Partial<Record<SealKind, number>>;

/** The last place that a print has is the organisation's own opinion, which is what the seals confirm. */
const usual = (kinds: Wanted[], places: SealPlace[]): Chosen =>
  Object.fromEntries(
    kinds.map(({ kind }) => [kind, places.findLastIndex((place) => place.kind === kind)]).filter(([, at]) => at !== -1),
  );

function Places({ applicationId, kinds, print }: { applicationId: string; kinds: Wanted[]; print: SealPrint }) {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Chosen>(() => usual(kinds, print.places));
  const [asking, setAsking] = useState(false);
  const indexes = Object.values(chosen);
  const pages = [...new Set(indexes.flatMap((index) => print.places[index]?.page ?? []))].toSorted((a, b) => a - b);
  const seal = async () => {
    const body = { source: print.source, places: chosen };
    const answer = await call<Seals>('POST', `/applications/${applicationId}/seals`, { body });
    await queries.invalidateQueries({ queryKey: ['application', applicationId] });
    return answer;
  };
  return (
    <Panel title="选定位置，预览，盖章">
      <div className="kz-placing">
        <div>
          {kinds.map(({ kind, title }) => (
            <fieldset key={kind} data-place={kind}>
              <legend>{title}盖在</legend>
              {print.places.map(
                (place, index) =>
                  place.kind === kind && (
                    <Radio
                      key={index}
                      name={kind}
                      checked={chosen[kind] === index}
                      onChange={() => setChosen({ ...chosen, [kind]: index })}
                    >
                      第{place.page}页“{place.title}”
                    </Radio>
                  ),
              )}
            </fieldset>
          ))}
          <Button type="primary" data-go="place-seals" onClick={() => setAsking(true)}>
            盖章
          </Button>
        </div>
        <div className="kz-pages">
          {pages.map((page) => {
            const here = indexes.filter((index) => print.places[index]?.page === page);
            return (
              <figure key={page} className="kz-page">
                <figcaption>第{page}页盖章以后的样子。这是预览，现在还没有盖。</figcaption>
                <img
                  src={`/api/applications/${applicationId}/seals/preview?page=${page}&places=${here.join(',')}&source=${print.source.slice(0, 12)}`}
                  alt={`申报书第${page}页盖章以后的样子：${here.map((index) => print.places[index]?.title).join('、')}`}
                />
              </figure>
            );
          })}
        </div>
      </div>
      <ConfirmDialog title="确认盖章" confirm="盖章" open={asking} onClose={() => setAsking(false)} onConfirm={seal}>
        <p>
          将在最近提交的这一版申报书上加盖{kinds.map(({ title }) => title).join('、')}
          ，表示本单位已审核、对其真实性负责并同意申报。
        </p>
        <p>盖章以后不能撤下；内容有问题的，请先退回申报人修改。退回后重新提交的版本须重新盖章。</p>
      </ConfirmDialog>
    </Panel>
  );
}
