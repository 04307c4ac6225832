import type { CompiledCall, Window } from '../call.ts';
import type { Compilation } from '../definition/compile/compilation.ts';
import type { Pack } from '../definition/compile/pack.ts';
import { suggest } from '../definition/problem.ts';
import { parseInstant } from '../calendar/instants.ts';
import { STEPS } from '../lifecycle/steps.ts';

/** The steps in the order in which an application takes them. */
const WAY = ['createApplication', 'submit', 'forward', 'recommend', 'deliver'] as const;

export function checkWindows(compilation: Compilation, pack: Pack, call: CompiledCall): void {
  const actions: readonly string[] = STEPS.map(({ action }) => action);
  for (const written of pack.call.windows) {
    const [opens, closes] = [parseInstant(written.opens ?? ''), parseInstant(written.closes)];
    if (opens !== undefined && closes !== undefined && opens >= closes) {
      compilation.report(written, 'closes', `“${written.title}”的截止不晚于开始`);
    }
    for (const [at, action] of written.actions.entries()) {
      if (!actions.includes(action)) {
        compilation.report(written.actions, at, `没有“${action}”这个操作`, suggest(action, actions));
      }
    }
  }
  checkOrder(compilation, pack, call);
}

/** Under the readings the call takes, and apart from windows for some states only, a later step may not close before an earlier one. */
function checkOrder(compilation: Compilation, pack: Pack, call: CompiledCall): void {
  const taken = new Map(call.readings.map((reading) => [reading.key, reading.taken]));
  const inForce = call.windows.filter(
    ({ under, states }) => !states && Object.entries(under ?? {}).every(([key, option]) => taken.get(key) === option),
  );
  const closing = WAY.map((action) => ({ action, window: firstToClose(inForce, action) }));
  for (const [at, { window }] of closing.entries()) {
    const earlier = closing.slice(0, at).findLast((step) => step.window);
    if (!window || !earlier?.window || window.closes >= earlier.window.closes) continue;
    const written = pack.call.windows.find(({ key }) => key === window.key);
    if (written)
      compilation.report(written, 'closes', `“${window.title}”在“${earlier.window.title}”之前就截止了，次序不对`);
  }
}

const firstToClose = (windows: readonly Window[], action: string): Window | undefined =>
  windows.filter(({ actions }) => actions.includes(action)).sort((a, b) => (a.closes < b.closes ? -1 : 1))[0];
