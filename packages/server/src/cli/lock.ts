import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dateOfInstant } from '@keshen/rules';
import { checksumOf, type LibraryCall } from '../calls/index.ts';
import { readConfig } from '../platform/config.ts';
import { readArguments } from './arguments.ts';
import { openCall, openLibrary } from './open-call.ts';

type Lock = { versions: { checksum: string; on: string }[] };

/**
 * Writes the checksum of a call's present version into its `lock.json`, or with `--check` says whether it still stands there last: a
 * call that has been published changes only by a new version. Exit code 1 when it does not.
 */
export async function run(args: string[]): Promise<number> {
  const { positional, flag } = readArguments(args, [], ['check']);
  const calls = positional[0] ? [(await openCall(positional[0])).call] : (await openLibrary()).calls;
  const { callsDir } = readConfig(process.env);
  let well = true;
  for (const call of calls) {
    const file = join(callsDir, call.key, 'lock.json');
    if (flag('check')) well = (await isLocked(call, file)) && well;
    else await lock(call, file);
  }
  return well ? 0 : 1;
}

const read = async (file: string): Promise<Lock> =>
  existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Lock) : { versions: [] };

async function isLocked({ key, compiled }: LibraryCall, file: string): Promise<boolean> {
  const last = (await read(file)).versions.at(-1);
  if (last?.checksum === checksumOf(compiled)) return true;
  console.error(`${key} 与记下的版本不一致：内容有意改动的，运行 keshen lock ${key} 记下新版本；否则请改回去。`);
  return false;
}

async function lock({ key, compiled }: LibraryCall, file: string): Promise<void> {
  const { versions } = await read(file);
  const checksum = checksumOf(compiled);
  if (versions.at(-1)?.checksum === checksum) return console.log(`${key} 没有变化。`);
  const on = dateOfInstant(Date.now());
  await writeFile(file, `${JSON.stringify({ versions: [...versions, { checksum, on }] }, undefined, 2)}\n`);
  console.log(`${key} 第 ${versions.length + 1} 版：${checksum.slice(0, 16)}…`);
}
