import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export type TestIdentityProvider = {
  issuer: string;
  /** Who sits at the browser; signs in without being asked. */
  user: string;
  /** Goes where the server sent the browser, and answers with the address that the provider sends it back to. */
  visit(url: string): Promise<string>;
  close(): Promise<void>;
};

/** A real OpenID Connect provider on a port of its own, with one client that must use PKCE. */
export async function startIdentityProvider(client: {
  id: string;
  secret: string;
  redirectUri: string;
}): Promise<TestIdentityProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.redirectUri] }],
    cookies: { keys: ['of the tests'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    pkce: { required: () => true },
  });
  const house: TestIdentityProvider = {
    issuer,
    user: 'nobody',
    visit: (url) => follow(url, client.redirectUri),
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
  const answer = provider.callback();
  const consent = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { params } = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId: house.user, clientId: params.client_id });
    grant.addOIDCScope('openid');
    const result = { login: { accountId: house.user }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, result);
  };
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/')) void consent(request, response);
    else answer(request, response);
  });
  return house;
}

async function follow(start: string, end: string): Promise<string> {
  const jar = new Map<string, string>();
  let url = start;
  for (let step = 0; step < 10 && !url.startsWith(end); step += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = response.headers.get('location');
    if (!location) throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
    url = new URL(location, url).href;
  }
  return url;
}
