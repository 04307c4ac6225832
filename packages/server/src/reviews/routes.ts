import { rightTo } from '@keshen/rules';
import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BUTTON_STEPS, type By, RIGHT_TO_ANSWER } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { requestTrace, requireActor } from '../platform/http/actor.ts';
import { ok, type Result, send } from '../platform/http/result.ts';
import { assignReviewer } from './assign-reviewer.ts';
import { changeSettings, readSettings } from './change-settings.ts';
import { markField } from './mark-field.ts';
import { previewSteps } from './preview-steps.ts';
import { readMarks } from './read-marks.ts';
import { readReview } from './read-review.ts';
import { endView, readViews, saveView } from './save-view.ts';
import { writeRemark } from './write-remark.ts';

const strict = { additionalProperties: false };
const oneOf = <const Value extends string>(values: readonly Value[]) =>
  Type.Unsafe<Value>(Type.Union(values.map((value) => Type.Literal(value))));
const Uuid = Type.String({ format: 'uuid' });
const Text = Type.String({ maxLength: 4000 });
const Step = oneOf(['organisation', 'department', 'admission']);
const MarkStep = oneOf(['organisation', 'department']);
const Id = Type.Object({ id: Uuid });
const Review = Type.Object({ id: Uuid, step: Step });
const MarkPlace = Type.Object({ id: Uuid, step: MarkStep });
const Reviewer = Type.Object({ personId: Type.Union([Uuid, Type.Null()]) }, strict);
const Mark = Type.Object(
  { path: Type.String({ minLength: 3, maxLength: 300 }), remark: Type.String({ maxLength: 1000 }) },
  strict,
);
const Remark = Type.Object({ kind: oneOf(['opinion', 'note']), text: Text }, strict);
const Setting = Type.Object({ finalSignOff: Type.Boolean() }, strict);
/** As many as a page of a list holds. */
const MOST_AT_ONCE = 100;
const Preview = Type.Object(
  {
    action: oneOf(BUTTON_STEPS.map(({ action }) => action)),
    ids: Type.Array(Uuid, { minItems: 1, maxItems: MOST_AT_ONCE, uniqueItems: true }),
    reason: Type.Optional(Type.String({ maxLength: 2000 })),
    clauses: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 50 })),
  },
  strict,
);
const Queue = Type.Object({ queue: Type.String({ minLength: 1, maxLength: 40 }) });
const View = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 40 }),
    filters: Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 200 }), { maxProperties: 20 }),
  },
  strict,
);

export const routes = (app: FastifyInstance, context: Context): void => {
  const by = (request: FastifyRequest): Result<By> => {
    const actor = requireActor(request);
    return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
  };

  app.get('/api/review-settings', { config: { right: 'round.setReview' } }, async (request, reply) => {
    const who = by(request);
    return send(reply, who.ok ? await readSettings(context, who.value) : who);
  });

  app.put<{ Body: Static<typeof Setting> }>(
    '/api/review-settings',
    { config: { right: 'round.setReview' }, schema: { body: Setting } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await changeSettings(context, who.value, request.body.finalSignOff) : who);
    },
  );

  app.get<{ Params: Static<typeof Review> }>(
    '/api/applications/:id/reviews/:step',
    { config: { right: Object.values(RIGHT_TO_ANSWER), toldBy: 'useCase' }, schema: { params: Review } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await readReview(context, who.value, request.params) : who);
    },
  );

  app.put<{ Params: Static<typeof Review>; Body: Static<typeof Reviewer> }>(
    '/api/applications/:id/reviews/:step/reviewer',
    {
      config: { right: Object.values(RIGHT_TO_ANSWER), toldBy: 'useCase' },
      schema: { params: Review, body: Reviewer },
    },
    async (request, reply) => {
      const who = by(request);
      const { id: applicationId, step } = request.params;
      const assignment = { applicationId, step, ...request.body };
      return send(reply, who.ok ? await assignReviewer(context, who.value, assignment) : who);
    },
  );

  app.post<{ Params: Static<typeof Review>; Body: Static<typeof Remark> }>(
    '/api/applications/:id/reviews/:step/remarks',
    { config: { right: Object.values(RIGHT_TO_ANSWER), toldBy: 'useCase' }, schema: { params: Review, body: Remark } },
    async (request, reply) => {
      const who = by(request);
      const { id: applicationId, step } = request.params;
      const remark = { applicationId, step, ...request.body };
      return send(reply, who.ok ? await writeRemark(context, who.value, remark) : who);
    },
  );

  app.put<{ Params: Static<typeof MarkPlace>; Body: Static<typeof Mark> }>(
    '/api/applications/:id/reviews/:step/marks',
    { config: { right: Object.values(RIGHT_TO_ANSWER), toldBy: 'useCase' }, schema: { params: MarkPlace, body: Mark } },
    async (request, reply) => {
      const who = by(request);
      const { id: applicationId, step } = request.params;
      const mark = { applicationId, step, ...request.body };
      return send(reply, who.ok ? await markField(context, who.value, mark) : who);
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/applications/:id/marks',
    { config: { right: 'application.read' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await readMarks(context, who.value, request.params.id) : who);
    },
  );

  app.post<{ Body: Static<typeof Preview> }>(
    '/api/applications/preview',
    { config: { right: BUTTON_STEPS.map(({ action }) => rightTo(action)) }, schema: { body: Preview } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await previewSteps(context, who.value, request.body) : who);
    },
  );

  app.get<{ Params: Static<typeof Queue> }>(
    '/api/saved-views/:queue',
    { config: { right: 'application.read' }, schema: { params: Queue } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? ok(await readViews(context, who.value, request.params.queue)) : who);
    },
  );

  app.put<{ Params: Static<typeof Queue>; Body: Static<typeof View> }>(
    '/api/saved-views/:queue',
    { config: { right: 'application.read' }, schema: { params: Queue, body: View } },
    async (request, reply) => {
      const who = by(request);
      const view = { queue: request.params.queue, ...request.body };
      return send(reply, who.ok ? await saveView(context, who.value, view) : who);
    },
  );

  app.delete<{ Params: Static<typeof Id> }>(
    '/api/saved-views/:id',
    { config: { right: 'application.read' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? ok(await endView(context, who.value, request.params.id)) : who);
    },
  );
};
