import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import {
  Button,
  DataTable,
  EmptyState,
  Loaded,
  Page,
  Panel,
  RefusalNotice,
  Tag,
  type Tone,
  useToast,
} from '../kit/index.ts';
import { type Certificate, type OrganisationSeals, useOrganisationSeals } from '../seals/queries.ts';
import { SealReminders } from '../seals/seal-reminders.tsx';
import { dayOf, momentOf } from '../text/beijing-time.ts';

export default function SealsPage() {
  const seals = useOrganisationSeals();
  return (
    <Page title="电子印章" lead="有的申报通知要求在申报书上加盖电子印章。印章要先办好，办理需要几天。">
      <Loaded query={seals}>
        {({ modes }) =>
          modes.length === 0 ? (
            <EmptyState title="现在没有要求电子印章的申报">
              有这样的通知开始申报以后，在这里查领本单位的印章。
            </EmptyState>
          ) : (
            <>
              <SealReminders />
              {modes.map((mode) => (
                <ModePanel key={mode.mode} {...mode} />
              ))}
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

const KINDS: Record<Certificate['kind'], string> = {
  leadOrganisation: '单位公章',
  legalRepresentative: '法定代表人名章',
};
const ALGORITHMS: Record<Certificate['algorithm'], string> = {
  'rsa-sha256': '盖在申报书（PDF）上',
  'sm2-sm3': '国密签名（SM2/SM3）',
};
const STATES: Record<Certificate['state'], { label: string; tone: Tone }> = {
  usable: { label: '可用', tone: 'good' },
  ending: { label: '快到期', tone: 'wait' },
  ended: { label: '已过期', tone: 'bad' },
  unusable: { label: '不能用', tone: 'bad' },
};

function ModePanel({ mode, calls, authority, certificates }: OrganisationSeals['modes'][number]) {
  const queries = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [refusals, setRefusals] = useState<Refusal[]>([]);
  const enrol = async () => {
    setBusy(true);
    const answer = await call<{ refusals: Refusal[] }>('POST', '/organisation/seals', { body: { mode } });
    setBusy(false);
    setRefusals(answer.ok ? answer.value.refusals : [answer.refusal]);
    await queries.invalidateQueries({ queryKey: ['organisationSeals'] });
    if (answer.ok && answer.value.refusals.length === 0) toast.success('印章都可以使用');
  };
  const rehearsal = mode === 'rehearsal';
  return (
    <Panel
      title={rehearsal ? '演练用的印章' : '正式印章'}
      note={`用于：${calls.join('、')}。${rehearsal ? '由演练印章机构签发，印面写有“演练”，没有法律效力。' : ''}`}
      aside={
        <Button loading={busy} onClick={() => void enrol()}>
          {rehearsal ? '领取或更新' : '向认证机构查询'}
        </Button>
      }
    >
      {refusals.map((refusal) => (
        <RefusalNotice key={`${refusal.code} ${refusal.message}`} refusal={refusal} />
      ))}
      {certificates.length === 0 ? (
        <EmptyState title={authority ? `在${authority}还没有查到本单位的印章` : '还没有接入电子签章服务'}>
          {rehearsal
            ? '点“领取或更新”，立即可以用于演练。'
            : '向通知列明的机构办好以后，点“向认证机构查询”，查到即可使用。'}
        </EmptyState>
      ) : (
        <DataTable
          caption="本单位的电子印章"
          head="kind"
          rows={certificates}
          rowKey={({ kind, algorithm }) => `${kind} ${algorithm}`}
          columns={[
            { key: 'kind', title: '印章', render: ({ kind }) => KINDS[kind] },
            { key: 'use', title: '用途', render: ({ algorithm }) => ALGORITHMS[algorithm] },
            { key: 'holder', title: '证书持有者', render: ({ holder }) => holder },
            { key: 'issuer', title: '签发机构', render: ({ issuer }) => issuer },
            {
              key: 'until',
              title: '有效期',
              render: ({ notBefore, notAfter }) => `${dayOf(notBefore)}至${dayOf(notAfter)}`,
            },
            {
              key: 'state',
              title: '状态',
              render: ({ state, problem, seenAt }) => (
                <>
                  <Tag tone={STATES[state].tone}>{STATES[state].label}</Tag>
                  <br />
                  {problem ? `${problem.message}${problem.remedy ?? ''}` : `${momentOf(seenAt)}查得`}
                </>
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}
