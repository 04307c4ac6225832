import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { sendFile } from '../platform/files/index.ts';
import { requestTrace, requireActor } from '../platform/http/actor.ts';
import { ok, type Result, send } from '../platform/http/result.ts';
import { exportApplication, proposeImport } from './exchange-file.ts';
import { listCopySources, proposeCopy, proposeProfile } from './propose-copy.ts';
import { readHistory, readRevision } from './read-history.ts';
import { endSharing, readSharing, shareApplication } from './share-application.ts';
import { tellPresence } from './tell-presence.ts';

const Uuid = Type.String({ format: 'uuid' });
const Id = Type.Object({ id: Uuid });
const Revision = Type.Object({
  id: Uuid,
  section: Type.String({ minLength: 1, maxLength: 200 }),
  revision: Type.Integer({ minimum: 0 }),
});

const Share = Type.Object({ id: Uuid, personId: Uuid });
const Present = Type.Object(
  { windowId: Uuid, section: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) },
  { additionalProperties: false },
);
const Copy = Type.Object({ from: Uuid });
const Import = Type.Object({ document: Type.Unknown() }, { additionalProperties: false });

/** A whole application in one request: all its sections at their longest with room to spare. */
const DOCUMENT_BYTES = 16 * 1024 * 1024;

const byOf = (request: FastifyRequest): Result<By> => {
  const actor = requireActor(request);
  return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
};

export const routes = (app: FastifyInstance, context: Context): void => {
  app.get<{ Params: Static<typeof Id> }>(
    '/api/applications/:id/sittings',
    { config: { right: 'application.write', toldBy: 'useCase' }, schema: { params: Id } },
    async (request, reply) => {
      const who = byOf(request);
      return send(reply, who.ok ? await readHistory(context, who.value, request.params.id) : who);
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/applications/:id/copy-sources',
    { config: { right: 'application.write', toldBy: 'useCase' }, schema: { params: Id } },
    async (request, reply) => {
      const who = byOf(request);
      return send(reply, who.ok ? await listCopySources(context, who.value, request.params.id) : who);
    },
  );

  app.get<{ Params: Static<typeof Id>; Querystring: Static<typeof Copy> }>(
    '/api/applications/:id/proposals/copy',
    { config: { right: 'application.write', toldBy: 'useCase' }, schema: { params: Id, querystring: Copy } },
    async (request, reply) => {
      const who = byOf(request);
      const copy = { id: request.params.id, from: request.query.from };
      return send(reply, who.ok ? await proposeCopy(context, who.value, copy) : who);
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/applications/:id/proposals/profile',
    { config: { right: 'application.write', toldBy: 'useCase' }, schema: { params: Id } },
    async (request, reply) => {
      const who = byOf(request);
      return send(reply, who.ok ? await proposeProfile(context, who.value, request.params.id) : who);
    },
  );

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Import> }>(
    '/api/applications/:id/proposals/import',
    {
      config: { right: 'application.write', toldBy: 'useCase' },
      schema: { params: Id, body: Import },
      bodyLimit: DOCUMENT_BYTES,
    },
    async (request, reply) => {
      const who = byOf(request);
      const file = { id: request.params.id, document: request.body.document };
      return send(reply, who.ok ? await proposeImport(context, who.value, file) : who);
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/applications/:id/export.json',
    { config: { right: 'application.write', toldBy: 'useCase' }, schema: { params: Id } },
    async (request, reply) => {
      const who = byOf(request);
      if (!who.ok) return send(reply, who);
      const exported = await exportApplication(context, who.value, request.params.id);
      if (!exported.ok) return send(reply, exported);
      const content = Buffer.from(`${JSON.stringify(exported.value.document, null, 2)}\n`);
      const { fileName } = exported.value;
      return sendFile(reply, { content, bytes: content.length, mediaType: 'application/json', fileName });
    },
  );

  app.get<{ Params: Static<typeof Revision> }>(
    '/api/applications/:id/sections/:section/revisions/:revision',
    { config: { right: 'application.write', toldBy: 'useCase' }, schema: { params: Revision } },
    async (request, reply) => {
      const who = byOf(request);
      return send(reply, who.ok ? await readRevision(context, who.value, request.params) : who);
    },
  );

  app.put<{ Params: Static<typeof Id>; Body: Static<typeof Present> }>(
    '/api/applications/:id/presence',
    { config: { right: 'application.write', toldBy: 'useCase' }, schema: { params: Id, body: Present } },
    async (request, reply) => {
      const who = byOf(request);
      const present = { ...request.params, ...request.body };
      return send(reply, who.ok ? await tellPresence(context, who.value, present) : who);
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/applications/:id/co-editors',
    { config: { right: 'application.write', toldBy: 'useCase' }, schema: { params: Id } },
    async (request, reply) => {
      const who = byOf(request);
      return send(reply, who.ok ? await readSharing(context, who.value, request.params.id) : who);
    },
  );

  for (const [method, change] of [
    ['PUT', shareApplication],
    ['DELETE', endSharing],
  ] as const) {
    app.route<{ Params: Static<typeof Share> }>({
      method,
      url: '/api/applications/:id/co-editors/:personId',
      config: { right: 'application.share', toldBy: 'useCase' },
      schema: { params: Share },
      handler: async (request, reply) => {
        const who = byOf(request);
        return send(reply, who.ok ? await change(context, who.value, request.params) : who);
      },
    });
  }
};
