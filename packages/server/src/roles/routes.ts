import { ROLES } from '@keshen/rules';
import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isRole, POWERFUL_ROLES, roleLabel } from '../accounts/index.ts';
import type { By } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import { requestTrace, requireRole } from '../platform/http/actor.ts';
import { Paging } from '../platform/http/paging.ts';
import { ok, refused, type Result, send } from '../platform/http/result.ts';
import { addOfficial } from './add-official.ts';
import { decideRole } from './decide-role.ts';
import { endRole } from './end-role.ts';
import { exportPeople } from './export-people.ts';
import { proposeRole } from './propose-role.ts';
import * as store from './store.ts';
import { personView, proposalView } from './words.ts';

const strict = { additionalProperties: false };
const Uuid = Type.String({ format: 'uuid' });
const Id = Type.Object({ id: Uuid });
const Standing = Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('closed')]));
const Which = {
  q: Paging.q,
  role: Type.Optional(Type.Union(Object.keys(ROLES).map((role) => Type.Literal(role)))),
  standing: Standing,
};
const People = Type.Object({ ...Paging, ...Which });
const Everybody = Type.Object(Which);
const Proposals = Type.Object({
  page: Paging.page,
  pageSize: Paging.pageSize,
  state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('decided')])),
});
const Proposal = Type.Object(
  {
    personId: Uuid,
    role: Type.Union(POWERFUL_ROLES.map((role) => Type.Literal(role))),
    authorityId: Type.Optional(Type.String({ maxLength: 100 })),
    departmentId: Type.Optional(Uuid),
    reason: Type.String({ maxLength: 1000 }),
  },
  strict,
);
const Decision = Type.Object(
  {
    decision: Type.Union([Type.Literal('approved'), Type.Literal('declined'), Type.Literal('withdrawn')]),
    note: Type.String({ maxLength: 1000, default: '' }),
  },
  strict,
);
const End = Type.Object({ reason: Type.String({ maxLength: 1000 }) }, strict);
const Official = Type.Object(
  { login: Type.String({ minLength: 1, maxLength: 100 }), name: Type.String({ minLength: 1, maxLength: 50 }) },
  strict,
);

/** People and roles of the installation, for the security administrators. */
export const routes = (app: FastifyInstance, context: Context): void => {
  const { db } = context;
  const by = (request: FastifyRequest): Result<By> => {
    const may = requireRole(request, 'securityAdministrator');
    return may.ok ? ok({ actor: may.value.actor, at: request.receivedAt, request: requestTrace(request) }) : may;
  };

  app.get<{ Querystring: Static<typeof People> }>(
    '/api/roles/people',
    { config: { right: 'role.read' }, schema: { querystring: People } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const { items, total } = await store.findPeople(db, filterOf(request.query));
      const grants =
        items.length > 0
          ? await store.grantsOf(
              db,
              items.map(({ id }) => id),
            )
          : [];
      const held = grants.filter(({ endedAt }) => endedAt === null);
      return { items: items.map((person) => personView(person, held)), total };
    },
  );

  app.get<{ Querystring: Static<typeof Everybody> }>(
    '/api/roles/people.xlsx',
    { config: { right: 'role.read' }, schema: { querystring: Everybody } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      return reply
        .header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', 'attachment; filename="people.xlsx"')
        .send(await exportPeople(context, who.value, filterOf(request.query)));
    },
  );

  app.post<{ Body: Static<typeof Official> }>(
    '/api/roles/people',
    { config: { right: 'role.addPerson' }, schema: { body: Official } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await addOfficial(context, who.value, request.body) : who, 201);
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/roles/people/:id',
    { config: { right: 'role.read' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const person = await store.findPerson(db, request.params.id);
      if (!person) return send(reply, refused(404, { code: 'not_found', message: '没有这个人。' }));
      return personView(person, await store.grantsOf(db, [person.id]));
    },
  );

  app.get('/api/roles/places', { config: { right: 'role.read' } }, async (request, reply) => {
    const who = by(request);
    if (!who.ok) return send(reply, who);
    return {
      roles: POWERFUL_ROLES.map((role) => ({ role, label: roleLabel(role) })),
      ...(await store.placesOf(db)),
    };
  });

  app.get<{ Querystring: Static<typeof Proposals> }>(
    '/api/roles/proposals',
    { config: { right: 'role.read' }, schema: { querystring: Proposals } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const { items, total } = await store.listProposals(db, request.query);
      return { items: items.map((row) => proposalView(row, who.value.actor.personId)), total };
    },
  );

  app.post<{ Body: Static<typeof Proposal> }>(
    '/api/roles/proposals',
    { config: { right: 'role.propose' }, schema: { body: Proposal } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const { authorityId = null, departmentId = null, ...rest } = request.body;
      const made = await proposeRole(context, who.value, { ...rest, authorityId, departmentId });
      return send(reply, made.ok ? ok(proposalView(made.value, who.value.actor.personId)) : made, 201);
    },
  );

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Decision> }>(
    '/api/roles/proposals/:id/decision',
    { config: { right: 'role.decide' }, schema: { params: Id, body: Decision } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const decided = await decideRole(context, who.value, { id: request.params.id, ...request.body });
      return send(reply, decided.ok ? ok(proposalView(decided.value, who.value.actor.personId)) : decided);
    },
  );

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof End> }>(
    '/api/roles/grants/:id/end',
    { config: { right: 'role.end' }, schema: { params: Id, body: End } },
    async (request, reply) => {
      const who = by(request);
      const end = { grantId: request.params.id, reason: request.body.reason };
      return send(reply, who.ok ? await endRole(context, who.value, end) : who);
    },
  );
};

const filterOf = <F extends Static<typeof Everybody>>({ role, ...filter }: F) => ({
  ...filter,
  role: role !== undefined && isRole(role) ? role : undefined,
});
