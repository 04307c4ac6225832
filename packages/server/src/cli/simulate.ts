import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { examplesIn, readChange, Simulator, type Change, type Simulation } from '@keshen/rules/definition';
import { loadRound, readFolder, readForms, checksumOf, type LibraryCall } from '../calls/index.ts';
import { findRoundOfCall } from '../calls/store.ts';
import { readConfig } from '../platform/config.ts';
import type { Reference } from '../platform/reference/load-reference.ts';
import { readArguments, UsageError } from './arguments.ts';
import { openCall } from './open-call.ts';
import { printSimulation } from './print-simulation.ts';
import { generatedCandidates, storedCandidates } from './simulation-candidates.ts';
import { withContext } from './with-context.ts';

const USAGE =
  '用法：keshen simulate CALL --change 改动.yaml [--generate 份数 [--seed 1] | --database [--mode rehearsal]] [--json]';
const MOST_GENERATED = 1_000_000;

type Opened = { call: LibraryCall; files: Record<string, string>; reference: Reference; change: Change };

/**
 * Judges all applications of the database, or a generated set, by a call as it is and with changes made to it, and tells whose
 * verdict changes. Nothing is written. Exit code 0, 1 when there is nothing to judge, 2 for wrong use or a change file that is
 * wrong, each fault with its line.
 */
export async function run(args: string[]): Promise<number> {
  const { positional, optional, option, flag } = readArguments(
    args,
    ['change', 'generate', 'seed', 'mode'],
    ['database', 'json'],
  );
  const [name, ...rest] = positional;
  if (!name || rest.length > 0) throw new UsageError(USAGE);
  const [changeFile, generate, mode] = [option('change'), optional('generate'), optional('mode') ?? 'live'];
  if (generate !== undefined && flag('database')) throw new UsageError(`--generate 和 --database 只能用一个。${USAGE}`);
  if (mode !== 'live' && mode !== 'rehearsal') throw new UsageError('--mode 只能是：live（正式）、rehearsal（演练）');
  const count = generate === undefined ? undefined : wholeNumber(generate, '--generate', MOST_GENERATED);
  const seed = wholeNumber(optional('seed') ?? '1', '--seed', 2 ** 32 - 1);

  const opened = await open(name, changeFile);
  const print = (simulation: Simulation, what: string): number => {
    if (flag('json')) console.log(JSON.stringify({ call: opened.call.key, ...simulation }, undefined, 2));
    else printSimulation(simulation, what);
    return simulation.judged > 0 ? 0 : 1;
  };
  return count === undefined
    ? simulateStored(opened, mode, print)
    : print(simulateGenerated(opened, count, seed), '生成的申报');
}

async function open(name: string, changeFile: string): Promise<Opened> {
  const { call, reference } = await openCall(name);
  const { callsDir, referenceDir } = readConfig(process.env);
  const own = resolve(name);
  const files = await readFolder(existsSync(join(own, 'call.yaml')) ? own : join(callsDir, call.key));
  const text = await readFile(changeFile, 'utf8').catch(() => undefined);
  if (text === undefined) throw new UsageError(`没有“${changeFile}”这个文件，或者读不了。`);
  const { change, problems } = readChange(files, { name: changeFile, text }, reference, await readForms(referenceDir));
  if (change) return { call, files, reference, change };
  const said = problems.map(({ file, line, column, message, suggestion }) =>
    [`${file}:${line}:${column}`, message, suggestion].filter(Boolean).join(' '),
  );
  throw new UsageError(`改动写得不对：\n${said.join('\n')}`);
}

function wholeNumber(text: string, name: string, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new UsageError(`${name} 应为 1 至 ${most} 的整数，现为“${text}”。`);
}

function simulateGenerated({ call, files, reference, change }: Opened, count: number, seed: number): Simulation {
  const { compiled } = call;
  const simulator = new Simulator({ compiled, readings: {} }, change, reference);
  const examples = examplesIn(files);
  for (const candidate of generatedCandidates({ compiled, examples, reference, seed }, count)) simulator.add(candidate);
  return simulator.report();
}

async function simulateStored(
  { call, reference, change }: Opened,
  mode: 'live' | 'rehearsal',
  print: (simulation: Simulation, what: string) => number,
): Promise<number> {
  const what = mode === 'live' ? '正式申报' : '演练申报';
  return withContext(async (context) => {
    const found = await findRoundOfCall(context.db, call.key, mode);
    const round = found && (await loadRound(context, found.id));
    if (!round) {
      console.error(`数据库里没有 ${call.key} 的${what}。可以用 --generate 10000 生成一批来看。`);
      return 1;
    }
    if (round.round.checksum !== checksumOf(call.compiled)) {
      console.error('注意：文件夹里的通知与发布的版本不同，这里按文件夹里的核对。');
    }
    const { readings } = round.round;
    const before = { compiled: call.compiled, readings };
    const after = { compiled: change.compiled, readings: { ...readings, ...change.readings } };
    const simulator = new Simulator(before, after, reference);
    for await (const candidate of storedCandidates(context, round)) simulator.add(candidate);
    return print(simulator.report(), what);
  });
}
