import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { Readable } from 'node:stream';
import type { Context } from '../platform/context.ts';
import { throughout } from '../platform/db/reach.ts';
import { sendFile } from '../platform/files/index.ts';
import { send } from '../platform/http/result.ts';
import { attachFile } from './attach-file.ts';
import { startInspector } from './inspector.ts';
import { previewPage, sweepPreviews } from './preview-page.ts';
import { readFile } from './read-file.ts';
import { readMaterials } from './read-materials.ts';
import { removeFile } from './remove-file.ts';
import { restoreFile } from './restore-file.ts';
import { byOf, uploadRoutes } from './routes-uploads.ts';
import { setAttachmentFacts } from './set-facts.ts';
import { openUploadFiles, sweepUploads } from './uploads/sweep-uploads.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Page = Type.Object({ id: Type.String({ format: 'uuid' }), page: Type.Integer({ minimum: 1, maximum: 9999 }) });
const Place = Type.Object({ id: Type.String({ format: 'uuid' }), material: Type.String({ maxLength: 100 }) });
const Named = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 1000 }),
  row: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
});
const Facts = Type.Object(
  { facts: Type.Record(Type.String({ maxLength: 100 }), Type.Unknown()) },
  { additionalProperties: false },
);

const HOUR_MS = 3_600_000;

export const routes = (app: FastifyInstance, context: Context): void => {
  // A file is taken as it comes and never held in memory; its real limit is the material's own.
  app.addContentTypeParser(['application/octet-stream', 'application/pdf'], (_request, payload, done) =>
    done(null, payload),
  );
  const files = openUploadFiles(context);
  const inspector = startInspector(context, (error) => app.log.error(error));
  const sweep = async (): Promise<void> => {
    const now = context.clock.now();
    await throughout(() => Promise.all([sweepUploads(context, files, now), sweepPreviews(context, now)])).catch(
      (error: unknown) => app.log.error(error),
    );
  };
  const sweeping = setInterval(() => void sweep(), HOUR_MS).unref();
  app.addHook('onReady', async () => {
    await sweep();
    inspector.soon();
  });
  app.addHook('onClose', async () => {
    clearInterval(sweeping);
    await inspector.stop();
  });
  uploadRoutes(app, { context, files, inspector });

  app.put<{ Params: Static<typeof Place>; Querystring: Static<typeof Named>; Body: Readable }>(
    '/api/applications/:id/materials/:material',
    { config: { right: 'application.attach', toldBy: 'useCase' }, schema: { params: Place, querystring: Named } },
    async (request, reply) => {
      const who = byOf(request);
      if (!who.ok) return send(reply, who);
      const announced = request.headers['x-sha256'];
      const upload = {
        applicationId: request.params.id,
        material: request.params.material,
        ...request.query,
        ...(typeof announced === 'string' && { sha256: announced }),
        content: request.body,
      };
      const attached = await attachFile(context, who.value, upload);
      if (attached.ok) inspector.soon();
      return send(reply, attached);
    },
  );

  app.patch<{ Params: Static<typeof Id>; Body: Static<typeof Facts> }>(
    '/api/attachments/:id',
    { config: { right: 'application.attach', toldBy: 'useCase' }, schema: { params: Id, body: Facts } },
    async (request, reply) => {
      const who = byOf(request);
      if (!who.ok) return send(reply, who);
      const { facts } = request.body;
      return send(reply, await setAttachmentFacts(context, who.value, { id: request.params.id, facts }));
    },
  );

  app.delete<{ Params: Static<typeof Id> }>(
    '/api/attachments/:id',
    { config: { right: 'application.attach', toldBy: 'useCase' }, schema: { params: Id } },
    async (request, reply) => {
      const who = byOf(request);
      return send(reply, who.ok ? await removeFile(context, who.value, request.params.id) : who);
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/attachments/:id',
    { config: { right: 'application.read' }, schema: { params: Id } },
    async (request, reply) => {
      const who = byOf(request);
      if (!who.ok) return send(reply, who);
      const file = await readFile(context, who.value, request.params.id);
      return file.ok ? sendFile(reply, file.value) : send(reply, file);
    },
  );

  app.get<{ Params: Static<typeof Page> }>(
    '/api/attachments/:id/pages/:page',
    { config: { right: 'application.read' }, schema: { params: Page } },
    async (request, reply) => {
      const who = byOf(request);
      if (!who.ok) return send(reply, who);
      const picture = await previewPage(context, who.value, request.params);
      return picture.ok ? sendFile(reply, picture.value) : send(reply, picture);
    },
  );

  app.post<{ Params: Static<typeof Id> }>(
    '/api/attachments/:id/restoration',
    { config: { right: 'application.attach', toldBy: 'useCase' }, schema: { params: Id } },
    async (request, reply) => {
      const who = byOf(request);
      return send(reply, who.ok ? await restoreFile(context, who.value, request.params.id) : who);
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/applications/:id/materials',
    { config: { right: 'application.read' }, schema: { params: Id } },
    async (request, reply) => {
      const who = byOf(request);
      return send(reply, who.ok ? await readMaterials(context, files, who.value, request.params.id) : who);
    },
  );
};
