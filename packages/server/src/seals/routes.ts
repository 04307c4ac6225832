import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { sendFile } from '../platform/files/index.ts';
import { requestTrace, requireActor, requireRole } from '../platform/http/actor.ts';
import { ok, refused, type Result, send } from '../platform/http/result.ts';
import { enrolOwn } from './enrol-certificates.ts';
import { makePrint } from './make-print.ts';
import { orderSeals } from './order-seals.ts';
import { previewSealed } from './preview-seals.ts';
import { readCertificates } from './read-certificates.ts';
import { readSeals } from './read-seals.ts';
import { readSignature, verifySeals } from './verify-seals.ts';

const strict = { additionalProperties: false };
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Place = Type.Optional(Type.Integer({ minimum: 0, maximum: 999 }));
const Order = Type.Object(
  {
    source: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    places: Type.Object({ leadOrganisation: Place, legalRepresentative: Place }, strict),
  },
  strict,
);
const Preview = Type.Object({
  page: Type.Integer({ minimum: 1, maximum: 9999 }),
  places: Type.Optional(Type.String({ pattern: '^\\d{1,3}(,\\d{1,3})?$' })),
  source: Type.Optional(Type.String({ maxLength: 64 })),
});
const Enrolment = Type.Object({ mode: Type.Union([Type.Literal('live'), Type.Literal('rehearsal')]) }, strict);

export const routes = (app: FastifyInstance, context: Context): void => {
  const by = (request: FastifyRequest): Result<By> => {
    const actor = requireActor(request);
    return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
  };

  const readings = [
    ['', readSeals],
    ['/report', verifySeals],
  ] as const;
  for (const [path, read] of readings) {
    app.get<{ Params: Static<typeof Id> }>(
      `/api/applications/:id/seals${path}`,
      { config: { right: 'application.read' }, schema: { params: Id } },
      async (request, reply) => {
        const who = by(request);
        return send<unknown>(reply, who.ok ? await read(context, who.value, request.params.id) : who);
      },
    );
  }

  app.put<{ Params: Static<typeof Id> }>(
    '/api/applications/:id/seals/print',
    { config: { right: 'application.seal' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const print = await makePrint(context, who.value, request.params.id);
      if (!print.ok) return send(reply, print);
      const { sourceSha256: source, pages, places } = print.value;
      return reply.send({ source, pages, places });
    },
  );

  app.get<{ Params: Static<typeof Id>; Querystring: Static<typeof Preview> }>(
    '/api/applications/:id/seals/preview',
    { config: { right: 'application.seal' }, schema: { params: Id, querystring: Preview } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const { page, places = '' } = request.query;
      const picture = await previewSealed(context, who.value, {
        applicationId: request.params.id,
        page,
        places: places.split(',').filter(Boolean).map(Number),
      });
      return picture.ok ? sendFile(reply, picture.value) : send(reply, picture);
    },
  );

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Order> }>(
    '/api/applications/:id/seals',
    { config: { right: 'application.seal', toldBy: 'useCase' }, schema: { params: Id, body: Order } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const { id: applicationId } = request.params;
      const { source: sourceSha256, places } = request.body;
      const ordered = await orderSeals(context, who.value, { applicationId, sourceSha256, places });
      if (!ordered.ok) return send(reply, ordered);
      return send<unknown>(reply, await readSeals(context, who.value, applicationId), 202);
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/applications/:id/sealed.pdf.sm2.p7s',
    { config: { right: 'application.read' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const file = await readSignature(context, who.value, request.params.id);
      return file.ok ? sendFile(reply, file.value) : send(reply, file);
    },
  );

  const ownOrganisation = (request: FastifyRequest): Result<string> => {
    const who = requireRole(request, 'organisationAdministrator');
    if (!who.ok) return who;
    const { organisationId } = who.value.grant;
    return organisationId ? ok(organisationId) : refused(403, { code: 'not_your_role', message: '您不属于任何单位。' });
  };

  app.get('/api/organisation/seals', { config: { right: 'organisation.seals' } }, async (request, reply) => {
    const organisationId = ownOrganisation(request);
    if (!organisationId.ok) return send(reply, organisationId);
    return readCertificates(context, organisationId.value, request.receivedAt);
  });

  app.post<{ Body: Static<typeof Enrolment> }>(
    '/api/organisation/seals',
    { config: { right: 'organisation.seals' }, schema: { body: Enrolment } },
    async (request, reply) => {
      const [organisationId, who] = [ownOrganisation(request), by(request)];
      if (!organisationId.ok || !who.ok) return send(reply, organisationId.ok ? who : organisationId);
      const { mode } = request.body;
      const enrolled = await enrolOwn(context, who.value, { organisationId: organisationId.value, mode });
      if (!enrolled.ok) return send(reply, enrolled);
      const present = await readCertificates(context, organisationId.value, request.receivedAt);
      return reply.send({ ...present, refusals: enrolled.value });
    },
  );
};
