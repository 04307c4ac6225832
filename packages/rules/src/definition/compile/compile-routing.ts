import type { Routing, RoutingWay } from '../../call.ts';
import { AFFILIATIONS, UNIVERSITY_LEVELS } from '../../routing/profile.ts';
import type { Checker } from '../expression/checker.ts';
import { allowedValues, isRows } from '../expression/symbols.ts';
import type { CallFile } from '../files/call-file.ts';
import { suggest } from '../problem.ts';
import { checkUnder } from './compile-rules.ts';
import { trimmed, type Compilation } from './compilation.ts';

type Written = NonNullable<CallFile['routing']>;

/** The table of who reviews whom. Unknown kinds, values and fields are reported; so is a way to departments that the call does not list. */
export function compileRouting(compilation: Compilation, checker: Checker, call: CallFile): Routing {
  const written = call.routing as Written;
  const kinds = [...new Set((call.departments ?? []).map(({ kind }) => kind))];
  const field = written.field === undefined ? undefined : fieldAt(checker, written.field);
  if (written.field !== undefined && !field) compilation.report(written, 'field', `表单里没有“${written.field}”`);
  const values = field && allowedValues(field, checker.symbols);
  return trimmed({
    clauses: written.clause ?? [],
    choice: written.choice ?? false,
    field: written.field,
    ways: written.ways.map((way): RoutingWay => {
      checkUnder(compilation, checker, way, way.under);
      checkWords(compilation, way.when, 'affiliation', AFFILIATIONS);
      checkWords(compilation, way.when, 'universityLevel', UNIVERSITY_LEVELS);
      if (way.to !== 'self') {
        for (const kind of way.kinds) {
          if (!kinds.includes(kind))
            compilation.report(way, 'kinds', `departments 里没有“${kind}”这一类`, suggest(kind, kinds));
        }
      }
      if (values && way.value !== undefined && !values.includes(way.value))
        compilation.report(way, 'value', `“${written.field}”没有选项“${way.value}”`, suggest(way.value, values));
      const { clause, when, ...rest } = way;
      return trimmed({ ...rest, clauses: clause ?? [], when: conditionsOf(when) });
    }),
  });
}

function fieldAt(checker: Checker, path: string) {
  const [section = '', key = ''] = path.split('.');
  const symbol = checker.symbols.sections.get(section)?.get(key);
  return symbol && !isRows(symbol) ? symbol : undefined;
}

function checkWords(
  compilation: Compilation,
  when: Written['ways'][number]['when'],
  key: 'affiliation' | 'universityLevel',
  options: readonly { value: string }[],
): void {
  const known = options.map(({ value }) => value);
  for (const value of when?.[key] ?? []) {
    if (!known.includes(value)) compilation.report(when ?? {}, key, `没有“${value}”这个选项`, suggest(value, known));
  }
}

/** Every condition as a list of values. */
const conditionsOf = (when: Written['ways'][number]['when'] = {}): RoutingWay['when'] =>
  Object.fromEntries(
    Object.entries(when)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, Array.isArray(value) ? value : [value]]),
  );
