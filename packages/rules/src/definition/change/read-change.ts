import type { CompiledCall, Parameter } from '../../call.ts';
import type { ReferenceData } from '../../reference.ts';
import { compilePack } from '../compile/compile-pack.ts';
import { Compilation } from '../compile/compilation.ts';
import { readPack, type Pack } from '../compile/pack.ts';
import { parseConstant, TYPE_NAMES, WRITTEN_LIKE } from '../expression/literals.ts';
import type { WrittenRule } from '../files/rules-file.ts';
import { inReadingOrder } from '../compile-call.ts';
import { suggest, type Problem } from '../problem.ts';
import { changeFile, type ChangeFile } from './change-file.ts';

/** A call as it would be: compiled anew, with the readings to be taken. */
export type Change = { compiled: CompiledCall; readings: Record<string, string> };

/**
 * Reads a file of changes to a call that is itself in order. `files` are the call's own, as for `compileCall`. What is wrong
 * with the changes is told with their file and line; then there is no call to simulate.
 */
export function readChange(
  files: Readonly<Record<string, string>>,
  change: { name: string; text: string },
  reference: ReferenceData,
  standardForms: Readonly<Record<string, string>>,
): { change?: Change; problems: Problem[] } {
  const compilation = new Compilation();
  const pack = readPack(compilation, files);
  const written = compilation.read(change.name, change.text, changeFile);
  const changed = pack && written && changedCall(compilation, pack, written, reference, standardForms);
  // A rule taken away leaves things behind that lead to it; only what the change itself says wrongly is refused.
  const problems = inReadingOrder(compilation.problems.filter(({ file }) => file === change.name));
  return changed && problems.length === 0 ? { change: changed, problems } : { problems };
}

function changedCall(
  compilation: Compilation,
  pack: Pack,
  written: ChangeFile,
  reference: ReferenceData,
  standardForms: Readonly<Record<string, string>>,
): Change {
  const { readings = {}, parameters = {}, rules = [] } = written;
  const well = compilation.problems.length === 0;
  if (well && [readings, parameters, rules].every((part) => Object.keys(part).length === 0)) {
    compilation.report(written, '', '没有写要改什么', '可以写 readings、parameters、rules');
  }
  const own = changedRules(compilation, pack.rules, rules);
  const compiled = compilePack(compilation, { ...pack, rules: own, cases: [] }, reference, standardForms);
  checkReadings(compilation, compiled, readings);
  return { compiled: withParameters(compilation, compiled, parameters), readings };
}

/** A rule of the same id is replaced where it stands; a new one comes last. */
function changedRules(
  compilation: Compilation,
  rules: readonly WrittenRule[],
  changes: NonNullable<ChangeFile['rules']>,
): WrittenRule[] {
  const ids = rules.map(({ id }) => id);
  const byId = new Map(changes.map((change) => [change.id, change]));
  for (const change of changes) {
    if (byId.get(change.id) !== change) compilation.report(change, 'id', `规则“${change.id}”写了两次`);
    else if ('remove' in change && !ids.includes(change.id)) {
      compilation.report(change, 'id', `没有规则“${change.id}”，不能去掉`, suggest(change.id, ids));
    }
  }
  const taken = (id: string, otherwise: WrittenRule[]): WrittenRule[] => {
    const change = byId.get(id);
    return change === undefined ? otherwise : isRemoved(change) ? [] : [change];
  };
  return [
    ...rules.flatMap((rule) => taken(rule.id, [rule])),
    ...[...byId.keys()].filter((id) => !ids.includes(id)).flatMap((id) => taken(id, [])),
  ];
}

type RuleChange = NonNullable<ChangeFile['rules']>[number];
const isRemoved = (change: RuleChange): change is Exclude<RuleChange, WrittenRule> => 'remove' in change;

function checkReadings(compilation: Compilation, compiled: CompiledCall, readings: Record<string, string>): void {
  const known = new Map(compiled.readings.map(({ key, options }) => [key, Object.keys(options)]));
  for (const [key, option] of Object.entries(readings)) {
    const options = known.get(key);
    if (!options) compilation.report(readings, key, `没有读法“${key}”`, suggest(key, [...known.keys()]));
    else if (!options.includes(option)) {
      compilation.report(readings, key, `读法“${key}”没有选项“${option}”`, suggest(option, options));
    }
  }
}

/** A changed parameter has its value on every day. */
function withParameters(
  compilation: Compilation,
  compiled: CompiledCall,
  changes: NonNullable<ChangeFile['parameters']>,
): CompiledCall {
  const keys = compiled.parameters.map(({ key }) => key);
  for (const key of Object.keys(changes)) {
    if (!keys.includes(key)) compilation.report(changes, key, `没有参数“${key}”`, suggest(key, keys));
  }
  const parameters = compiled.parameters.map((parameter): Parameter => {
    const { key, label, type } = parameter;
    if (!Object.hasOwn(changes, key)) return parameter;
    const value = parseConstant(type, changes[key]);
    if (value !== undefined) return { ...parameter, values: [{ from: '0001-01-01', value }] };
    compilation.report(changes, key, `“${label}”应为${TYPE_NAMES[type]}`, `写作 ${WRITTEN_LIKE[type]}`);
    return parameter;
  });
  return { ...compiled, parameters };
}
