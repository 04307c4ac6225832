import { useState, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';
import { useTakeStep } from '../application/actions.ts';
import type { StepOffer } from '../api/types.ts';
import { kindOf, stands } from '../form/verdict-kind.ts';
import { Button, ConfirmDialog, Notice, useToast } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { PlacesOfApplication } from '../places/places-of-application.tsx';
import { windowFor } from '../shell/call-bar.tsx';
import { useOpenApplication } from './application-context.ts';
import type { EditorSession } from './editor/session.ts';

type Props = { step: StepOffer; session: EditorSession };

/** Submitting: everything saved first, what stands in the way said, what follows said, then one request. */
export function SubmitButton({ step, session }: Props) {
  const { application, words, round, ask } = useOpenApplication();
  const takeStep = useTakeStep(application.id);
  const navigate = useNavigate();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [platformId, setPlatformId] = useState<string>();
  const { autosave, judgement } = session;
  const saved = useSyncExternalStore(autosave.subscribe, autosave.allSaved);
  const against =
    judgement.get().verdicts.filter((verdict) => stands(kindOf(verdict))).length + session.unread().length;
  const window = round && windowFor(round.windows, 'forward');
  const start = () => {
    autosave.sendNow();
    session.judgeNow();
    setOpen(true);
  };
  return (
    <>
      <Button type="primary" disabled={!step.open} onClick={start}>
        {step.label}
      </Button>
      <ConfirmDialog
        title={step.label}
        confirm="确认提交"
        open={open}
        ready={saved && against === 0}
        onClose={() => setOpen(false)}
        onConfirm={async () => {
          const answer = await takeStep(step.action, undefined, platformId);
          if (answer.ok) toast.success('已提交，等单位管理员审核');
          return answer;
        }}
      >
        {against > 0 ? (
          <Notice
            kind="warning"
            title={`还有 ${against} 处没有填好或不符合要求，暂时不能提交`}
            action={
              <Button
                onClick={() => {
                  ask();
                  setOpen(false);
                  void navigate(`/applications/${application.id}/check`);
                }}
              >
                看看还差什么
              </Button>
            }
          />
        ) : (
          <>
            {!saved && <Notice title="正在保存最后的修改，存好就能提交" />}
            <p>提交以后：</p>
            <ul className="ka-follows">
              <li>现在的内容和附件冻结成一个版本，得到版本码，不能再改。</li>
              <li>
                由 {application.organisationName} 的单位管理员审核，通过后报 {application.departmentName}（
                {words.recommendingDepartment}）。
              </li>
              {window && (
                <li>
                  单位须在 {momentOf(window.closes)} 前报到{words.recommendingDepartment}
                  ，过时系统不再接受，请提醒单位管理员。
                </li>
              )}
              <li>单位退回修改的，改好后要重新提交。</li>
            </ul>
            <PlacesOfApplication
              applicationId={application.id}
              action={step.action}
              platformId={platformId}
              onPlatform={setPlatformId}
            />
          </>
        )}
      </ConfirmDialog>
    </>
  );
}
