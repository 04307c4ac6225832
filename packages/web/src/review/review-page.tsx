import { useMemo, useState, type ReactNode } from 'react';
import { call } from '../api/client.ts';
import { useApplication, useDefinition, useFindings, useRounds } from '../api/queries.ts';
import type { ApplicationDetail, ChecklistStep, Round, RoundDefinition } from '../api/types.ts';
import { AttachmentList } from '../application/attachments.tsx';
import { History } from '../application/history.tsx';
import { PrintButton } from '../application/print-button.tsx';
import { toneOf } from '../application/states.ts';
import { choicesFrom } from '../form/choices.ts';
import { hiddenIn, materialsOf } from '../form/judge.ts';
import { type Reveal, RevealContext } from '../form/personal-value.tsx';
import { ReadView } from '../form/read-view.tsx';
import { kindOf } from '../form/verdict-kind.ts';
import { VerdictNote } from '../form/verdict-notes.tsx';
import { Facts, Loaded, Notice, Page, Panel, Segmented, Tag } from '../kit/index.ts';
import { CallBar } from '../shell/call-bar.tsx';
import { serverNow } from '../shell/server-clock.ts';
import { momentOf } from '../text/beijing-time.ts';
import { AdmissionNotice } from '../application/admission-notice.tsx';
import { LockedChanges } from '../officer/locked-changes.tsx';
import { PaperPanel } from '../paper/paper-panel.tsx';
import { SealPanel } from '../seals/seal-panel.tsx';
import { Checklist } from './checklist.tsx';
import { Desk } from './desk.tsx';
import { MarkPlace } from './marks.tsx';
import { Findings } from './findings.tsx';
import { ReviewSteps } from './steps.tsx';

type Props = {
  id: string;
  /** Whose checklist stands beside the application; nobody's for whoever only reads. */
  step: ChecklistStep | undefined;
  /** The action whose window counts here. */
  action: string;
  back: { to: string; label: string };
};

/** An application as its reviewers read it: content, papers, findings, history; the checklist and the steps beside it. */
export function ReviewPage({ id, step, action, back }: Props) {
  const application = useApplication(id);
  const definition = useDefinition(application.data?.roundId);
  const rounds = useRounds();
  const round = rounds.data?.items.find((candidate) => candidate.id === application.data?.roundId);
  return (
    <>
      {round && <CallBar round={round} action={action} />}
      <Loaded query={application}>
        {(detail) => (
          <Loaded query={definition}>
            {(call) => <Review application={detail} definition={call} step={step} back={back} round={round} />}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

const VIEWS = [
  { value: 'content', label: '申报书' },
  { value: 'files', label: '附件材料' },
  { value: 'findings', label: '条款核对' },
  { value: 'history', label: '办理记录' },
] as const;
type View = (typeof VIEWS)[number]['value'];

type ReviewProps = Pick<Props, 'step' | 'back'> & {
  application: ApplicationDetail;
  definition: RoundDefinition;
  round: Round | undefined;
};

function Review({ application, definition, step, back }: ReviewProps) {
  const [view, setView] = useState<View>('content');
  const { words } = definition.compiled;
  const { returnReason } = application;
  return (
    <Page
      title={application.title || '未命名的申报书'}
      back={back}
      lead={
        <>
          {application.number} <Tag tone={toneOf(application.state)}>{application.stateLabel}</Tag>
        </>
      }
      actions={<PrintButton application={application} />}
    >
      {returnReason && (
        <Notice kind="warning" title={`${returnReason.by}于${momentOf(returnReason.at)}退回修改`}>
          <p style={{ whiteSpace: 'pre-wrap' }}>{returnReason.reason}</p>
        </Notice>
      )}
      {application.admission && <AdmissionNotice result={application.admission} />}
      <div className={step ? 'kw-review' : undefined}>
        <div className="kw-main">
          <Panel>
            <Facts
              items={[
                ['申报单位', application.organisationName],
                ['申报人', application.applicantName],
                application.submittedAt ? ['提交时间', momentOf(application.submittedAt)] : undefined,
                application.versionCode ? ['版本码', <code key="code">{application.versionCode}</code>] : undefined,
              ]}
            />
          </Panel>
          {!step && <SealPanel applicationId={application.id} />}
          <Segmented<View>
            className="kw-views"
            aria-label="查看"
            value={view}
            options={[...VIEWS]}
            onChange={setView}
          />
          <ViewOf view={view} application={application} definition={definition} step={step} />
        </div>
        {step && (
          <aside className="kw-aside" aria-label="审查">
            <Panel title="办理">
              <ReviewSteps application={application} words={words} />
              {application.steps.length === 0 && <p className="ks-none">现在没有要您办理的事项。</p>}
            </Panel>
            <PaperPanel applicationId={application.id} roundId={application.roundId} />
            <SealPanel
              applicationId={application.id}
              {...(step === 'organisation' && { sealPage: `/organisation/applications/${application.id}/seal` })}
            />
            <Checklist applicationId={application.id} step={step} writable={application.steps.length > 0} />
            <Desk applicationId={application.id} step={step} writable={writable(application)} />
            {step === 'admission' && application.state === 'admitted' && (
              <LockedChanges applicationId={application.id} />
            )}
          </aside>
        )}
      </div>
    </Page>
  );
}

/** While there is a step to take, opinions and assignments may change. */
const writable = (application: ApplicationDetail): boolean => application.steps.some(({ open }) => open);

const RETURNS = ['returnByOrganisation', 'returnByDepartment'];

function ViewOf({
  view,
  application,
  definition,
  step,
}: {
  view: View;
  application: ApplicationDetail;
  definition: RoundDefinition;
  step: ChecklistStep | undefined;
}) {
  const findings = useFindings(application.id);
  const { words, form } = definition.compiled;
  const choices = useMemo(() => choicesFrom(definition.compiled, definition.reference), [definition]);
  const data = useMemo(
    () => Object.fromEntries(Object.entries(application.sections).map(([key, stored]) => [key, stored.data])),
    [application.sections],
  );
  const hidden = useMemo(
    () => hiddenIn(definition, data, materialsOf(application.attachments), serverNow()),
    [definition, data, application.attachments],
  );
  const marking =
    step !== undefined && step !== 'admission' && application.steps.some(({ action }) => RETURNS.includes(action))
      ? step
      : undefined;
  const markAt = (path: string, label: string) =>
    marking && <MarkPlace applicationId={application.id} step={marking} path={path} label={label} />;
  if (view === 'files')
    return (
      <Panel title="附件材料">
        <AttachmentList
          attachments={application.attachments}
          definition={definition}
          choices={choices}
          application={data}
          {...(marking ? { beside: (key: string, label: string) => markAt(`materials.${key}`, label) } : {})}
        />
      </Panel>
    );
  if (view === 'findings') return <Findings query={findings} words={words} mode={application.mode} />;
  if (view === 'history')
    return (
      <Panel title="办理记录">
        <History applicationId={application.id} />
      </Panel>
    );
  const beside = (path: string, label: string): ReactNode => (
    <>
      {findings.data?.verdicts
        .filter((verdict) => verdict.fields[0] === path && ['against', 'person', 'explain'].includes(kindOf(verdict)))
        .map((verdict) => (
          <VerdictNote key={verdict.rule} verdict={verdict} words={words} />
        ))}
      {markAt(path, label)}
    </>
  );
  const reveal: Reveal = (path, reason) =>
    call('POST', `/applications/${application.id}/reveal`, { body: { path, reason } });
  return (
    <RevealContext value={step === 'organisation' ? undefined : reveal}>
      <ReadView sections={form.sections} application={data} choices={choices} hidden={hidden} beside={beside} />
    </RevealContext>
  );
}
