import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Outlet, useLocation, useNavigate, useParams } from 'react-router';
import { useApplication, useDefinition, useFacts, useRounds } from '../api/queries.ts';
import type { ApplicationDetail, RoundDefinition } from '../api/types.ts';
import { choicesFrom } from '../form/choices.ts';
import { DocumentProvider } from '../form/document.ts';
import { EditorProvider } from '../form/editor-context.ts';
import { focusField } from '../form/focus.ts';
import { JudgementProvider } from '../form/judgement.ts';
import { anchorOf, placeOf } from '../form/paths.ts';
import { Loaded, Loading } from '../kit/index.ts';
import { CallBar } from '../shell/call-bar.tsx';
import { useSession } from '../shell/session.tsx';
import { ApplicationProvider, type OpenApplication } from './application-context.ts';
import './applicant.css';
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
              <Editing key={detail.id} application={detail} definition={call} />
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

function Editing({ application, definition }: Props) {
  const { me } = useSession();
  const facts = useFacts(application.id);
  const [session, setSession] = useState<EditorSession>();
  const ready = facts.data !== undefined || facts.error !== null;
  useEffect(() => {
    if (!ready) return;
    // The revisions of this very moment: what the cache holds may be older than the last save. Later readings do not reopen.
    const opened = openSession({ personId: me.person.id, application, definition, facts: facts.data ?? {} });
    setSession(opened);
    return () => opened.stop();
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [ready, application.id, definition, me.person.id]);
  useEffect(() => {
    if (facts.data) session?.setFacts(facts.data);
  }, [session, facts.data]);
  useEffect(() => session?.setAttachments(application.attachments), [session, application.attachments]);
  if (!session) return <Loading />;
  return <Frame application={application} definition={definition} session={session} />;
}

function Frame({ application, definition, session }: Props & { session: EditorSession | undefined }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const rounds = useRounds();
  const round = rounds.data?.items.find((candidate) => candidate.id === application.roundId);
  const [target, setTarget] = useState<{ path: string }>();
  const [asked, setAsked] = useState(false);
  const choices = useMemo(() => choicesFrom(definition.compiled, definition.reference), [definition]);
  const home = `/applications/${application.id}`;

  const go = useCallback(
    (path: string) => {
      const place = placeOf(path);
      if (!place) return;
      const page = place.kind === 'material' ? `${home}/materials` : `${home}/sections/${place.section}`;
      setTarget({ path });
      void navigate(`${page}#${anchorOf(path)}`);
    },
    [home, navigate],
  );
  const ask = useCallback(() => setAsked(true), []);
  useEffect(() => {
    if (!target) return;
    const place = placeOf(target.path);
    // The cell of a table is on the row's own sheet, which the table opens.
    if (place?.kind === 'field' && place.row) focusField(`${place.section}.${place.field}`);
    else focusField(target.path);
  }, [target, pathname]);

  const words = definition.compiled.words;
  const open: OpenApplication = { application, definition, round, choices, words, session, go, target, asked, ask };
  const page = (
    <>
      {round && <CallBar round={round} action="submit" />}
      {session ? <Editable open={open} session={session} home={home} /> : <Outlet />}
    </>
  );
  return <ApplicationProvider value={open}>{page}</ApplicationProvider>;
}

function Editable({ open, session, home }: { open: OpenApplication; session: EditorSession; home: string }): ReactNode {
  const { choices, words, asked, go, target } = open;
  const editor = useMemo(() => ({ choices, words, asked, go, target }), [choices, words, asked, go, target]);
  useIdentityFacts(open.application.id, session);
  return (
    <DocumentProvider value={session.document}>
      <JudgementProvider value={session.judgement}>
        <EditorProvider value={editor}>
          <div className="ka-editor">
            <div className="ka-side">
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
