import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { checkProof, newChallenge, PROOF_BITS, PROOF_FROM, type Proof } from './proof.ts';

function solve(challenge: string): Proof {
  for (let answer = 0; ; answer += 1) {
    const hash = createHash('sha256').update(`${challenge}:${answer}`).digest();
    if (hash.readUInt32BE(0) >>> (32 - PROOF_BITS) === 0) return { challenge, answer };
  }
}

const at = new Date('2026-04-01T09:00:00+08:00');
const mark = (text: string) => createHash('sha256').update(`secret${text}`).digest('base64url');

test('the work counts for the challenge, the address and the time that it was done for', () => {
  const { challenge } = newChallenge(mark, '192.0.2.1', at);
  const proof = solve(challenge);
  const late = new Date(at.getTime() + 5 * 60_000);
  expect(checkProof(mark, proof, '192.0.2.1', at)).toEqual(late);
  expect(checkProof(mark, proof, '192.0.2.2', at)).toBeUndefined();
  expect(checkProof(mark, proof, '192.0.2.1', late)).toBeUndefined();
  expect(checkProof((text) => `${mark(text)}x`, proof, '192.0.2.1', at)).toBeUndefined();
  expect(checkProof(mark, solve('zzzzzzzz.00.forged'), '192.0.2.1', at)).toBeUndefined();
  const idle = Array.from({ length: 3 }, (_, answer) => checkProof(mark, { challenge, answer }, '192.0.2.1', at));
  expect(idle.filter(Boolean).length).toBeLessThan(3);
});

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(() => server.context.db.deleteFrom('signInAttempt').execute());

const signIn = (login: string, proof?: Proof) =>
  server.visitor({
    method: 'POST',
    url: '/api/session',
    payload: { login, password: 'wrong', ...(proof && { proof }) },
  });

const fail = async (times: number) => {
  for (let attempt = 0; attempt < times; attempt += 1) {
    await server.context.db
      .insertInto('signInAttempt')
      .values({ login: `guess${attempt}`, address: '127.0.0.1', at: server.clock.now(), succeeded: false })
      .execute();
  }
};

test('an address with many failures does some work for each further attempt, once each', async () => {
  await fail(PROOF_FROM - 1);
  expect((await signIn('anybody')).statusCode).toBe(401);
  const asked = await signIn('somebody');
  expect(asked.statusCode).toBe(428);
  const { code, current } = asked.json().refusal;
  expect(code).toBe('proof_required');
  expect(current.bits).toBe(PROOF_BITS);
  const proof = solve(current.challenge);
  expect((await signIn('somebody', proof)).statusCode).toBe(401);
  expect((await signIn('somebody', proof)).statusCode).toBe(428);
});

test('the question is the same for a login that exists and one that does not', async () => {
  await fail(PROOF_FROM);
  const answers = await Promise.all([signIn('systemadministrator'), signIn('nobody.at.all')]);
  const [known, unknown] = answers.map((answer) => ({ ...answer.json().refusal, current: undefined }));
  expect(known).toEqual(unknown);
});
