import type { Application, Facts } from '@keshen/rules';
import { createAutosave, type Autosave } from '../../autosave/autosave.ts';
import { browserCopies } from '../../autosave/local-copy.ts';
import { call } from '../../api/client.ts';
import type { ApplicationDetail, Attachment, RoundDefinition, Saved } from '../../api/types.ts';
import { createDocument, type ApplicationDocument } from '../../form/document.ts';
import { judgeFor, materialsOf } from '../../form/judge.ts';
import { placeOf } from '../../form/paths.ts';
import { rowsOf } from '../../form/rows.ts';
import { createJudgementStore, type JudgementStore } from '../../form/judgement.ts';
import { serverNow } from '../../shell/server-clock.ts';
import { whenSignedIn } from '../../shell/session.tsx';

/** After the last edit the engine waits this long, off the way of the next key. */
const JUDGE_AFTER_MS = 150;

export type EditorSession = {
  document: ApplicationDocument;
  judgement: JudgementStore;
  autosave: Autosave;
  definition: RoundDefinition;
  setFacts: (facts: Facts) => void;
  setAttachments: (attachments: readonly Attachment[]) => void;
  /** Judges what is on the screen at once: before the page that lists what is missing is shown. */
  judgeNow: () => void;
  /** Fields, shown and still there, whose text cannot be read and is therefore not in the application. */
  unread: () => string[];
  /** Begins to save and to judge; returns how to stop, which sends what still waits. */
  start: () => () => void;
};

type Parts = {
  personId: string;
  application: ApplicationDetail;
  definition: RoundDefinition;
  facts: Facts;
};

/** Everything that lives as long as one application is open for editing: its text, its saving, its judgement. */
export function openSession({ personId, application, definition, facts: firstFacts }: Parts): EditorSession {
  const sections = definition.compiled.form.sections.map((section) => section.key);
  const autosave = createAutosave({
    stored: application.sections,
    sections,
    copies: browserCopies(personId, application.id),
    save: (section, body) => call<Saved>('PUT', `/applications/${application.id}/sections/${section}`, { body }),
    now: Date.now,
    newId: () => crypto.randomUUID(),
  });
  const restored: Application = Object.fromEntries(
    Object.entries(autosave.states()).map(([section, { local }]) => [section, local]),
  );
  const document = createDocument(restored, autosave.edit);

  const judge = judgeFor(definition);
  let facts = firstFacts;
  let materials = materialsOf(application.attachments);
  const judgeOnce = () => judge({ application: document.application(), materials, facts, now: serverNow() });
  const judgement = createJudgementStore(judgeOnce());
  const isThere = (path: string): boolean => {
    const place = placeOf(path);
    if (place?.kind !== 'field' || !place.row) return true;
    return rowsOf(document.get(place.section, place.field)).some((row) => row.id === place.row);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const judgeNow = () => {
    clearTimeout(timer);
    judgement.put(judgeOnce());
  };
  const judgeSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(judgeNow, JUDGE_AFTER_MS);
  };
  const sendNow = () => autosave.sendNow();
  const leave = () => {
    autosave.keepCopies();
    autosave.sendNow();
  };
  const hide = () => globalThis.document.visibilityState === 'hidden' && leave();
  const start = () => {
    autosave.start();
    const unsubscribe = document.subscribe(judgeSoon);
    const stopListening = whenSignedIn(sendNow);
    window.addEventListener('online', sendNow);
    window.addEventListener('pagehide', leave);
    globalThis.document.addEventListener('visibilitychange', hide);
    return () => {
      clearTimeout(timer);
      unsubscribe();
      stopListening();
      window.removeEventListener('online', sendNow);
      window.removeEventListener('pagehide', leave);
      globalThis.document.removeEventListener('visibilitychange', hide);
      autosave.sendNow();
      autosave.stop();
    };
  };

  return {
    document,
    judgement,
    autosave,
    definition,
    setFacts: (next) => {
      facts = next;
      judgeSoon();
    },
    setAttachments: (attachments) => {
      materials = materialsOf(attachments);
      judgeSoon();
    },
    judgeNow,
    unread: () => [...document.unread().keys()].filter((path) => !judgement.get().hidden.has(path) && isThere(path)),
    start,
  };
}
