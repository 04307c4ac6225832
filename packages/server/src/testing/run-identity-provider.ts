import { startIdentityProvider } from './identity-provider.ts';

/** A real identity provider as a process of its own, for a journey in the browser: prints its address and runs until it is ended. */
const [id = '', secret = '', redirectUri = '', user = ''] = process.argv.slice(2);
const provider = await startIdentityProvider({ id, secret, redirectUri });
provider.user = user;
console.log(`issuer ${provider.issuer}`);
