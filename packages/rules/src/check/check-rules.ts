import type { CompiledCall } from '../call.ts';
import type { Compilation } from '../definition/compile/compilation.ts';
import type { Pack } from '../definition/compile/pack.ts';
import { suggest } from '../definition/problem.ts';

/** Words that a column of the recommendation list may take besides a field's path. */
export const LIST_WORDS = [
  'serial',
  'applicationNumber',
  'state',
  'topic',
  'topicCode',
  'organisation',
  'recommendingDepartment',
  'applicant',
  'versionCode',
  'bonusPlace',
] as const;

/** Rules without cases; columns of lists that come from nowhere; parameters that hold at no time. */
export function checkRules(compilation: Compilation, pack: Pack): void {
  for (const rule of pack.rules) {
    if ((rule.cases ?? []).length === 0) {
      compilation.report(rule, 'id', `规则“${rule.id}”没有例子`, '至少写一个通过的和一个不通过的');
    }
  }
}

export function checkDocuments(compilation: Compilation, pack: Pack, call: CompiledCall): void {
  const paths = call.form.sections.flatMap(({ fields }) => fields.map(({ path }) => path));
  const known = [...paths, ...LIST_WORDS];
  for (const column of pack.call.documents.recommendationList.columns) {
    if (column.from !== undefined && !known.includes(column.from)) {
      compilation.report(column, 'from', `清单的列取不到“${column.from}”`, suggest(column.from, known));
    }
    if (column.from === undefined && column.decidedBy === undefined) {
      compilation.report(column, 'key', `清单的列“${column.title}”没有写 from，也没有写 decidedBy`);
    }
  }
}

export function checkParameters(compilation: Compilation, pack: Pack): void {
  for (const parameter of pack.call.parameters ?? []) {
    for (const value of parameter.values) {
      if (value.until !== undefined && value.until < value.from) {
        compilation.report(value, 'until', `“${parameter.label}”的失效日期早于生效日期`);
      }
      if (value.from < '1990-01-01' || value.from > '2100-01-01') {
        compilation.report(value, 'from', `“${parameter.label}”的生效日期不像是真的：${value.from}`);
      }
      const { value: written } = value;
      if (
        parameter.type === 'date' &&
        typeof written === 'string' &&
        (written < '1900-01-01' || written > '2100-01-01')
      ) {
        compilation.report(value, 'value', `“${parameter.label}”的日期不像是真的：${written}`);
      }
    }
  }
}
