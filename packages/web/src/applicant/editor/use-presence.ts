import { useEffect, useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import { equal } from '../../autosave/equal.ts';
import { useSession } from '../../shell/session.tsx';
import type { Presence } from '../drafts.ts';

const HEARTBEAT_MS = 30_000;
/** Where a window is that shows no section: the papers, the check, the overview. */
const ELSEWHERE = 'overview';

/** Tells in which section this window is, and who else is where: by section, each by name, another window of one's own as such. */
export function usePresence(
  applicationId: string,
  section: string | undefined,
): ReadonlyMap<string, readonly string[]> {
  const { me } = useSession();
  const [windowId] = useState(() => crypto.randomUUID());
  const [others, setOthers] = useState<readonly Presence[]>([]);
  const here = useRef(section);
  useEffect(() => {
    here.current = section;
    let over = false;
    const tell = async () => {
      const body = { windowId, section: here.current ?? ELSEWHERE };
      const answer = await call<{ items: Presence[] }>('PUT', `/applications/${applicationId}/presence`, { body });
      if (answer.ok && !over) setOthers((before) => (equal(before, answer.value.items) ? before : answer.value.items));
    };
    void tell();
    const timer = setInterval(() => void tell(), HEARTBEAT_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [applicationId, windowId, section]);
  useEffect(() => {
    const leave = () =>
      void call('PUT', `/applications/${applicationId}/presence`, { body: { windowId }, keepalive: true });
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [applicationId, windowId]);
  const names = new Map<string, string[]>();
  for (const { personId, name, section: where } of others) {
    const said = personId === me.person.id ? '您的另一个窗口' : name;
    const already = names.get(where) ?? [];
    if (!already.includes(said)) names.set(where, [...already, said]);
  }
  return names;
}
