import { compilePack } from '../definition/compile/compile-pack.ts';
import { Compilation } from '../definition/compile/compilation.ts';
import { readPack } from '../definition/compile/pack.ts';
import { inReadingOrder, type Compiled } from '../definition/compile-call.ts';
import type { ReferenceData } from '../reference.ts';
import { checkClauses } from './check-clauses.ts';
import { checkFigures } from './check-figures.ts';
import { checkDocuments, checkParameters, checkRules } from './check-rules.ts';
import { checkWindows } from './check-windows.ts';

/**
 * Everything that keeps a call from being published: what keeps it from compiling, and what compiles but cannot be meant.
 */
export function checkCall(
  files: Readonly<Record<string, string>>,
  reference: ReferenceData,
  standardForms: Readonly<Record<string, string>>,
): Compiled {
  const compilation = new Compilation();
  const pack = readPack(compilation, files);
  if (!pack) return { problems: inReadingOrder(compilation.problems) };
  const compiled = compilePack(compilation, pack, reference, standardForms);
  const compiles = compilation.problems.length === 0;
  checkClauses(compilation, pack, compiled);
  checkWindows(compilation, pack, compiled);
  checkRules(compilation, pack);
  checkFigures(compilation, pack, compiled);
  checkDocuments(compilation, pack, compiled);
  checkParameters(compilation, pack);
  const problems = inReadingOrder(compilation.problems);
  return compiles ? { compiled, problems } : { problems };
}
