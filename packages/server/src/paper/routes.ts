import { PAPER_STANDINGS, type PaperStanding } from '@keshen/rules';
import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { sendFile } from '../platform/files/index.ts';
import { requestTrace, requireActor } from '../platform/http/actor.ts';
import { offsetOf, Paging } from '../platform/http/paging.ts';
import { ok, type Result, send } from '../platform/http/result.ts';
import { exportDuties } from './export-duties.ts';
import { type DutyFilters, listDuties } from './list-duties.ts';
import { printReceipt } from './print-receipt.ts';
import { printSlip } from './print-slip.ts';
import { readApplicationPaper, readScanned } from './read-paper.ts';
import { receivePaper } from './receive-paper.ts';
import { registerStart } from './register-start.ts';
import { deliveryView } from './view.ts';
import { voidDelivery } from './void-delivery.ts';

const strict = { additionalProperties: false };
const Uuid = Type.String({ format: 'uuid' });
const Id = Type.Object({ id: Uuid });
const Key = Type.String({ minLength: 1, maxLength: 100 });
const isStanding = (text: string): text is PaperStanding => Object.hasOwn(PAPER_STANDINGS, text);
const Filter = {
  q: Paging.q,
  standing: Type.Optional(
    Type.Union(
      Object.keys(PAPER_STANDINGS)
        .filter(isStanding)
        .map((standing) => Type.Literal(standing)),
    ),
  ),
  paper: Type.Optional(Key),
};
const List = Type.Object({ ...Paging, ...Filter });
const Everything = Type.Object(Filter);
const Code = Type.Object({ code: Type.String({ minLength: 1, maxLength: 500 }) }, strict);
const Bringing = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 500 }),
    paper: Key,
    by: Type.Union([Type.Literal('applicant'), Type.Literal('organisation'), Type.Literal('recommendingDepartment')]),
    broughtBy: Type.String({ minLength: 1, maxLength: 100 }),
    copies: Type.Integer({ minimum: 1, maximum: 1000 }),
    seals: Type.Array(Key, { maxItems: 20 }),
    receivedAt: Type.Optional(Type.String({ format: 'date-time' })),
  },
  strict,
);
const Reason = Type.Object({ reason: Type.String({ maxLength: 1000 }) }, strict);
const StartOf = Type.Object({ id: Uuid, paper: Key });
const Start = Type.Object({ startedOn: Type.String({ format: 'date' }) }, strict);
const SlipOf = Type.Object({ applicationId: Type.Optional(Uuid) });
type WithId = { Params: Static<typeof Id> };

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Paper: what is due, the desk that receives it, receipts and slips. */
export const routes = (app: FastifyInstance, context: Context): void => {
  const by = (request: FastifyRequest): Result<By> => {
    const actor = requireActor(request);
    return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
  };

  app.get<WithId & { Querystring: Static<typeof List> }>(
    '/api/rounds/:id/papers',
    { config: { right: 'paper.read' }, schema: { params: Id, querystring: List } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const { page, pageSize } = request.query;
      const listed = await listDuties(context, who.value, filtersOf(request.params.id, request.query));
      if (!listed.ok) return send(reply, listed);
      const { round, items, ...rest } = listed.value;
      const offset = offsetOf({ page, pageSize });
      const { title, words } = round.compiled;
      const call = { title, recommendingDepartment: words.recommendingDepartment, mode: round.mode };
      return send(
        reply,
        ok({
          ...rest,
          call,
          asked: round.compiled.paper.length > 0,
          items: items.slice(offset, offset + pageSize),
          total: items.length,
        }),
      );
    },
  );
  app.get<WithId & { Querystring: Static<typeof Everything> }>(
    '/api/rounds/:id/papers.xlsx',
    { config: { right: 'paper.read' }, schema: { params: Id, querystring: Everything } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const made = await exportDuties(context, who.value, filtersOf(request.params.id, request.query));
      if (!made.ok) return send(reply, made);
      const content = made.value;
      return sendFile(reply, { content, bytes: content.length, mediaType: XLSX, fileName: '纸质材料.xlsx' });
    },
  );
  app.get<WithId & { Querystring: Static<typeof SlipOf> }>(
    '/api/rounds/:id/paper-slip.pdf',
    { config: { right: 'paper.read' }, schema: { params: Id, querystring: SlipOf } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const slip = await printSlip(context, who.value, { roundId: request.params.id, ...request.query });
      return slip.ok ? sendFile(reply, slip.value) : send(reply, slip);
    },
  );
  app.get<WithId>(
    '/api/applications/:id/papers',
    { config: { right: 'application.read' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await readApplicationPaper(context, who.value, request.params.id) : who);
    },
  );
  app.put<{ Params: Static<typeof StartOf>; Body: Static<typeof Start> }>(
    '/api/applications/:id/papers/:paper/start',
    { config: { right: 'paper.start' }, schema: { params: StartOf, body: Start } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const { id: applicationId, paper } = request.params;
      return send(reply, await registerStart(context, who.value, { applicationId, paper, ...request.body }));
    },
  );
  app.post<{ Body: Static<typeof Code> }>(
    '/api/paper/scan',
    { config: { right: 'paper.receive' }, schema: { body: Code } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await readScanned(context, who.value, request.body.code) : who);
    },
  );
  app.post<{ Body: Static<typeof Bringing> }>(
    '/api/paper/deliveries',
    { config: { right: 'paper.receive' }, schema: { body: Bringing } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const { receivedAt, ...bringing } = request.body;
      const received = await receivePaper(context, who.value, {
        ...bringing,
        ...(receivedAt && { receivedAt: new Date(receivedAt) }),
      });
      return send(reply, received.ok ? ok(deliveryView(received.value)) : received, 201);
    },
  );
  app.get<WithId>(
    '/api/paper/deliveries/:id/receipt.pdf',
    { config: { right: 'paper.read' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const receipt = await printReceipt(context, who.value, request.params.id);
      return receipt.ok ? sendFile(reply, receipt.value) : send(reply, receipt);
    },
  );
  app.post<WithId & { Body: Static<typeof Reason> }>(
    '/api/paper/deliveries/:id/void',
    { config: { right: 'paper.receive' }, schema: { params: Id, body: Reason } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      return send(reply, await voidDelivery(context, who.value, { id: request.params.id, ...request.body }));
    },
  );
};

const filtersOf = (roundId: string, { q, standing, paper }: Static<typeof Everything>): DutyFilters => ({
  roundId,
  ...(q?.trim() && { q }),
  ...(standing && { standing }),
  ...(paper && { paper }),
});
