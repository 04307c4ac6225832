import type { CompiledCall } from '../call.ts';
import type { ReferenceData } from '../reference.ts';
import { Compilation } from './compile/compilation.ts';
import { compilePack } from './compile/compile-pack.ts';
import { readPack } from './compile/pack.ts';
import type { Problem } from './problem.ts';

export type Compiled = { compiled?: CompiledCall; problems: Problem[] };

/**
 * Compiles a call from its files (`call.yaml` … `examples/*.json`, by name). A pack with any defect is refused as a whole
 * with all messages. `standardForms` are the texts of `reference/forms/*.yaml` by name.
 */
export function compileCall(
  files: Readonly<Record<string, string>>,
  reference: ReferenceData,
  standardForms: Readonly<Record<string, string>>,
): Compiled {
  const compilation = new Compilation();
  const pack = readPack(compilation, files);
  const compiled = pack && compilePack(compilation, pack, reference, standardForms);
  const problems = inReadingOrder(compilation.problems);
  return compiled && problems.length === 0 ? { compiled, problems } : { problems };
}

export function inReadingOrder(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return [...problems]
    .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column)
    .filter((problem) => {
      const key = `${problem.file}:${problem.line}:${problem.column}:${problem.message}`;
      return !seen.has(key) && seen.add(key);
    });
}
