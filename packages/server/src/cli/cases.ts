import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCases, type CaseResult, type Examples } from '@keshen/rules/definition';
import type { LibraryCall } from '../calls/index.ts';
import { readConfig } from '../platform/config.ts';
import type { Reference } from '../platform/reference/load-reference.ts';
import { readArguments } from './arguments.ts';
import { openCall, openLibrary } from './open-call.ts';

/** Runs the cases beside the rules of one call or of all. Exit code 1 when one comes out otherwise than it says. */
export async function run(args: string[]): Promise<number> {
  const { positional, flag } = readArguments(args, [], ['json']);
  const { calls, reference, faults } = await chosen(positional[0]);
  const results = await Promise.all(
    calls.map(async (call) => ({ call: call.key, results: await runOne(call, reference) })),
  );
  if (flag('json')) console.log(JSON.stringify(results, undefined, 2));
  else for (const { call, results: cases } of results) print(call, cases);
  const failed = results.flatMap(({ results: cases }) => cases).filter(({ status }) => status === 'failed').length;
  for (const fault of faults) console.error(`${fault.key} 有写错的地方：\n${fault.problems.join('\n')}`);
  return failed === 0 && faults.length === 0 ? 0 : 1;
}

async function chosen(name: string | undefined) {
  if (name === undefined) return openLibrary();
  const { call, reference } = await openCall(name);
  return { calls: [call], reference, faults: [] };
}

async function runOne(call: LibraryCall, reference: Reference): Promise<CaseResult[]> {
  return runCases(call.compiled, await readExamples(join(readConfig(process.env).callsDir, call.key)), reference);
}

/** The parsed `examples/*.json` of a call's folder by name. */
export async function readExamples(folder: string): Promise<Examples> {
  const names = (await readdir(join(folder, 'examples'))).filter((file) => file.endsWith('.json'));
  const read = names.map(async (file) => {
    const value: unknown = JSON.parse(await readFile(join(folder, 'examples', file), 'utf8'));
    return [file.slice(0, -'.json'.length), value] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

function print(call: string, results: readonly CaseResult[]): void {
  for (const { case: item, status, expected, got, text } of results) {
    if (status !== 'failed') continue;
    console.log(`✗ ${item.place.file}:${item.place.line} ${item.edge ?? ''} ${item.name}`);
    console.log(`    应为 ${expected}，得到 ${got}${text ? `：${text}` : ''}`);
  }
  const count = (status: CaseResult['status']): number => results.filter((result) => result.status === status).length;
  console.log(
    `${call}：${count('ok')} passed, ${count('failed')} failed（另有 ${count('elsewhere')} 个由全程测试来演）`,
  );
}
