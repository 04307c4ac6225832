import { Readable } from 'node:stream';
import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../platform/context.ts';
import { ok, type Result, send } from '../platform/http/result.ts';
import type { By } from '../applications/index.ts';
import { requestTrace, requireActor } from '../platform/http/actor.ts';
import type { Inspector } from './inspector.ts';
import { openUpload } from './uploads/open-upload.ts';
import { finishUpload } from './uploads/finish-upload.ts';
import { openTus, UPLOADS } from './uploads/tus-server.ts';
import type { UploadFiles } from './uploads/upload-files.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
type ById = { Params: Static<typeof Id> };

export const byOf = (request: FastifyRequest): Result<By> => {
  const actor = requireActor(request);
  return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
};

/** Uploads that may come in pieces, by the tus protocol. Only whoever began one may continue, finish or abandon it. */
export function uploadRoutes(
  app: FastifyInstance,
  { context, files, inspector }: { context: Context; files: UploadFiles; inspector: Inspector },
): void {
  const tus = openTus(context, files);
  app.addContentTypeParser('application/offset+octet-stream', (_request, payload, done) => done(null, payload));

  const pass = async (request: FastifyRequest, reply: FastifyReply, by: By): Promise<FastifyReply> => {
    const response = await tus(toWeb(request), by);
    if (response.status === 200) inspector.soon();
    return answer(reply, response);
  };
  const onOwn = async (request: FastifyRequest<ById>, reply: FastifyReply): Promise<FastifyReply> => {
    const who = byOf(request);
    if (!who.ok) return send(reply, who);
    const upload = await openUpload(context, who.value, request.params.id);
    return upload.ok ? pass(request, reply, who.value) : send(reply, upload);
  };

  app.post(UPLOADS, { config: { right: 'application.attach', toldBy: 'useCase' } }, async (request, reply) => {
    const who = byOf(request);
    return who.ok ? pass(request, reply, who.value) : send(reply, who);
  });
  app.head<ById>(
    `${UPLOADS}/:id`,
    { config: { right: 'application.attach', toldBy: 'useCase' }, schema: { params: Id } },
    onOwn,
  );
  app.patch<ById>(
    `${UPLOADS}/:id`,
    { config: { right: 'application.attach', toldBy: 'useCase' }, schema: { params: Id } },
    onOwn,
  );
  app.delete<ById>(
    `${UPLOADS}/:id`,
    { config: { right: 'application.attach', toldBy: 'useCase' }, schema: { params: Id } },
    onOwn,
  );
  app.post<ById>(
    `${UPLOADS}/:id/receipt`,
    { config: { right: 'application.attach', toldBy: 'useCase' }, schema: { params: Id } },
    async (request, reply) => {
      const who = byOf(request);
      if (!who.ok) return send(reply, who);
      const receipt = await finishUpload(context, files, who.value, request.params.id);
      if (receipt.ok) inspector.soon();
      return send(reply, receipt);
    },
  );
}

function toWeb(request: FastifyRequest): Request {
  const { method, url } = request;
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  const body = request.body instanceof Readable ? { body: Readable.toWeb(request.body), duplex: 'half' } : {};
  return new Request(new URL(url, 'http://localhost'), { method, headers, ...body } as RequestInit);
}

/** Of the library's headers only the protocol's own: who may call from where is the guard's to say. */
const PROTOCOL = /^(tus-|upload-|location$|content-type$|connection$)/;

async function answer(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.code(response.status);
  for (const [name, value] of response.headers) if (PROTOCOL.test(name)) reply.header(name, value);
  const body = await response.text();
  return reply.send(body === '' ? undefined : body);
}
