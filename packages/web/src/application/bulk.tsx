import { useMemo, useState } from 'react';
import type { ApplicationSummary, StepOffer } from '../api/types.ts';
import { Button, PrintIcon } from '../kit/index.ts';
import { consequenceOf } from '../review/consequences.ts';
import { BulkAssign } from './bulk-assign.tsx';
import { BulkStep } from './bulk-step.tsx';

type Props = { chosen: ApplicationSummary[]; onDone: () => void };

/** How many prints may be opened at once, each in a window of its own. */
const MOST_PRINTS = 10;

/** What can be done to all that is chosen: steps that at least one of them offers, assigning, printing. */
export function Bulk({ chosen, onDone }: Props) {
  const [step, setStep] = useState<StepOffer>();
  const [assigning, setAssigning] = useState(false);
  const steps = useMemo(() => {
    const offered = new Map<string, StepOffer>();
    for (const offer of chosen.flatMap((application) => application.steps)) offered.set(offer.action, offer);
    return [...offered.values()].toSorted(
      (a, b) => Number(consequenceOf(b.action).primary) - Number(consequenceOf(a.action).primary),
    );
  }, [chosen]);
  if (chosen.length === 0) return null;
  return (
    <section className="kq-bulk" aria-label="批量办理">
      <strong aria-live="polite">已选 {chosen.length} 份</strong>
      {steps.map((offer) => (
        <Button key={offer.action} onClick={() => setStep(offer)}>
          {offer.label}
        </Button>
      ))}
      {steps.length > 0 && <Button onClick={() => setAssigning(true)}>指定审核人</Button>}
      <Button
        icon={<PrintIcon aria-hidden />}
        disabled={chosen.length > MOST_PRINTS}
        title={chosen.length > MOST_PRINTS ? `一次最多打印 ${MOST_PRINTS} 份` : undefined}
        onClick={() => chosen.forEach(({ id }) => window.open(`/api/applications/${id}/print.pdf`, '_blank'))}
      >
        打印
      </Button>
      <Button type="link" onClick={onDone}>
        取消选择
      </Button>
      {step && <BulkStep step={step} chosen={chosen} onClose={() => setStep(undefined)} onDone={onDone} />}
      {assigning && <BulkAssign chosen={chosen} onClose={() => setAssigning(false)} />}
    </section>
  );
}
