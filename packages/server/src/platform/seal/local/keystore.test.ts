import { stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { lead, ORDERED, temporaryDirectory } from '../test-bench.ts';
import { openKeystore } from './keystore.ts';

const directory = temporaryDirectory();
const next = new Date(ORDERED.getTime() + 1000);

test('keys are made once, also when two processes start at the same moment, and only the owner reads them', async () => {
  const [one, two] = await Promise.all([openKeystore(directory), openKeystore(directory)]);
  expect(one.house).toEqual(two.house);
  expect((await openKeystore(directory)).house).toEqual(one.house);
  expect((await stat(`${directory}/authority.json`)).mode & 0o777).toBe(0o600);
});

test('two who ask for the same certificate at the same moment get the same', async () => {
  const keystore = await openKeystore(directory);
  const [one, two] = await Promise.all([
    keystore.issue(lead, 'sm2-sm3', ORDERED, next),
    keystore.issue(lead, 'sm2-sm3', ORDERED, next),
  ]);
  expect(one).toEqual(two);
  expect(await keystore.holder(lead, 'sm2-sm3')).toEqual(one);
  expect(await keystore.holder(lead, 'rsa-sha256')).toBeUndefined();
});
