import { rightTo, STATES } from '@keshen/rules';
import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { sendFile } from '../platform/files/index.ts';
import { requestTrace, requireActor } from '../platform/http/actor.ts';
import { offsetOf, Paging } from '../platform/http/paging.ts';
import { ok, type Result, send } from '../platform/http/result.ts';
import { answerChecklist } from './answer-checklist.ts';
import type { By } from './attempt.ts';
import { RIGHT_TO_ANSWER, RIGHT_TO_READ } from './checklist.ts';
import { createApplication } from './create-application.ts';
import { CONFIRMED_ITEMS } from './creation.ts';
import { exportApplications } from './export-applications.ts';
import { listApplications, readChoices, type Wanted } from './list-applications.ts';
import { printApplication } from './print-application.ts';
import { readApplication } from './read-application.ts';
import { readChecklist, readEvents, readFacts, readFindings } from './read-findings.ts';
import { saveSection } from './save-section.ts';
import type { ApplicationRow } from './store.ts';
import { type Filters, SORTS } from './store-listing.ts';
import { BUTTON_STEPS, summaryOf } from './summary.ts';
import { takeStep } from './take-step.ts';
import { isState } from './words.ts';

const strict = { additionalProperties: false };
const oneOf = <const Value extends string>(values: readonly Value[]) =>
  Type.Unsafe<Value>(Type.Union(values.map((value) => Type.Literal(value))));
const Uuid = Type.String({ format: 'uuid' });
const Key = Type.String({ minLength: 1, maxLength: 200 });

const Id = Type.Object({ id: Uuid });
const SORT_KEYS = SORTS.flatMap((key) => [key, `-${key}` as const]);
const Filter = {
  q: Paging.q,
  roundId: Type.Optional(Uuid),
  departmentId: Type.Optional(Uuid),
  state: Type.Optional(oneOf(Object.keys(STATES).filter(isState))),
  topic: Type.Optional(Key),
  organisationId: Type.Optional(Uuid),
  finding: Type.Optional(oneOf(['person', 'explained', 'against', 'unknown', 'clear'])),
  reviewer: Type.Optional(Type.Union([Uuid, Type.Literal('none')])),
  dueWithin: Type.Optional(Type.Integer({ minimum: 0, maximum: 365 })),
  sort: Type.Optional(oneOf(SORT_KEYS)),
};
const List = Type.Object({ ...Paging, ...Filter });
const Everything = Type.Object(Filter);
const Choosing = Type.Object({ roundId: Filter.roundId });
const Creation = Type.Object(
  {
    roundId: Uuid,
    topic: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    notClassified: Type.Boolean(),
    confirmed: Type.Optional(Type.Array(oneOf(CONFIRMED_ITEMS), { maxItems: CONFIRMED_ITEMS.length })),
    department: Type.Optional(Type.Union([Uuid, Type.Literal('self')])),
  },
  strict,
);
const Section = Type.Object({ id: Uuid, section: Key });
const Save = Type.Object(
  { revision: Type.Integer({ minimum: 0 }), data: Type.Record(Type.String(), Type.Unknown()), saveId: Uuid },
  strict,
);
const Step = Type.Object({ id: Uuid, action: oneOf(BUTTON_STEPS.map(({ action }) => action)) });
const StepBody = Type.Object(
  {
    reason: Type.Optional(Type.String({ maxLength: 2000 })),
    idempotencyKey: Type.Optional(Uuid),
    platformId: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    clauses: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 50 })),
  },
  strict,
);
const ReviewStep = oneOf(['organisation', 'department', 'admission']);
const Checklist = Type.Object({ id: Uuid, step: ReviewStep });
const ChecklistItem = Type.Object({ id: Uuid, step: ReviewStep, key: Key });
const ChecklistAnswer = Type.Object(
  {
    answer: Type.Union([Type.Literal('yes'), Type.Literal('no'), Type.Literal('not_applicable')]),
    note: Type.String({ maxLength: 2000, default: '' }),
  },
  strict,
);

const PrintWith = Type.Object({ with: Type.Optional(Type.Literal('attachments')) });

/** A whole section in one request: text of a hundred thousand characters with room to spare. */
const SECTION_BYTES = 4 * 1024 * 1024;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const routes = (app: FastifyInstance, context: Context): void => {
  const by = (request: FastifyRequest): Result<By> => {
    const actor = requireActor(request);
    return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
  };
  const summary = async (who: By, result: Result<ApplicationRow>) => {
    if (!result.ok) return result;
    const round = await loadRound(context, result.value.roundId);
    if (!round) throw new Error(`application ${result.value.id} has no round`);
    return ok(summaryOf(result.value, round, who.actor, who.at));
  };

  app.post<{ Body: Static<typeof Creation> }>(
    '/api/applications',
    { config: { right: 'application.createApplication', toldBy: 'useCase' }, schema: { body: Creation } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      return send(reply, await summary(who.value, await createApplication(context, who.value, request.body)), 201);
    },
  );

  app.get<{ Querystring: Static<typeof List> }>(
    '/api/applications',
    { config: { right: 'application.read', toldBy: 'useCase' }, schema: { querystring: List } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const { page, pageSize } = request.query;
      const filters = { ...filtersOf(request.query), offset: offsetOf({ page, pageSize }), limit: pageSize };
      return listApplications(context, who.value.actor, filters, who.value.at);
    },
  );

  app.get<{ Querystring: Static<typeof Choosing> }>(
    '/api/applications/choices',
    { config: { right: 'application.read' }, schema: { querystring: Choosing } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const { roundId } = request.query;
      return readChoices(context, who.value.actor, { ...(roundId && { roundId }) });
    },
  );

  app.get<{ Querystring: Static<typeof Everything> }>(
    '/api/applications.xlsx',
    { config: { right: 'application.read', toldBy: 'useCase' }, schema: { querystring: Everything } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const content = await exportApplications(context, who.value, filtersOf(request.query));
      return sendFile(reply, { content, bytes: content.length, mediaType: XLSX, fileName: '申报列表.xlsx' });
    },
  );

  app.put<{ Params: Static<typeof Section>; Body: Static<typeof Save> }>(
    '/api/applications/:id/sections/:section',
    {
      config: { right: 'application.saveSection', toldBy: 'useCase' },
      schema: { params: Section, body: Save },
      bodyLimit: SECTION_BYTES,
    },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const { id: applicationId, section } = request.params;
      return send(reply, await saveSection(context, who.value, { applicationId, section, ...request.body }));
    },
  );

  const readings = [
    ['', readApplication],
    ['/facts', readFacts],
    ['/findings', readFindings],
    ['/events', readEvents],
  ] as const;
  for (const [path, read] of readings) {
    app.get<{ Params: Static<typeof Id> }>(
      `/api/applications/:id${path}`,
      { config: { right: 'application.read', toldBy: 'useCase' }, schema: { params: Id } },
      async (request, reply) => {
        const who = by(request);
        return send<unknown>(reply, who.ok ? await read(context, who.value, request.params.id) : who);
      },
    );
  }

  app.post<{ Params: Static<typeof Step>; Body: Static<typeof StepBody> }>(
    '/api/applications/:id/steps/:action',
    {
      config: { right: BUTTON_STEPS.map(({ action }) => rightTo(action)), toldBy: 'useCase' },
      schema: { params: Step, body: StepBody },
    },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const { reason, idempotencyKey: key, platformId, clauses } = request.body;
      const taken = await takeStep(context, who.value, {
        applicationId: request.params.id,
        action: request.params.action,
        ...(reason !== undefined && { reason }),
        ...(key !== undefined && { key }),
        ...(platformId !== undefined && { platformId }),
        ...(clauses && { clauses }),
      });
      return send(reply, await summary(who.value, taken));
    },
  );

  app.get<{ Params: Static<typeof Checklist> }>(
    '/api/applications/:id/checklist/:step',
    {
      config: {
        right: Object.values(RIGHT_TO_READ),
        toldBy: 'useCase',
      },
      schema: { params: Checklist },
    },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await readChecklist(context, who.value, request.params) : who);
    },
  );

  app.put<{ Params: Static<typeof ChecklistItem>; Body: Static<typeof ChecklistAnswer> }>(
    '/api/applications/:id/checklist/:step/:key',
    {
      config: {
        right: Object.values(RIGHT_TO_ANSWER),
        toldBy: 'useCase',
      },
      schema: { params: ChecklistItem, body: ChecklistAnswer },
    },
    async (request, reply) => {
      const who = by(request);
      const answer = { ...request.params, ...request.body };
      return send(reply, who.ok ? await answerChecklist(context, who.value, answer) : who);
    },
  );

  app.get<{ Params: Static<typeof Id>; Querystring: Static<typeof PrintWith> }>(
    '/api/applications/:id/print.pdf',
    { config: { right: 'application.read', toldBy: 'useCase' }, schema: { params: Id, querystring: PrintWith } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const withAttachments = request.query.with === 'attachments';
      const print = await printApplication(context, who.value, { id: request.params.id, withAttachments });
      if (!print.ok) return send(reply, print);
      const { bytes: content, fileName, versionCode } = print.value;
      reply.header('x-version-code', versionCode);
      return sendFile(reply, { content, bytes: content.length, mediaType: 'application/pdf', fileName });
    },
  );
};

function filtersOf({ q, sort = '-updatedAt', ...chosen }: Static<typeof Everything>) {
  const { roundId, departmentId, state, topic, organisationId, finding, reviewer, dueWithin } = chosen;
  return {
    ...(q?.trim() && { q }),
    ...(roundId && { roundId }),
    ...(departmentId && { departmentId }),
    ...(state && { state }),
    ...(topic && { topic }),
    ...(organisationId && { organisationId }),
    ...(finding && { finding }),
    ...(reviewer && { reviewer }),
    ...(dueWithin !== undefined && { dueWithin }),
    ...orderOf(sort),
  } satisfies Omit<Wanted, 'offset' | 'limit'>;
}

/** `-number` is by number, the highest first. */
const orderOf = (sort: (typeof SORT_KEYS)[number]): Pick<Filters, 'sort' | 'descending'> => ({
  sort: SORTS.find((key) => sort.endsWith(key)) ?? 'updatedAt',
  descending: sort.startsWith('-'),
});
