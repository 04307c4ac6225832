import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { call, whenSignedOut } from '../api/client.ts';
import { useMe } from '../api/queries.ts';
import type { Me, Role } from '../api/types.ts';
import { Loaded, Modal } from '../kit/index.ts';
import { SignInForm } from '../accounts/sign-in-form.tsx';

type Session = { me: Me; holds: (role: Role) => boolean; signOut: () => Promise<void> };
const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('no session: this page must stand under RequireSession');
  return session;
}

const listeners = new Set<() => void>();
/** What could not be sent while nobody was signed in is sent when this calls. Returns how to stop listening. */
export function whenSignedIn(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Pages below are for people who are signed in; an ended session is renewed on the spot, with the page kept. */
export function RequireSession({ children }: { children: ReactNode }) {
  const query = useMe();
  const { pathname, search, hash } = useLocation();
  if (query.error?.status === 401 && !query.data)
    return <Navigate to="/sign-in" replace state={{ next: pathname + search + hash }} />;
  if (query.data?.person.mustChangePassword && pathname !== '/password') return <Navigate to="/password" replace />;
  if (query.data?.person.mustEnrolSecondFactor && !['/security', '/password'].includes(pathname))
    return <Navigate to="/security" replace />;
  return <Loaded query={query}>{(me) => <SessionProvider me={me}>{children}</SessionProvider>}</Loaded>;
}

function SessionProvider({ me, children }: { me: Me; children: ReactNode }) {
  const [ended, setEnded] = useState(false);
  const queries = useQueryClient();
  const password = useRef<HTMLDivElement>(null);
  useEffect(() => {
    whenSignedOut(() => setEnded(true));
    return () => whenSignedOut(() => undefined);
  }, []);
  const session = useMemo<Session>(
    () => ({
      me,
      holds: (role) => me.grants.some((grant) => grant.role === role),
      signOut: async () => {
        await call('DELETE', '/session');
        window.location.assign('/app/sign-in');
      },
    }),
    [me],
  );
  const renewed = (next: Me) => {
    // Somebody else's page must not be shown to whoever signs in now.
    if (next.person.id !== me.person.id) return window.location.assign('/app/');
    setEnded(false);
    queries.setQueryData(['me'], next);
    void queries.invalidateQueries();
    for (const listener of listeners) listener();
  };
  return (
    <SessionContext value={session}>
      {children}
      <Modal
        open={ended}
        title="登录已失效，请重新登录"
        footer={null}
        closable={false}
        keyboard={false}
        width={440}
        afterOpenChange={(open) =>
          open && password.current?.querySelector<HTMLInputElement>('input[type=password]')?.focus()
        }
      >
        <p className="ks-panel__note" style={{ margin: '8px 0 16px' }}>
          页面和已填写的内容都保留着，登录后接着填。
        </p>
        <div ref={password}>
          <SignInForm login={me.person.login} onSignedIn={renewed} />
        </div>
      </Modal>
    </SessionContext>
  );
}
