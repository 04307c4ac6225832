import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const handOut = (login: string, name = '张示例') =>
  server.as('organisationAdministrator')({ method: 'POST', url: '/api/organisation/people', payload: { login, name } });

test('a login that looks like another, or is it in another dress, makes no second account', async () => {
  expect((await handOut('paypal')).statusCode).toBe(201);
  // NFKC and case: the same login.
  for (const same of ['ＰＡＹＰＡＬ', 'PayPal', ' paypal ', 'ｐaypal']) {
    expect((await handOut(same)).json().refusal, same).toMatchObject({ code: 'login_taken' });
  }
  // Confusables (Unicode TS 39) and what cannot be seen.
  for (const alike of ['pаypal', 'payраl', 'ραypal', 'paypal\u200B', 'pay\u00ADpal', 'раураӏ', '\u202Elapyap']) {
    expect((await handOut(alike)).json().refusal, alike).toMatchObject({ code: 'login_form' });
  }
});

test('a name that hides something or mixes alphabets that look alike is refused', async () => {
  for (const name of ['张\u200B示例', '张\u202E示例', 'Аlice Wang', '\u3000\u2000']) {
    expect((await handOut('alice', name)).statusCode, name).toBe(422);
  }
});
