import type { Words } from '@keshen/rules';
import { useState } from 'react';
import { useTakeStep } from '../application/actions.ts';
import type { ApplicationSummary, StepOffer } from '../api/types.ts';
import { Button, ConfirmDialog, ReasonDialog, useToast } from '../kit/index.ts';
import { PlacesOfApplication } from '../places/places-of-application.tsx';
import { consequenceOf } from './consequences.ts';
import { RefuseDialog } from './refuse-step.tsx';

type Props = { application: ApplicationSummary; words: Words };

/** The steps that this reviewer may take now; a closed one says why. */
export function ReviewSteps({ application, words }: Props) {
  const steps = application.steps.toSorted(
    (a, b) => Number(consequenceOf(b.action).primary) - Number(consequenceOf(a.action).primary),
  );
  const closed = steps.filter((step) => !step.open && step.why);
  if (steps.length === 0) return null;
  return (
    <div>
      <div className="kp-steps">
        {steps.map((step) => (
          <StepButton key={step.action} step={step} application={application} words={words} />
        ))}
      </div>
      {closed.map((step) => (
        <p key={step.action} className="kp-why">
          {step.label}：{step.why}
        </p>
      ))}
    </div>
  );
}

export function StepButton({ step, application, words }: Props & { step: StepOffer }) {
  const takeStep = useTakeStep(application.id);
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [platformId, setPlatformId] = useState<string>();
  const { primary, danger = false, say, reason } = consequenceOf(step.action);
  const take = async (why?: string, clauses?: string[]) => {
    const answer = await takeStep(step.action, why, platformId, clauses);
    if (answer.ok) toast.success(`已${step.label}`);
    return answer;
  };
  const common = {
    title: `${step.label}：${application.title || application.number}`,
    confirm: step.label,
    danger,
    open,
    onClose: () => setOpen(false),
  };
  const text = <p>{say(words, application.departmentName)}</p>;
  return (
    <>
      <Button
        type={primary ? 'primary' : 'default'}
        danger={danger}
        disabled={!step.open}
        onClick={() => setOpen(true)}
      >
        {step.label}
      </Button>
      {step.needsClause ? (
        <RefuseDialog
          title={common.title}
          confirm={common.confirm}
          roundId={application.roundId}
          open={open}
          onClose={common.onClose}
          onConfirm={take}
        >
          {text}
        </RefuseDialog>
      ) : step.needsReason ? (
        <ReasonDialog {...common} label="理由" {...(reason ? { help: reason } : {})} onConfirm={take}>
          {text}
        </ReasonDialog>
      ) : (
        <ConfirmDialog {...common} onConfirm={() => take()}>
          {text}
          <PlacesOfApplication
            applicationId={application.id}
            action={step.action}
            platformId={platformId}
            onPlatform={setPlatformId}
          />
        </ConfirmDialog>
      )}
    </>
  );
}
