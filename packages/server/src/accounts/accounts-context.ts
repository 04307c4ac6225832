import type { Context } from '../platform/context.ts';
import type { IdentityProvider } from './single-sign-on/identity-provider.ts';

/** What the use cases of this slice reach beyond the common context. */
export type AccountsContext = Context & {
  /** Absent where no single sign-on is configured. */
  provider: IdentityProvider | undefined;
};

/** The request that something was asked with. */
export type Visit = { at: Date; address: string; requestId: string };
