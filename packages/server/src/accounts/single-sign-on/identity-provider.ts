import * as oidc from 'openid-client';
import type { SingleSignOnSettings } from '../../platform/config-single-sign-on.ts';

/** What must come back as it was sent: state ties the answer to this browser, nonce the token to this request, the verifier the code to us. */
export type Checks = { state: string; nonce: string; codeVerifier: string };

export type IdentityProvider = {
  name: string;
  issuer: string;
  /** The address to send the browser to. Throws when the provider cannot be reached. */
  begin(): Promise<{ url: string; checks: Checks }>;
  /** Who came back, by the provider's own lasting identifier. Throws for whatever is not exactly what was asked for. */
  finish(answer: URL, checks: Checks): Promise<{ subject: string }>;
};

const TIMEOUT_S = 10;

/** OpenID Connect, authorization code with PKCE (RFC 7636). The provider's description is read at first use and again after a failure. */
export function openIdentityProvider(settings: SingleSignOnSettings, redirectUri: string): IdentityProvider {
  const { issuer, clientId, secret, name } = settings;
  const insecure = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
  let known: Promise<oidc.Configuration> | undefined;
  const configuration = (): Promise<oidc.Configuration> => {
    known ??= oidc
      .discovery(new URL(issuer), clientId, undefined, authentication(secret), {
        timeout: TIMEOUT_S,
        execute: insecure,
      })
      .catch((error: unknown) => {
        known = undefined;
        throw error;
      });
    return known;
  };
  return {
    name,
    issuer,
    async begin() {
      const checks = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        codeVerifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: 'openid',
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(checks.codeVerifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, checks };
    },
    async finish(answer, { state, nonce, codeVerifier }) {
      const tokens = await oidc.authorizationCodeGrant(await configuration(), answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const subject = tokens.claims()?.sub;
      if (!subject) throw new Error('the identity token names nobody');
      return { subject };
    },
  };
}

/** HTTP Basic, which is the standard's own choice, unless the provider says that it takes the secret in the body only. */
function authentication(secret: string): oidc.ClientAuth {
  return (server, client, body, headers) => {
    const taken = server.token_endpoint_auth_methods_supported;
    const basic = !taken || taken.includes('client_secret_basic');
    (basic ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret))(server, client, body, headers);
  };
}
