import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { ok, send } from '../platform/http/result.ts';
import type { AccountsContext } from './accounts-context.ts';
import {
  Code,
  requireOwnPassword,
  strict,
  visitOf,
  whoever,
  WithPassword,
  WithPasswordAndCode,
} from './routes-support.ts';
import { confirmEnrolment } from './second-factor/confirm-enrolment.ts';
import { readSecondFactor } from './second-factor/read-second-factor.ts';
import { remakeRecoveryCodes } from './second-factor/remake-recovery-codes.ts';
import { removeSecondFactor } from './second-factor/remove-second-factor.ts';
import { startEnrolment } from './second-factor/start-enrolment.ts';

const Confirmation = Type.Object({ code: Code }, strict);
type Proven = Static<typeof WithPasswordAndCode>;

const PATH = '/api/session/second-factor';

/** The own second factor. Open to whoever must enrol one, but not before a temporary password is changed. */
export function secondFactorRoutes(app: FastifyInstance, context: AccountsContext): void {
  app.get(PATH, { config: { right: 'account.secure' } }, async (request, reply) => {
    const here = whoever(request);
    return send(reply, here.ok ? ok(await readSecondFactor(context.db, here.value.actor)) : here);
  });

  app.post<{ Body: Static<typeof WithPassword> }>(
    PATH,
    { config: { right: 'account.secure' }, schema: { body: WithPassword } },
    async (request, reply) => {
      const here = requireOwnPassword(request);
      if (!here.ok) return send(reply, here);
      return send(reply, await startEnrolment(context, here.value.actor, request.body.password, visitOf(request)));
    },
  );

  app.post<{ Body: Static<typeof Confirmation> }>(
    `${PATH}/confirm`,
    { config: { right: 'account.secure' }, schema: { body: Confirmation } },
    async (request, reply) => {
      const here = requireOwnPassword(request);
      if (!here.ok) return send(reply, here);
      const { actor, token } = here.value;
      return send(reply, await confirmEnrolment(context, actor, { code: request.body.code, token }, visitOf(request)));
    },
  );

  app.post<{ Body: Proven }>(
    `${PATH}/recovery-codes`,
    { config: { right: 'account.secure' }, schema: { body: WithPasswordAndCode } },
    async (request, reply) => {
      const here = requireOwnPassword(request);
      if (!here.ok) return send(reply, here);
      return send(reply, await remakeRecoveryCodes(context, here.value.actor, request.body, visitOf(request)));
    },
  );

  app.post<{ Body: Proven }>(
    `${PATH}/remove`,
    { config: { right: 'account.secure' }, schema: { body: WithPasswordAndCode } },
    async (request, reply) => {
      const here = requireOwnPassword(request);
      if (!here.ok) return send(reply, here);
      return send(reply, await removeSecondFactor(context, here.value.actor, request.body, visitOf(request)));
    },
  );
}
