import { dateOfInstant, hintsFor, type Hint } from '@keshen/rules';
import { useMemo } from 'react';
import { useJudged } from '../form/judgement.ts';
import { placeOf } from '../form/paths.ts';
import { InfoIcon } from '../kit/index.ts';
import { serverNow } from '../shell/server-clock.ts';
import { useOpenApplication } from './application-context.ts';

/** What often goes wrong and only a person can tell; of fields that are shown. Looked for anew with each judgement. */
export function useHints(): readonly Hint[] {
  const { definition, session } = useOpenApplication();
  const judgement = useJudged((newest) => newest);
  return useMemo(() => {
    if (!session) return [];
    const { hidden } = judgement;
    const { form, topics, topicField } = definition.compiled;
    const found = hintsFor({
      application: session.document.application(),
      form,
      topics,
      ...(topicField ? { topicField } : {}),
      titles: definition.reference.titles,
      date: dateOfInstant(serverNow() - definition.shiftMs),
    });
    return found.filter(({ fields }) => !fields.some((path) => hidden.has(path) || hidden.has(sectionOf(path))));
  }, [definition, session, judgement]);
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
