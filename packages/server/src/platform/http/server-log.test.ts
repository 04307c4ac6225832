import { Writable } from 'node:stream';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { registerErrors } from './errors.ts';
import { serverLog } from './server-log.ts';

const ID = '210102197001010018';
const PHONE = '13812345678';

test('neither queries nor the rows of a failed statement come to the output, only what helps to mend', async () => {
  let written = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  const app = fastify({ logger: { ...serverLog('info'), stream } });
  registerErrors(app);
  app.get('/people', async () => {
    throw Object.assign(new Error(`duplicate key for ${ID}`), {
      code: '23505',
      table: 'person',
      detail: `Failing row contains (${ID}, ${PHONE}).`,
      parameters: [PHONE],
    });
  });
  const answer = await app.inject({ url: `/people?q=${ID}&phone=${PHONE}` });
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain(ID);
  expect(written).toContain('"path":"/people"');
  expect(written).toContain('23505');
  expect(written).not.toContain(ID);
  expect(written).not.toContain(PHONE);
  await app.close();
});
