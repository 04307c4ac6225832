import { useState } from 'react';
import { Link } from 'react-router';
import { AttachmentList } from '../application/attachments.tsx';
import { useTakeStep } from '../application/actions.ts';
import { History } from '../application/history.tsx';
import { PrintButton } from '../application/print-button.tsx';
import { toneOf } from '../application/states.ts';
import type { StepOffer } from '../api/types.ts';
import { hiddenIn, materialsOf } from '../form/judge.ts';
import { ReadView } from '../form/read-view.tsx';
import { Button, DownloadIcon, Facts, Notice, Page, Panel, ReasonDialog, Tag } from '../kit/index.ts';
import { serverNow } from '../shell/server-clock.ts';
import { momentOf } from '../text/beijing-time.ts';
import { AdmissionNotice } from '../application/admission-notice.tsx';
import { useOpenApplication } from './application-context.ts';
import { CoEditors } from './co-editors.tsx';
import { PaperPanel } from '../paper/paper-panel.tsx';
import { MarksPanel } from './marks.tsx';
import { SubmitButton } from './submit-button.tsx';

/** How the application stands, what can be done with it now, and all that was done. */
export default function OverviewPage() {
  const { application, session } = useOpenApplication();
  const { returnReason } = application;
  return (
    <Page
      title={application.title || '未命名的申报书'}
      lead={
        <>
          {application.number} <Tag tone={toneOf(application.state)}>{application.stateLabel}</Tag>
        </>
      }
      {...(session ? {} : { back: { to: '/applications', label: '我的申报' } })}
      actions={
        <>
          {application.snapshots.length > 0 && (
            <Button icon={<DownloadIcon aria-hidden />} href={`/api/applications/${application.id}/receipt`}>
              下载回执
            </Button>
          )}
          <PrintButton application={application} />
        </>
      }
    >
      {returnReason && (
        <Notice kind="warning" title={`${returnReason.by}于${momentOf(returnReason.at)}退回修改`}>
          <p style={{ whiteSpace: 'pre-wrap' }}>{returnReason.reason}</p>
        </Notice>
      )}
      {application.admission && <AdmissionNotice result={application.admission} />}
      <MarksPanel />
      <Panel title="办理">
        <Facts
          items={[
            ['申报单位', application.organisationName],
            ['审核推荐', application.departmentName],
            ['申报人', application.applicantName],
            application.submittedAt ? ['提交时间', momentOf(application.submittedAt)] : undefined,
            application.versionCode ? ['版本码', <code key="code">{application.versionCode}</code>] : undefined,
          ]}
        />
        <Steps />
      </Panel>
      <PaperPanel applicationId={application.id} roundId={application.roundId} />
      {application.snapshots.length > 0 && (
        <Panel title="提交过的版本" note="每次提交冻结一个版本，打印件每页的版本码与它对应。">
          <ul className="ka-windows">
            {application.snapshots.map((snapshot) => (
              <li key={snapshot.ordinal}>
                <strong>第 {snapshot.ordinal} 版</strong>
                {momentOf(snapshot.takenAt)} 提交，版本码 <code>{snapshot.versionCode}</code>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {session && <CoEditors />}
      {!session && <Content />}
      <Panel title="办理记录">
        <History applicationId={application.id} />
      </Panel>
    </Page>
  );
}

function Steps() {
  const { application, session } = useOpenApplication();
  const { steps, editing } = application;
  if (steps.length === 0) return null;
  return (
    <>
      <div className="kp-steps" style={{ marginTop: 20 }}>
        {steps.map((step) =>
          step.action === 'submit' && session ? (
            <SubmitButton key={step.action} step={step} session={session} />
          ) : (
            <StepWithReason key={step.action} step={step} />
          ),
        )}
        {session && <Link to={`/applications/${application.id}/check`}>看看还差什么</Link>}
      </div>
      {!editing.open && editing.why && <p className="kp-why">{editing.why}</p>}
      {steps
        .filter((step) => !step.open && step.why)
        .map((step) => (
          <p key={step.action} className="kp-why">
            {step.label}：{step.why}
          </p>
        ))}
    </>
  );
}

function StepWithReason({ step }: { step: StepOffer }) {
  const { application } = useOpenApplication();
  const takeStep = useTakeStep(application.id);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button danger disabled={!step.open} onClick={() => setOpen(true)}>
        {step.label}
      </Button>
      <ReasonDialog
        title={`${step.label}申报书`}
        confirm={step.label}
        danger
        open={open}
        label="理由"
        onClose={() => setOpen(false)}
        onConfirm={(reason) => takeStep(step.action, reason)}
      >
        <p>撤回后这份申报书不再参加本次申报，也不能恢复；需要的话可以在填报时间内另建一份。</p>
      </ReasonDialog>
    </>
  );
}

/** The whole of it to read, when nothing can be changed any more. */
function Content() {
  const { application, definition, choices } = useOpenApplication();
  const data = Object.fromEntries(Object.entries(application.sections).map(([key, stored]) => [key, stored.data]));
  const hidden = hiddenIn(definition, data, materialsOf(application.attachments), serverNow());
  return (
    <>
      <ReadView sections={definition.compiled.form.sections} application={data} choices={choices} hidden={hidden} />
      <Panel title="附件材料">
        <AttachmentList {...{ attachments: application.attachments, definition, choices, application: data }} />
      </Panel>
    </>
  );
}
