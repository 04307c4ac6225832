import { isNoticeKind, type NoticeKind } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import { isSignedBy } from '../platform/signing/index.ts';

type Signing = Pick<Context, 'signer'>;

const url = (base64: string): string => Buffer.from(base64, 'base64').toString('base64url');
const isUuid = (text: string): boolean => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);

/**
 * A link that carries its own proof, so that nothing secret is stored and a message can be composed again when it is sent again. The token
 * stands after the #, where no log of a server or proxy sees it.
 */
const tokenFor = ({ signer }: Signing, purpose: string, parts: readonly string[]): string =>
  [...parts, url(signer.sign(`notice ${purpose} ${parts.join(' ')}`))].join('.');

function partsOf({ signer }: Signing, purpose: string, token: string): string[] | undefined {
  const parts = token.split('.');
  const signature = parts.pop() ?? '';
  return signature.length === 86 && isSignedBy(signer.publicKey, `notice ${purpose} ${parts.join(' ')}`, signature)
    ? parts
    : undefined;
}

export const confirmLink = (signing: Signing, addressId: string): string =>
  `/app/confirm-address#${tokenFor(signing, 'confirm', [addressId])}`;

/** The address that a token confirms; undefined for one that was not made here. */
export function readConfirmToken(signing: Signing, token: string): string | undefined {
  const [id] = partsOf(signing, 'confirm', token) ?? [];
  return id !== undefined && isUuid(id) ? id : undefined;
}

export const unsubscribeLink = (signing: Signing, personId: string, kind: NoticeKind): string =>
  `/app/unsubscribe#${tokenFor(signing, 'unsubscribe', [personId, kind])}`;

export function readUnsubscribeToken(
  signing: Signing,
  token: string,
): { personId: string; kind: NoticeKind } | undefined {
  const [personId, kind] = partsOf(signing, 'unsubscribe', token) ?? [];
  return personId !== undefined && isUuid(personId) && kind !== undefined && isNoticeKind(kind)
    ? { personId, kind }
    : undefined;
}
