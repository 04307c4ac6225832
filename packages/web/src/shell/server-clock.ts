import { useEffect, useState } from 'react';
import { call } from '../api/client.ts';

/** How far the browser's clock is off the server's, in ms. Only the server's clock counts for deadlines. */
let offsetMs = 0;
let known = false;

async function synchronise(): Promise<void> {
  const sent = Date.now();
  const answer = await call<{ now: string }>('GET', '/clock');
  if (!answer.ok) return;
  const received = Date.now();
  offsetMs = new Date(answer.value.now).getTime() - (sent + received) / 2;
  known = true;
}

export const serverNow = (): number => Date.now() + offsetMs;

const RESYNCHRONISE_MS = 5 * 60_000;

/** The server's time, every second; undefined until the server has been asked once. */
export function useServerNow(): number | undefined {
  const [now, setNow] = useState(() => (known ? serverNow() : undefined));
  useEffect(() => {
    const show = () => known && setNow(serverNow());
    const ask = () => void synchronise().then(show);
    if (!known) ask();
    const tick = setInterval(show, 1000);
    const again = setInterval(ask, RESYNCHRONISE_MS);
    // A laptop that slept has a stale offset at best.
    const wake = () => document.visibilityState === 'visible' && ask();
    document.addEventListener('visibilitychange', wake);
    return () => {
      clearInterval(tick);
      clearInterval(again);
      document.removeEventListener('visibilitychange', wake);
    };
  }, []);
  return now;
}
