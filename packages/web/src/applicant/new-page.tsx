import { useQueryClient } from '@tanstack/react-query';
import type { Clause } from '@keshen/rules';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { call } from '../api/client.ts';
import { useRoutingOf } from '../api/organisations.ts';
import { useDefinition, useRounds } from '../api/queries.ts';
import type { ApplicationSummary, Refusal, Round, RoundDefinition } from '../api/types.ts';
import { ChooseRoute } from './choose-route.tsx';
import { CONFIRM_ITEMS, type ConfirmItem, ConfirmItems } from './confirm-items.tsx';
import { Button, Loaded, Notice, Page, Panel, Radio, RefusalNotice } from '../kit/index.ts';
import { useSession } from '../shell/session.tsx';
import { CallBar } from '../shell/call-bar.tsx';

export default function NewPage() {
  const { roundId } = useParams();
  const rounds = useRounds();
  const definition = useDefinition(roundId);
  const round = rounds.data?.items.find((candidate) => candidate.id === roundId);
  return (
    <>
      {round && <CallBar round={round} action="createApplication" />}
      <Page title="新建申报" width="text" back={{ to: '/calls', label: '可申报的通知' }} lead={round?.title}>
        <Loaded query={definition}>{(call) => round && <Start round={round} definition={call} />}</Loaded>
      </Page>
    </>
  );
}

function Start({ round, definition }: { round: Round; definition: RoundDefinition }) {
  const { compiled } = definition;
  const topics = compiled.topics.filter((topic) => topic.opening !== 'shown');
  const [classified, setClassified] = useState<boolean>();
  const [topic, setTopic] = useState(topics.length === 1 ? topics[0]?.code : undefined);
  const [refusal, setRefusal] = useState<Refusal>();
  const [department, setDepartment] = useState<string>();
  const [confirmed, setConfirmed] = useState<ConfirmItem[]>([]);
  const { me } = useSession();
  const organisationId = me.grants.find(
    (grant) => grant.role === 'applicant' && grant.authorityName === compiled.authority,
  )?.organisationId;
  const routes = useRoutingOf(organisationId).data?.items.find((one) => one.roundId === round.id)?.routes ?? [];
  const routeName = (routes.find(({ key }) => key === department) ?? routes[0])?.departmentName;
  const wanted = compiled.clauses.find(wantsConfirming);
  const unconfirmed = wanted !== undefined && CONFIRM_ITEMS.some((item) => !confirmed.includes(item));
  const [busy, setBusy] = useState(false);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const create = async () => {
    setBusy(true);
    setRefusal(undefined);
    const answer = await call<ApplicationSummary>('POST', '/applications', {
      body: {
        roundId: round.id,
        notClassified: true,
        ...(topic ? { topic } : {}),
        ...(department ? { department } : {}),
        ...(wanted ? { confirmed } : {}),
      },
    });
    setBusy(false);
    if (!answer.ok) return setRefusal(answer.refusal);
    await queries.invalidateQueries({ queryKey: ['rounds'] });
    const first = compiled.form.sections[0]?.key;
    void navigate(`/applications/${answer.value.id}/sections/${first}`);
  };
  return (
    <>
      <Panel title="先确认不涉密">
        <fieldset className="ka-question">
          <legend>项目内容是否涉及国家秘密、国家安全或国防机密？</legend>
          <Radio.Group
            value={classified ?? null}
            onChange={(event) => setClassified(event.target.value === true)}
            options={[
              { value: false, label: '不涉及' },
              { value: true, label: '涉及' },
            ]}
          />
        </fieldset>
        {classified && <ClassifiedStop roundId={round.id} definition={definition} />}
        {classified === false && (
          <p className="ks-panel__note">填写过程中如果发现涉密，请立即停止填写，不要保存，按单位保密规定处理。</p>
        )}
      </Panel>
      {classified === false && (
        <>
          {topics.length > 1 && (
            <Panel title="选择申报方向">
              <fieldset className="ka-question">
                <legend className="ks-hidden">申报方向</legend>
                <Radio.Group
                  vertical
                  value={topic ?? null}
                  onChange={(event) => setTopic(String(event.target.value))}
                  options={topics.map(({ code, title, opening }) => ({
                    value: code,
                    label: opening === 'invitation' ? `${title}（定向组织，受邀单位申报）` : title,
                  }))}
                />
              </fieldset>
            </Panel>
          )}
          {organisationId && (
            <ChooseRoute {...{ organisationId }} roundId={round.id} chosen={department} onChoose={setDepartment} />
          )}
          {wanted && organisationId && (
            <ConfirmItems
              organisationId={organisationId}
              departmentName={routeName}
              department={round.words['recommendingDepartment'] ?? '推荐部门'}
              clause={wanted.at}
              confirmed={confirmed}
              onChange={setConfirmed}
            />
          )}
          {refusal && <RefusalNotice refusal={refusal} />}
          <Button
            type="primary"
            size="large"
            loading={busy}
            disabled={(topics.length > 1 && !topic) || unconfirmed}
            onClick={() => void create()}
          >
            开始填写
          </Button>
        </>
      )}
    </>
  );
}

const wantsConfirming = (clause: Clause): boolean =>
  clause.boundBy.some((bound) => bound.by === 'workflow' && bound.mechanism === 'profile_confirmed_before_create');

const stopsClassified = (clause: Clause): boolean =>
  clause.boundBy.some((bound) => bound.by === 'workflow' && bound.mechanism === 'classified_stop');

/** Where a classified project goes instead. Nothing has been sent to the server, so nothing is kept. */
function ClassifiedStop({ roundId, definition }: { roundId: string; definition: RoundDefinition }) {
  const { clauses, contacts, authority } = definition.compiled;
  const clause = clauses.find(stopsClassified);
  return (
    <Notice kind="error" title="涉密项目不能在本系统填报，请到此为止">
      {clause && (
        <p>
          依据<a href={`/calls/${roundId}`}>通知</a>
          {clause.at}：涉密的项目不在网上申报。
        </p>
      )}
      <p>请按单位保密规定，通过纸质等保密渠道与 {authority} 联系。本系统没有保存您的任何内容。</p>
      {contacts.length > 0 && (
        <ul>
          {contacts.map((contact) => (
            <li key={contact.matter}>
              {contact.matter}：{contact.office}
              {contact.phones.length > 0 && `，电话 ${contact.phones.join('、')}`}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
