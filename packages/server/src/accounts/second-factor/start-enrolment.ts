import qrcode from 'qrcode';
import type { AccountsContext, Visit } from '../accounts-context.ts';
import { confirmIdentity } from '../confirm-identity.ts';
import type { Actor } from '../../platform/db/actors.ts';
import { ok, refused, type Result } from '../../platform/http/result.ts';
import * as store from './store.ts';
import { enrolmentUri, newSecret, secretInText } from './totp.ts';

/** `secret` is the same as the picture `qr` (an image's data URL), for whoever cannot scan it. */
export type Enrolment = { qr: string; secret: string; uri: string };

/** Hands out a secret that counts from the moment a code of it is entered. Starting again replaces one that was not confirmed. */
export async function startEnrolment(
  context: AccountsContext,
  actor: Actor,
  password: string,
  visit: Visit,
): Promise<Result<Enrolment>> {
  const { db } = context;
  const confirmed = await confirmIdentity(context, actor, { password, where: 'password' }, visit);
  if (!confirmed.ok) return confirmed;
  const secret = newSecret();
  const factor = { personId: actor.personId, secret, startedAt: visit.at };
  const started = await db.transaction().execute((trx) => store.startSecondFactor(trx, factor));
  if (!started) {
    return refused(409, {
      code: 'already_enrolled',
      message: '两步验证已经启用。',
      remedy: '要换手机的，请先停用，再重新启用。',
    });
  }
  const uri = enrolmentUri(secret, actor.login);
  const svg = await qrcode.toString(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
  return ok({
    qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
    secret: secretInText(secret),
    uri,
  });
}
