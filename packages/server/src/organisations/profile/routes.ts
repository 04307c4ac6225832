import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { attempt, type By, eventBy } from '../../applications/index.ts';
import type { Context } from '../../platform/context.ts';
import { type Actor, requestTrace, requireActor, requireRole } from '../../platform/http/actor.ts';
import { ok, type Result, send } from '../../platform/http/result.ts';
import { reaches, reachOf } from '../reach.ts';
import { notFound } from '../review-organisation.ts';
import { routableDepartments } from '../routing/store.ts';
import { Documents, RoutingFacts } from '../schemas.ts';
import { findOrganisation, type OrganisationRow, setContact } from '../store.ts';
import { decideChange } from './decide-change.ts';
import { differences, findContactFault } from './fields.ts';
import { requestChange, withdrawChange } from './request-change.ts';
import { changesOf, type ChangeRow, openChangesFor, versionsOf } from './store.ts';
import { previewRouting } from '../routing/preview.ts';

const strict = { additionalProperties: false };
const Text = (maxLength: number) => Type.Optional(Type.String({ minLength: 1, maxLength }));
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Change = Type.Object(
  {
    fields: Type.Object(
      {
        name: Text(100),
        kind: Text(50),
        legalPerson: Type.Optional(Type.Boolean()),
        registeredOn: Text(10),
        division: Text(6),
        address: Type.Optional(Type.String({ maxLength: 200 })),
        legalRepresentative: Text(50),
        ...RoutingFacts,
      },
      strict,
    ),
    reason: Type.String({ maxLength: 1000 }),
    documents: Documents,
  },
  strict,
);
const Contact = Type.Object(
  { contactName: Type.String({ maxLength: 50 }), contactPhone: Type.String({ maxLength: 30 }) },
  strict,
);
const Note = Type.Object({ note: Type.Optional(Type.String({ maxLength: 1000 })) }, strict);
const Reason = Type.Object({ reason: Type.String({ maxLength: 1000 }) }, strict);

/** The departments for which somebody reviews organisations. */
export const departmentsOf = ({ grants }: Actor): string[] =>
  grants.flatMap(({ role, departmentId }) => (role === 'recommendingDepartment' && departmentId ? [departmentId] : []));

export const byAdministrator = (request: FastifyRequest): Result<By & { organisationId: string }> => {
  const may = requireRole(request, 'organisationAdministrator');
  if (!may.ok) return may;
  const { actor, grant } = may.value;
  return ok({
    actor,
    at: request.receivedAt,
    request: requestTrace(request),
    organisationId: grant.organisationId ?? '',
  });
};

export const byDepartment = (request: FastifyRequest): Result<By & { departmentIds: string[] }> => {
  const may = requireRole(request, 'recommendingDepartment');
  if (!may.ok) return may;
  const { actor } = may.value;
  return ok({ actor, at: request.receivedAt, request: requestTrace(request), departmentIds: departmentsOf(actor) });
};

export const routes = (app: FastifyInstance, context: Context): void => {
  const { db, reference } = context;

  const changeAnswer = async (change: ChangeRow) => {
    const { before, after, requestedAt, decidedAt, decision, ...rest } = change;
    const departments = await routableDepartments(db, change.authorityId, change.organisationId);
    return {
      id: rest.id,
      organisationId: rest.organisationId,
      organisationName: rest.organisationName,
      uscc: rest.uscc,
      departmentName: rest.departmentName,
      reason: rest.reason,
      requestedByName: rest.requestedByName,
      requestedAt: requestedAt.toISOString(),
      ...(decision && {
        decision,
        decisionNote: rest.decisionNote,
        decidedByName: rest.decidedByName,
        decidedAt: decidedAt?.toISOString(),
      }),
      changes: differences(before, after, { departments, reference }),
    };
  };

  const seen = async (request: FastifyRequest, id: string): Promise<Result<OrganisationRow>> => {
    const actor = requireActor(request);
    if (!actor.ok) return actor;
    const organisation = await findOrganisation(db, id);
    return organisation && reaches(reachOf(actor.value), organisation) ? ok(organisation) : notFound();
  };

  app.get<{ Params: Static<typeof Id> }>(
    '/api/organisations/:id/history',
    { config: { right: 'organisation.read' }, schema: { params: Id } },
    async (request, reply) => {
      const found = await seen(request, request.params.id);
      if (!found.ok) return send(reply, found);
      const departments = await routableDepartments(db, found.value.authorityId, found.value.id);
      const versions = await versionsOf(db, found.value.id);
      const items = versions.map((version, index) => ({
        ordinal: version.ordinal,
        holdsFrom: version.holdsFrom.toISOString(),
        departmentName: version.departmentName,
        ...(version.approvedByName && { approvedByName: version.approvedByName }),
        ...(version.note && { note: version.note }),
        changes: differences(versions[index + 1]?.content ?? {}, version.content, { departments, reference }),
      }));
      return send(reply, ok({ items, total: items.length }));
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/organisations/:id/changes',
    { config: { right: 'organisation.read' }, schema: { params: Id } },
    async (request, reply) => {
      const found = await seen(request, request.params.id);
      if (!found.ok) return send(reply, found);
      const items = await Promise.all((await changesOf(db, found.value.id)).map(changeAnswer));
      return send(reply, ok({ items, total: items.length }));
    },
  );

  app.post<{ Body: Static<typeof Change> }>(
    '/api/organisation/changes',
    { config: { right: 'organisation.ask' }, schema: { body: Change } },
    async (request, reply) => {
      const who = byAdministrator(request);
      if (!who.ok) return send(reply, who);
      const { organisationId, ...by } = who.value;
      const change = await requestChange(context, by, { organisationId, ...request.body });
      return send(reply, change.ok ? ok(await changeAnswer(change.value)) : change, 201);
    },
  );
  app.post<{ Params: Static<typeof Id> }>(
    '/api/organisation/changes/:id/withdraw',
    { config: { right: 'organisation.ask' }, schema: { params: Id } },
    async (request, reply) => {
      const who = byAdministrator(request);
      if (!who.ok) return send(reply, who);
      const { organisationId, ...by } = who.value;
      return send(reply, await withdrawChange(context, by, { organisationId, id: request.params.id }));
    },
  );

  app.get('/api/organisation-changes', { config: { right: 'organisation.decide' } }, async (request, reply) => {
    const who = byDepartment(request);
    if (!who.ok) return send(reply, who);
    const items = [];
    for (const change of await openChangesFor(db, who.value.departmentIds)) {
      const organisation = await findOrganisation(db, change.organisationId);
      if (!organisation) continue;
      // Whom the organisation would belong to afterwards, so that nobody approves it away unawares.
      const facts = { ...organisation, ...change.after };
      const { registration } = await previewRouting(context, db, {
        authorityId: change.authorityId,
        facts,
        at: request.receivedAt,
      });
      const stays = registration.routes.some(({ key }) => key === organisation.departmentId);
      const next = stays ? undefined : registration.routes[0];
      items.push({
        ...(await changeAnswer(change)),
        ...(next && { movesTo: { departmentName: next.departmentName, why: next.why, clause: next.clause } }),
      });
    }
    return send(reply, ok({ items, total: items.length }));
  });

  const decide = async (request: FastifyRequest, id: string, decision: 'approved' | 'declined', note: string) => {
    const who = byDepartment(request);
    if (!who.ok) return who;
    const { departmentIds, ...by } = who.value;
    const changed = await decideChange(context, by, { id, decision, note, departmentIds });
    return changed.ok
      ? ok({ organisationId: changed.value.id, departmentName: changed.value.departmentName })
      : changed;
  };
  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Note> }>(
    '/api/organisation-changes/:id/approve',
    { config: { right: 'organisation.decide' }, schema: { params: Id, body: Note } },
    async (request, reply) =>
      send(reply, await decide(request, request.params.id, 'approved', request.body.note ?? '')),
  );
  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Reason> }>(
    '/api/organisation-changes/:id/decline',
    { config: { right: 'organisation.decide' }, schema: { params: Id, body: Reason } },
    async (request, reply) => send(reply, await decide(request, request.params.id, 'declined', request.body.reason)),
  );

  // Whom to ring is the organisation's own affair: it holds at once.
  app.put<{ Body: Static<typeof Contact> }>(
    '/api/organisation/contact',
    { config: { right: 'organisation.ask' }, schema: { body: Contact } },
    async (request, reply) => {
      const who = byAdministrator(request);
      if (!who.ok) return send(reply, who);
      const { organisationId, ...by } = who.value;
      const what = { action: 'changeContact', subject: { kind: 'organisation', id: organisationId } };
      const done = await attempt(context, by, what, async (trx) => {
        const fault = findContactFault(request.body);
        if (fault) return fault;
        await setContact(trx, organisationId, request.body);
        await context.log(trx, { ...eventBy(by, what, 'organisationAdministrator'), outcome: 'done' });
        return ok(undefined);
      });
      return send(reply, done);
    },
  );
};
