import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { By } from '../applications/index.ts';
import { checkReceipt } from '../platform/audit/receipt.ts';
import { type Receipt, ReceiptFormat } from '../platform/audit/receipt-format.ts';
import { timeStampingOf } from '../platform/audit/time-stamping.ts';
import type { Context } from '../platform/context.ts';
import { requestTrace, requireActor, requireRole } from '../platform/http/actor.ts';
import { offsetOf, Paging } from '../platform/http/paging.ts';
import { rateLimit } from '../platform/db/rate-limit.ts';
import { ok, refused, type Result, send } from '../platform/http/result.ts';
import { applicationReceipt, RECEIPT_ACTIONS } from './application-receipt.ts';
import { exportLog } from './export-log.ts';
import { ownData } from './own-data.ts';
import { logReading, readLog } from './read-log.ts';
import { revealPhone } from './reveal-phone.ts';
import { revealValue } from './reveal-value.ts';
import { gatherNow, readRoots, rootFile, verifyNow } from './roots.ts';
import type { EventFilter } from './store.ts';
import { ACTIONS } from './words.ts';

const strict = { additionalProperties: false };
const Instant = Type.String({ format: 'date-time' });
const Word = Type.String({ minLength: 1, maxLength: 100 });
const Filter = {
  person: Type.Optional(Word),
  action: Type.Optional(Word),
  outcome: Type.Optional(Type.Union([Type.Literal('done'), Type.Literal('refused')])),
  subjectKind: Type.Optional(Word),
  subjectId: Type.Optional(Word),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
};
const List = Type.Object({ page: Paging.page, pageSize: Paging.pageSize, ...Filter });
const Everything = Type.Object(Filter);
const Ordinal = Type.Object({ ordinal: Type.Integer({ minimum: 1 }) });
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const WhichReceipt = Type.Object({
  action: Type.Optional(Type.Union(RECEIPT_ACTIONS.map((one) => Type.Literal(one)))),
});
const Reveal = Type.Object(
  { path: Type.String({ minLength: 1, maxLength: 200 }), reason: Type.String({ maxLength: 500 }) },
  strict,
);

const Reason = Type.Object({ reason: Type.String({ maxLength: 500 }) }, strict);

const CHECKS_AN_HOUR = 120;
const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export const routes = (app: FastifyInstance, context: Context): void => {
  const stamping = timeStampingOf(context.config, context.clock);
  const tooManyUntil = rateLimit(context.db, 'checkReceipt', CHECKS_AN_HOUR, 3600_000);

  const by = (request: FastifyRequest): Result<By> => {
    const actor = requireActor(request);
    return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
  };
  /** The log is for the audit administrator alone; another signed-in person's attempt is logged. */
  const auditor = async (request: FastifyRequest): Promise<Result<By>> => {
    const may = requireRole(request, 'auditAdministrator');
    const who = by(request);
    if (may.ok || !who.ok) return who;
    await logReading(context, who.value, 'readLog', { what: request.routeOptions.url ?? '' }, 'refused');
    return may;
  };

  app.get<{ Querystring: Static<typeof List> }>(
    '/api/audit/events',
    { config: { right: 'log.read' }, schema: { querystring: List } },
    async (request, reply) => {
      const who = await auditor(request);
      if (!who.ok) return send(reply, who);
      const { page, pageSize } = request.query;
      return readLog(context, who.value, filterOf(request.query), {
        offset: offsetOf({ page, pageSize }),
        limit: pageSize,
      });
    },
  );

  app.get('/api/audit/words', { config: { right: 'log.read' } }, async (request, reply) => {
    const who = await auditor(request);
    return who.ok ? { actions: ACTIONS } : send(reply, who);
  });

  for (const kind of ['csv', 'xlsx'] as const) {
    app.get<{ Querystring: Static<typeof Everything> }>(
      `/api/audit/events.${kind}`,
      { config: { right: 'log.read' }, schema: { querystring: Everything } },
      async (request, reply) => {
        const who = await auditor(request);
        if (!who.ok) return send(reply, who);
        const content = await exportLog(context, who.value, kind, filterOf(request.query));
        return reply
          .header('content-type', MEDIA_TYPES[kind])
          .header('content-disposition', `attachment; filename="log.${kind}"`)
          .send(content);
      },
    );
  }

  app.get('/api/audit/roots', { config: { right: 'log.read' } }, async (request, reply) => {
    const who = await auditor(request);
    return who.ok ? readRoots(context) : send(reply, who);
  });

  app.post('/api/audit/roots', { config: { right: 'log.verify' } }, async (request, reply) => {
    const who = await auditor(request);
    return who.ok ? gatherNow(context, stamping, who.value) : send(reply, who);
  });

  app.get<{ Params: Static<typeof Ordinal> }>(
    '/api/audit/roots/:ordinal',
    { config: { right: 'log.read' }, schema: { params: Ordinal } },
    async (request, reply) => {
      const who = await auditor(request);
      if (!who.ok) return send(reply, who);
      const { ordinal } = request.params;
      reply.header('content-disposition', `attachment; filename="log-root-${ordinal}.json"`);
      return send(reply, await rootFile(context, ordinal));
    },
  );

  app.post('/api/audit/verification', { config: { right: 'log.verify' } }, async (request, reply) => {
    const who = await auditor(request);
    return who.ok ? verifyNow(context, stamping, who.value) : send(reply, who);
  });

  app.get<{ Params: Static<typeof Id>; Querystring: Static<typeof WhichReceipt> }>(
    '/api/applications/:id/receipt',
    { config: { right: 'application.read' }, schema: { params: Id, querystring: WhichReceipt } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const { id } = request.params;
      const made = await applicationReceipt(context, who.value, { id, ...request.query });
      if (!made.ok) return send(reply, made);
      const { receipt, fileName } = made.value;
      reply.header(
        'content-disposition',
        `attachment; filename="receipt.json"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      );
      return send(reply, ok(receipt));
    },
  );

  app.post<{ Body: Receipt }>(
    '/api/receipts/check',
    { config: { right: 'public.verify' }, schema: { body: ReceiptFormat } },
    async (request, reply) => {
      const until = await tooManyUntil(request.ip, request.receivedAt);
      if (until) {
        return send(
          reply,
          refused(429, { code: 'too_many', message: '核验得太频繁，请稍后再试。', at: until.toISOString() }),
        );
      }
      const { publicKey } = context.signer;
      const checks = await checkReceipt({ db: context.db, publicKey, readStamp: stamping.readStamp }, request.body);
      return { genuine: checks.every((check) => check.ok), checks };
    },
  );

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Reveal> }>(
    '/api/applications/:id/reveal',
    { config: { right: 'application.reveal' }, schema: { params: Id, body: Reveal } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await revealValue(context, who.value, { ...request.params, ...request.body }) : who);
    },
  );

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Reason> }>(
    '/api/organisations/:id/reveal',
    { config: { right: 'organisation.reveal' }, schema: { params: Id, body: Reason } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await revealPhone(context, who.value, { ...request.params, ...request.body }) : who);
    },
  );

  app.get('/api/me/data', { config: { right: 'account.export' } }, async (request, reply) => {
    const who = by(request);
    if (!who.ok) return send(reply, who);
    reply.header('content-disposition', 'attachment; filename="my-data.json"');
    return ownData(context, who.value);
  });
};

function filterOf({
  from,
  to,
  person,
  action,
  outcome,
  subjectKind,
  subjectId,
}: Static<typeof Everything>): EventFilter {
  return {
    ...(person && { person: person.trim() }),
    ...(action && { action }),
    ...(outcome && { outcome }),
    ...(subjectKind && { subjectKind }),
    ...(subjectId && { subjectId: subjectId.trim() }),
    ...(from && { from: new Date(from) }),
    ...(to && { to: new Date(to) }),
  };
}
