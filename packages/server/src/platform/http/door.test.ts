import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../testing/server.ts';
import { registerDoor } from './door.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test('A server with a route that declares no right does not start, and says which', async () => {
  const app = fastify();
  registerDoor(app, server.context);
  app.get('/open', { config: { right: 'public.read' } }, () => 'open');
  app.get('/api/forgotten', () => 'secret');
  await expect(app.ready()).rejects.toThrow('GET /api/forgotten');
});

test('Whoever is not signed in is told to sign in, before the body is read', async () => {
  const response = await server.visitor({ method: 'POST', url: '/api/applications', payload: { nonsense: true } });
  expect(response.statusCode).toBe(401);
  expect(response.json().refusal.code).toBe('signed_out');
});

test('Whoever has another role is refused at the door, and the attempt stands in the log', async () => {
  const url = '/api/rounds/00000000-0000-4000-8000-000000000000/overview';
  const response = await server.as('applicant')({ method: 'GET', url });
  expect(response.statusCode).toBe(403);
  expect(response.json().refusal).toMatchObject({ code: 'not_your_role', message: '您的账号没有这项操作的权限。' });
  const logged = await server.context.db.selectFrom('event').selectAll().where('action', '=', 'useRight').execute();
  expect(logged).toMatchObject([
    {
      personId: server.house.people.applicant.id,
      outcome: 'refused',
      subjectId: 'round.overview',
      detail: { what: 'GET /api/rounds/:id/overview' },
    },
  ]);
});
