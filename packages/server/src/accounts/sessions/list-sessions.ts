import type { Db } from '../../platform/db/schema.ts';
import { hashToken } from '../../platform/http/actor.ts';
import { deviceOf } from './device.ts';
import { liveSessions } from './store.ts';

export type SessionLine = {
  id: string;
  createdAt: Date;
  /** Exact to a minute. */
  lastSeenAt: Date;
  address: string;
  device: string;
  /** The one that asks. */
  current: boolean;
};

/** Where somebody is signed in. */
export async function listSessions(db: Db, personId: string, token: string, now: Date): Promise<SessionLine[]> {
  const own = hashToken(token);
  const rows = await liveSessions(db, personId, now);
  return rows.map(({ tokenHash, userAgent, ...row }) => ({
    ...row,
    device: deviceOf(userAgent),
    current: tokenHash.equals(own),
  }));
}
