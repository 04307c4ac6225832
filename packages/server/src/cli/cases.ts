import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  boundaryPairs,
  runCases,
  runMutations,
  type BoundaryPair,
  type CaseResult,
  type Examples,
  type Mutation,
} from '@keshen/rules/definition';
import type { LibraryCall } from '../calls/index.ts';
import { readConfig } from '../platform/config.ts';
import type { Reference } from '../platform/reference/load-reference.ts';
import { readArguments } from './arguments.ts';
import { openCall, openLibrary } from './open-call.ts';

type Report = { call: string; cases: CaseResult[]; boundaries: BoundaryPair[]; mutations: Mutation[] };

/**
 * Runs the cases beside the rules, generates and runs the boundary pairs, and turns every comparison round to see whether a
 * case notices. Exit code 1 when a case comes out otherwise than it says, or a turned comparison goes unnoticed.
 */
export async function run(args: string[]): Promise<number> {
  const { positional, flag } = readArguments(args, [], ['json']);
  const { calls, reference, faults } = await chosen(positional[0]);
  const reports: Report[] = [];
  for (const call of calls) reports.push(await reportOf(call, reference));
  if (flag('json')) console.log(JSON.stringify(reports, undefined, 2));
  else for (const report of reports) print(report);
  for (const fault of faults) console.error(`${fault.key} 有写错的地方：\n${fault.problems.join('\n')}`);
  const well = reports.every(
    ({ cases, mutations }) =>
      cases.every(({ status }) => status !== 'failed') && mutations.every(({ killed }) => killed),
  );
  return well && faults.length === 0 ? 0 : 1;
}

async function chosen(name: string | undefined) {
  if (name === undefined) return openLibrary();
  const { call, reference } = await openCall(name);
  return { calls: [call], reference, faults: [] };
}

async function reportOf({ key, compiled }: LibraryCall, reference: Reference): Promise<Report> {
  const examples = await readExamples(join(readConfig(process.env).callsDir, key));
  return {
    call: key,
    cases: runCases(compiled, examples, reference),
    boundaries: boundaryPairs(compiled, examples, reference),
    mutations: runMutations(compiled, examples, reference),
  };
}

/** The parsed `examples/*.json` of a call's folder by name. */
async function readExamples(folder: string): Promise<Examples> {
  const names = (await readdir(join(folder, 'examples'))).filter((file) => file.endsWith('.json'));
  const read = names.map(async (file) => {
    const value: unknown = JSON.parse(await readFile(join(folder, 'examples', file), 'utf8'));
    return [file.slice(0, -'.json'.length), value] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

function print({ call, cases, boundaries, mutations }: Report): void {
  for (const { case: item, status, expected, got, text } of cases) {
    if (status !== 'failed') continue;
    console.log(`✗ ${item.place.file}:${item.place.line} ${item.edge ?? ''} ${item.name}`);
    console.log(`    应为 ${expected}，得到 ${got}${text ? `：${text}` : ''}`);
  }
  for (const { rule, where, what } of mutations.filter(({ killed }) => !killed)) {
    console.log(`✗ ${rule} ${where}：改成 ${what} 也没有事例发现`);
  }
  for (const { rule, path, inside, outside } of boundaries.filter(({ decisive }) => !decisive)) {
    console.log(`– ${rule}：${path} 从 ${inside.value} 到 ${outside.value}，结论不变（${inside.outcome}）`);
  }
  const count = (status: CaseResult['status']): number => cases.filter((result) => result.status === status).length;
  const decisive = boundaries.filter((pair) => pair.decisive).length;
  const killed = mutations.filter((mutation) => mutation.killed).length;
  console.log(
    `${call}：事例 ${count('ok')} passed, ${count('failed')} failed（另有 ${count('elsewhere')} 个由全程测试来演）；` +
      `边界对 ${decisive}/${boundaries.length}；改反的比较 ${killed}/${mutations.length} 被发现`,
  );
}
