import type { Facts } from '@keshen/rules';
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Outlet, useLocation, useNavigate, useParams } from 'react-router';
import { useApplication, useDefinition, useFacts, useRounds } from '../api/queries.ts';
import type { ApplicationDetail, RoundDefinition } from '../api/types.ts';
import { useMarks } from '../api/review-queries.ts';
import { choicesFrom } from '../form/choices.ts';
import { DocumentProvider, useFieldValue } from '../form/document.ts';
import { EditorProvider } from '../form/editor-context.ts';
import { focusField } from '../form/focus.ts';
import { JudgementProvider } from '../form/judgement.ts';
import { anchorOf, placeOf } from '../form/paths.ts';
import { Loaded, Loading } from '../kit/index.ts';
import { CallBar } from '../shell/call-bar.tsx';
import { useSession } from '../shell/session.tsx';
import { ApplicationProvider, type OpenApplication } from './application-context.ts';
import { MarksAt } from './marks.tsx';
import { ConflictDialog } from './editor/conflict-dialog.tsx';
import { LeaveGuard } from './editor/leave-guard.tsx';
import { SaveStatus } from './editor/save-status.tsx';
import { openSession, type EditorSession } from './editor/session.ts';
import { useIdentityFacts } from './editor/use-identity-facts.ts';
import { SectionNav } from './section-nav.tsx';

/** All pages of one application of mine. The text and its saving live here, across the pages. */
export default function ApplicationLayout() {
  const { id = '' } = useParams();
  const application = useApplication(id);
  const definition = useDefinition(application.data?.roundId);
  return (
    <Loaded query={application}>
      {(detail) => (
        <Loaded query={definition}>
          {(call) =>
            detail.editing.open ? (
              <WithFacts key={detail.id} application={detail} definition={call} />
            ) : (
              <Frame application={detail} definition={call} session={undefined} />
            )
          }
        </Loaded>
      )}
    </Loaded>
  );
}

type Props = { application: ApplicationDetail; definition: RoundDefinition };

/** What registers say is wanted before the first judgement; where they do not answer, the rules say that it is unknown. */
function WithFacts({ application, definition }: Props) {
  const facts = useFacts(application.id);
  if (facts.data === undefined && !facts.error) return <Loading />;
  return <Editing application={application} definition={definition} facts={facts.data ?? NO_FACTS} />;
}

const NO_FACTS: Facts = {};

function Editing({ application, definition, facts }: Props & { facts: Facts }) {
  const { me } = useSession();
  // Opened once: later readings of the application (its papers, its steps) do not reopen the text.
  const [session] = useState(() => openSession({ personId: me.person.id, application, definition, facts }));
  useEffect(() => session.start(), [session]);
  useEffect(() => session.setFacts(facts), [session, facts]);
  useEffect(() => session.setAttachments(application.attachments), [session, application.attachments]);
  return <Frame application={application} definition={definition} session={session} />;
}

function Frame({ application, definition, session }: Props & { session: EditorSession | undefined }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const rounds = useRounds();
  const round = rounds.data?.items.find((candidate) => candidate.id === application.roundId);
  const [target, setTarget] = useState<{ path: string; page: string }>();
  const [asked, setAsked] = useState(false);
  const choices = useMemo(() => choicesFrom(definition.compiled, definition.reference), [definition]);
  const home = `/applications/${application.id}`;

  const go = useCallback(
    (path: string) => {
      const place = placeOf(path);
      if (!place) return;
      const page = place.kind === 'material' ? `${home}/materials` : `${home}/sections/${place.section}`;
      setTarget({ path, page });
      void navigate(`${page}#${anchorOf(path)}`);
    },
    [home, navigate],
  );
  const ask = useCallback(() => setAsked(true), []);
  useEffect(() => {
    if (target?.page !== pathname) return;
    const place = placeOf(target.path);
    // The cell of a table is on the row's own sheet, which the table opens.
    if (place?.kind === 'field' && place.row) focusField(`${place.section}.${place.field}`);
    else focusField(target.path);
  }, [target, pathname]);

  const words = definition.compiled.words;
  const open: OpenApplication = { application, definition, round, choices, words, session, go, target, asked, ask };
  const page = (
    <>
      {round && <CallBar round={round} action="submit" state={application.state} />}
      {session ? <Editable open={open} session={session} home={home} /> : <Outlet />}
    </>
  );
  return <ApplicationProvider value={open}>{page}</ApplicationProvider>;
}

/** The name as it stands on the screen now, not as it was last read. */
function ApplicationName({ number }: { number: string }) {
  const title = useFieldValue('project', 'title');
  return (
    <p className="ka-title">
      <small>{number}</small>
      {typeof title === 'string' ? title : '未命名的申报书'}
    </p>
  );
}

function Editable({ open, session, home }: { open: OpenApplication; session: EditorSession; home: string }): ReactNode {
  const { choices, words, asked, go, target } = open;
  const marks = useMarks(open.application.id).data?.items;
  const editor = useMemo(
    () => ({
      choices,
      words,
      asked,
      go,
      target,
      marksAt: (path: string) => <MarksAt marks={marks} path={path} />,
    }),
    [choices, words, asked, go, target, marks],
  );
  useIdentityFacts(open.application.id, session);
  return (
    <DocumentProvider value={session.document}>
      <JudgementProvider value={session.judgement}>
        <EditorProvider value={editor}>
          <div className="ka-editor">
            <div className="ka-side">
              <ApplicationName number={open.application.number} />
              <SaveStatus autosave={session.autosave} />
              <SectionNav />
            </div>
            <div className="ka-body">
              <Outlet />
            </div>
          </div>
          <ConflictDialog session={session} />
          <LeaveGuard autosave={session.autosave} home={home} />
        </EditorProvider>
      </JudgementProvider>
    </DocumentProvider>
  );
}
