import { officialInstant } from '@keshen/rules';
import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { Readable } from 'node:stream';
import type { Context } from '../../platform/context.ts';
import { rateLimit } from '../../platform/db/rate-limit.ts';
import { sendFile } from '../../platform/files/index.ts';
import { requireActor, requireRole } from '../../platform/http/actor.ts';
import { ok, refused, send } from '../../platform/http/result.ts';
import { reaches, reachOf } from '../reach.ts';
import { notFound } from '../review-organisation.ts';
import { authorityExists } from '../../accounts/index.ts';
import { findOrganisation } from '../store.ts';
import { DOCUMENT_KINDS, DOCUMENT_TITLES, documentsOf, type DocumentRow, findDocument } from './store.ts';
import { uploadDocument } from './upload-document.ts';

const Name = Type.String({ minLength: 1, maxLength: 1000 });
const Kind = Type.Union(DOCUMENT_KINDS.map((kind) => Type.Literal(kind)));
const OfRegistration = Type.Object({
  authorityId: Type.String({ minLength: 1, maxLength: 100 }),
  kind: Type.Union([Type.Literal('licence'), Type.Literal('representativeLetter')]),
  name: Name,
});
const OfOrganisation = Type.Object({ kind: Kind, name: Name });
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

const UPLOADS_AN_HOUR = 40;

/** A paper as a page shows it. */
export const documentAnswer = ({
  id,
  kind,
  fileName,
  bytes,
  pages,
  inspection,
  storedAt,
  replacedAt,
  changeId,
  platformId,
}: DocumentRow) => ({
  id,
  kind,
  title: DOCUMENT_TITLES[kind],
  fileName,
  bytes,
  pages,
  notes: Array.isArray(inspection['notes']) ? inspection['notes'].map(String) : [],
  virus: inspection['virus'],
  storedAt: storedAt.toISOString(),
  ...(replacedAt && { replacedAt: replacedAt.toISOString() }),
  ...(changeId && { changeId }),
  ...(platformId && { platformId }),
});

export const routes = (app: FastifyInstance, context: Context): void => {
  const { db } = context;
  const tooManyUntil = rateLimit(db, 'registrationDocument', UPLOADS_AN_HOUR, 3600_000);
  app.addContentTypeParser(['application/octet-stream', 'application/pdf'], (_request, payload, done) =>
    done(null, payload),
  );

  // Whoever registers has no account yet: the paper is kept for a day, and only the registration that names its id claims it.
  app.put<{ Querystring: Static<typeof OfRegistration>; Body: Readable | undefined }>(
    '/api/registration-documents',
    { config: { right: 'organisation.register' }, schema: { querystring: OfRegistration } },
    async (request, reply) => {
      const until = await tooManyUntil(request.ip, request.receivedAt);
      if (until) {
        const message = `从这个网络地址上传的材料太多，请在${officialInstant(until.getTime())}以后再试。`;
        return send(reply, refused(429, { code: 'too_many_uploads', message, at: until.toISOString() }));
      }
      const { authorityId, kind, name } = request.query;
      if (!(await authorityExists(db, authorityId)))
        return send(reply, refused(422, { code: 'invalid', message: '没有这个科技主管部门。', where: 'authorityId' }));
      const stored = await uploadDocument(context, {
        authorityId,
        organisationId: null,
        personId: null,
        kind,
        name,
        content: request.body,
        at: request.receivedAt,
      });
      return send(reply, stored.ok ? ok(documentAnswer(stored.value)) : stored, 201);
    },
  );

  app.put<{ Querystring: Static<typeof OfOrganisation>; Body: Readable | undefined }>(
    '/api/organisation/documents',
    { config: { right: 'organisation.ask' }, schema: { querystring: OfOrganisation } },
    async (request, reply) => {
      const may = requireRole(request, 'organisationAdministrator');
      if (!may.ok) return send(reply, may);
      const { actor, grant } = may.value;
      const organisation = await findOrganisation(db, grant.organisationId ?? '');
      if (!organisation) return send(reply, notFound());
      const stored = await uploadDocument(context, {
        authorityId: organisation.authorityId,
        organisationId: organisation.id,
        personId: actor.personId,
        ...request.query,
        content: request.body,
        at: request.receivedAt,
      });
      return send(reply, stored.ok ? ok(documentAnswer(stored.value)) : stored, 201);
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/organisations/:id/documents',
    { config: { right: 'organisation.papers' }, schema: { params: Id } },
    async (request, reply) => {
      const may = requireActor(request);
      if (!may.ok) return send(reply, may);
      const organisation = await findOrganisation(db, request.params.id);
      if (!organisation || !readsPapers(may.value, organisation)) return send(reply, notFound());
      const items = (await documentsOf(db, organisation.id)).map(documentAnswer);
      return send(reply, ok({ items, total: items.length }));
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/organisation-documents/:id',
    { config: { right: 'organisation.papers' }, schema: { params: Id } },
    async (request, reply) => {
      const may = requireActor(request);
      if (!may.ok) return send(reply, may);
      const document = await findDocument(db, request.params.id);
      const organisation = document?.organisationId && (await findOrganisation(db, document.organisationId));
      if (!document || !organisation || !readsPapers(may.value, organisation)) return send(reply, notFound());
      const { sha256, bytes, mediaType, fileName } = document;
      return sendFile(reply, { content: context.files.read(sha256), bytes, mediaType, fileName });
    },
  );
};

type Seen = Parameters<typeof reaches>[1];

/** Papers are for the administrator, the department and the authority, not for every applicant of the organisation. */
const readsPapers = (actor: Parameters<typeof reachOf>[0], organisation: Seen): boolean =>
  reaches(reachOf(actor, 'organisation.papers'), organisation);
