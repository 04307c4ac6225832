import { readFile } from 'node:fs/promises';
import type { Carrier, Outgoing, Sending } from './carrier.ts';
import type { SmsSettings } from './settings.ts';

const PATIENCE_MS = 15_000;

/**
 * Text messages through a gateway: `POST {id, to, text}` with a bearer token; the id stands in `Idempotency-Key` as well, so that a gateway
 * that knows it sends once. 2xx: taken; 422: the number is no good; other 4xx: refused; 408, 429: later; 5xx and silence: down.
 */
export async function openSmsGateway({ address, tokenFile }: SmsSettings): Promise<Carrier> {
  const token = (await readFile(tokenFile, 'utf8')).trim();
  const post = (body: object, key: string) =>
    fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  return {
    send: ({ id, to, text }: Outgoing) =>
      post({ id, to, text }, id).then(sendingOf, (error: Error): Sending => ({
        taken: false,
        because: 'down',
        problem: error.message,
      })),
    check: async () => {
      const answer = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
        (error: Error) => error,
      );
      return answer instanceof Error ? `短信网关 ${address}：${answer.message}` : undefined;
    },
    close: () => {},
  };
}

async function sendingOf(answer: Response): Promise<Sending> {
  const text = await answer.text().catch(() => '');
  if (answer.ok) return { taken: true };
  const problem = `网关回答 ${answer.status} ${text.slice(0, 200)}`.trim();
  const { status } = answer;
  if (status === 422) return { taken: false, because: 'address', problem };
  if (status === 408 || status === 429) return { taken: false, because: 'later', problem };
  return { taken: false, because: status < 500 && status >= 400 ? 'refused' : 'down', problem };
}
