import { dateOfInstant, hintsFor, type Hint } from '@keshen/rules';
import { useMemo } from 'react';
import { materialsOf } from '../form/judge.ts';
import { useJudged } from '../form/judgement.ts';
import { placeOf } from '../form/paths.ts';
import { kindOf } from '../form/verdict-kind.ts';
import { InfoIcon } from '../kit/index.ts';
import { serverNow } from '../shell/server-clock.ts';
import { useOpenApplication } from './application-context.ts';

/** What often goes wrong and only a person can tell; of fields that are shown. Looked for anew with each judgement. */
export function useHints(): readonly Hint[] {
  const { definition, session, application } = useOpenApplication();
  const { attachments } = application;
  const judgement = useJudged((newest) => newest);
  return useMemo(() => {
    if (!session) return [];
    const { hidden, verdicts } = judgement;
    const { form, topics, topicField, materials: papers } = definition.compiled;
    // Where a clause already says so, nothing more has to be said.
    const against = new Set(
      verdicts.filter((verdict) => kindOf(verdict) === 'against').flatMap(({ fields }) => fields),
    );
    const found = hintsFor({
      application: session.document.application(),
      form,
      topics,
      ...(topicField ? { topicField } : {}),
      titles: definition.reference.titles,
      date: dateOfInstant(serverNow() - definition.shiftMs),
      materials: materialsOf(attachments),
      papers,
    });
    return found.filter(
      ({ fields }) =>
        !fields.some((path) => hidden.has(path) || hidden.has(sectionOf(path))) &&
        !fields.every((path) => against.has(path)),
    );
  }, [definition, session, judgement, attachments]);
}

function sectionOf(path: string): string {
  const place = placeOf(path);
  return place?.kind === 'field' ? place.section : '';
}

/** One hint: it cites no clause, because it rests on none. */
export function HintNote({ hint }: { hint: Hint }) {
  return (
    <div className="kv kv--hint" data-hint={hint.kind}>
      <p className="kv__head">
        <InfoIcon aria-hidden />
        <strong>提示</strong>
        <span className="kv__title">{hint.title}</span>
      </p>
      <p>{hint.text}</p>
    </div>
  );
}
