import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { linkCall, type CompiledCall } from '@keshen/rules';
import { checkCall, findContradictions, type Contradiction, type Problem } from '@keshen/rules/definition';
import { readFolder, readForms } from '../calls/index.ts';
import { readConfig } from '../platform/config.ts';
import { loadReference, type Reference } from '../platform/reference/load-reference.ts';
import { readArguments, UsageError } from './arguments.ts';
import { openZ3 } from './z3.ts';

const EACH_CHECK_MS = 500;

/**
 * What keeps a call from being published: defects with file, line and suggestion, and rules that contradict each other.
 * Rules that others imply are only mentioned. Exit code 0 nothing in the way, 1 something is, 2 wrong use.
 */
export async function run(args: string[]): Promise<number> {
  const { positional, optional, flag } = readArguments(args, ['seconds'], ['json']);
  const config = readConfig(process.env);
  const [name] = positional;
  if (!name) throw new UsageError('用法：keshen lint CALL|文件夹 [--seconds 20] [--json]');
  const folder = [resolve(name), join(config.callsDir, name)].find((path) => existsSync(join(path, 'call.yaml')));
  if (!folder) throw new UsageError(`没有“${name}”这份申报通知：文件夹里要有 call.yaml。`);
  const reference = await loadReference(config.referenceDir);
  const { compiled, problems } = checkCall(await readFolder(folder), reference, await readForms(config.referenceDir));
  const seconds = Number(optional('seconds') ?? 20);
  const logic = compiled && problems.length === 0 ? await examine(compiled, reference, seconds * 1000) : undefined;
  if (flag('json')) console.log(JSON.stringify({ problems, logic: logic ?? null }, undefined, 2));
  else print(problems, logic);
  const contradictory = logic?.some(({ kind }) => kind === 'contradiction') ?? false;
  return problems.length > 0 || contradictory ? 1 : 0;
}

/** Undefined where no solver is installed, or its time is up: publishing does not depend on it. */
async function examine(
  compiled: CompiledCall,
  reference: Reference,
  milliseconds: number,
): Promise<Contradiction[] | undefined> {
  if (!(milliseconds > 0)) return undefined;
  const z3 = await openZ3(EACH_CHECK_MS);
  if (!z3) return undefined;
  try {
    const { rules } = linkCall(compiled, { asOf: lastStart(compiled), reference });
    const late = new Promise<undefined>((done) => void setTimeout(() => done(undefined), milliseconds).unref());
    return await Promise.race([findContradictions(rules, z3.solver), late]);
  } finally {
    z3.close();
  }
}

/** A day on which every parameter holds. */
function lastStart({ parameters, notice }: CompiledCall): string {
  const starts = parameters.flatMap(({ values }) => values.map(({ from }) => from));
  return [...starts, notice.publishedOn ?? '2000-01-01'].toSorted().at(-1) ?? '2000-01-01';
}

function print(problems: readonly Problem[], logic: readonly Contradiction[] | undefined): void {
  for (const { file, line, column, message, suggestion } of problems) {
    console.log(`${file}:${line}:${column} ${message}${suggestion ? ` ${suggestion}` : ''}`);
  }
  for (const found of logic ?? []) {
    if (found.kind === 'contradiction')
      console.log(`矛盾：适用 ${found.rule} 的人，不可能同时符合 ${found.with.join('、') || '这一条本身'}`);
    if (found.kind === 'implied')
      console.log(`提示：符合 ${found.by.join('、')} 的，必定符合 ${found.rule}，它从不单独起作用`);
    if (found.kind === 'undecided') console.log(`提示：${found.rule} 没有在限定时间内查完`);
  }
  if (problems.length === 0)
    console.log(logic ? '没有发现问题。' : '没有发现问题；没有做矛盾检查（没有装求解器，或者时间不够）。');
}
