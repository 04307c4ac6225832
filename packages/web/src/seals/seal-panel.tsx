import { useState } from 'react';
import { useNavigate } from 'react-router';
import { call, type Answer } from '../api/client.ts';
import { Button, Notice, Panel, RefusalNotice, Tag } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { isUnderWay, type SealReport, type Seals, useSeals } from './queries.ts';
import { SealList } from './seal-list.tsx';

/** How an application stands with its electronic seals; nothing where the call asks for none. */
export function SealPanel({ applicationId, sealPage }: { applicationId: string; sealPage?: string }) {
  const { data } = useSeals(applicationId);
  const navigate = useNavigate();
  if (!data || data.seals.length === 0) return null;
  return (
    <Panel title="电子印章" aside={<Standing seals={data} />}>
      <SealList {...data} />
      {data.voided.map((one) => (
        <p key={one.versionCode} className="kz-voided">
          <Tag tone="bad">已作废</Tag> 盖在版本 <code>{one.versionCode}</code> 上的{one.seals.join('、')}，因“
          {one.reason}
          ”于{momentOf(one.at)}作废。
        </p>
      ))}
      {data.complete ? (
        <Verification applicationId={applicationId} signed={data.signature?.state === 'sealed'} />
      ) : (
        sealPage && (
          <div className="kz-actions">
            <Button type="primary" disabled={!data.sealing.open} data-go="seal" onClick={() => void navigate(sealPage)}>
              {isUnderWay(data) ? '看盖章进度' : '预览并盖章'}
            </Button>
          </div>
        )
      )}
      {sealPage && !data.complete && data.sealing.why && <p className="kz-voided">{data.sealing.why}</p>}
    </Panel>
  );
}

function Standing({ seals }: { seals: Seals }) {
  if (seals.complete) return <Tag tone="good">已盖齐</Tag>;
  if (isUnderWay(seals)) return <Tag tone="wait">正在盖</Tag>;
  return (
    <Tag tone={seals.voided.length > 0 ? 'bad' : 'plain'}>{seals.voided.length > 0 ? '须重新盖章' : '未盖齐'}</Tag>
  );
}

/** The sealed file, its SM2 signature, and a look at both on the spot. */
export function Verification({ applicationId, signed }: { applicationId: string; signed: boolean }) {
  const [answer, setAnswer] = useState<Answer<SealReport>>();
  const [busy, setBusy] = useState(false);
  const verify = async () => {
    setBusy(true);
    setAnswer(await call<SealReport>('GET', `/applications/${applicationId}/seals/report`));
    setBusy(false);
  };
  return (
    <>
      <div className="kz-actions">
        <Button href={`/api/applications/${applicationId}/print.pdf`} target="_blank">
          打开盖章的申报书
        </Button>
        {signed && <Button href={`/api/applications/${applicationId}/sealed.pdf.sm2.p7s`}>下载国密签名</Button>}
        <Button loading={busy} onClick={() => void verify()}>
          核验签章
        </Button>
      </div>
      <div className="kz-report" aria-live="polite">
        {answer && !answer.ok && <RefusalNotice refusal={answer.refusal} />}
        {answer?.ok && (
          <Notice
            kind={answer.value.sound ? 'success' : 'error'}
            title={answer.value.sound ? '签章全部有效' : '签章没有通过核验'}
          >
            {answer.value.problem && <p>{answer.value.problem}</p>}
            {answer.value.signatures.map(({ title, findings }) => (
              <p key={title}>
                <strong>{title}</strong>：{findings.join('')}
              </p>
            ))}
          </Notice>
        )}
      </div>
    </>
  );
}
