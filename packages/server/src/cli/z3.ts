import type { Solver } from '@keshen/rules/definition';

/**
 * Z3 as a solver, or undefined where it is not installed: publishing never depends on it. Each check takes at most
 * `milliseconds`. `close` must be called, or the process would not end.
 */
export async function openZ3(milliseconds: number): Promise<{ solver: Solver; close: () => void } | undefined> {
  const z3 = await import('z3-solver').catch(() => undefined);
  if (!z3) return undefined;
  const { Context, em } = await z3.init();
  const context = Context('keshen');
  const backend = new context.Solver();
  backend.set('timeout', milliseconds);
  const solver: Solver = {
    load: (text) => backend.fromString(text),
    check: async (names) => {
      const answer = await backend.check(...names.map((name) => context.Bool.const(name)));
      const core: string[] = [];
      if (answer === 'unsat') for (const name of backend.unsatCore()) core.push(String(name).replaceAll('|', ''));
      return { answer, core };
    },
  };
  return { solver, close: () => em.PThread.terminateAllThreads() };
}
