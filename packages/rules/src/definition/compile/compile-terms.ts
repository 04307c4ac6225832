import type { Parameter, Quota, QuotaBonus, Reading, Topic, Window } from '../../call.ts';
import { parseDate } from '../../calendar/dates.ts';
import { isoInstant, parseInstant } from '../../calendar/instants.ts';
import type { Constant, ValueType } from '../../tree.ts';
import { walk } from '../../tree.ts';
import type { Checker } from '../expression/checker.ts';
import { parseConstant, typeByLook, TYPE_NAMES, WRITTEN_LIKE } from '../expression/literals.ts';
import type { ValueSymbol } from '../expression/symbols.ts';
import type { CallFile, QuotasFile, TopicsFile, WrittenParameter } from '../files/call-file.ts';
import type { ClausesFile } from '../files/clauses-file.ts';
import { suggest } from '../problem.ts';
import { checkUnder } from './compile-rules.ts';
import { isGoodKey } from './form-symbols.ts';
import { trimmed, type Compilation } from './compilation.ts';

const PARAMETER_TYPES: Record<WrittenParameter['type'], { type: ValueType; from?: 'countries' | 'divisions' }> = {
  money: { type: 'money' },
  date: { type: 'date' },
  integer: { type: 'integer' },
  ratio: { type: 'ratio' },
  text: { type: 'text' },
  boolean: { type: 'boolean' },
  country: { type: 'code', from: 'countries' },
  division: { type: 'code', from: 'divisions' },
  countries: { type: 'codes', from: 'countries' },
  codes: { type: 'codes' },
};

export function parameterSymbols(parameters: readonly WrittenParameter[]): Map<string, ValueSymbol> {
  return new Map(
    parameters.map(({ key, type }) => {
      const known = PARAMETER_TYPES[type];
      return [key, { type: known.type, address: `param.${key}`, ...(known.from && { optionsFrom: known.from }) }];
    }),
  );
}

export function compileParameters(compilation: Compilation, parameters: readonly WrittenParameter[]): Parameter[] {
  const keys = new Set<string>();
  return parameters.map((parameter) => {
    const { key, label } = parameter;
    if (!isGoodKey(key)) compilation.report(parameter, 'key', `“${key}”不能作键：用小写字母开头的英文`);
    if (keys.has(key)) compilation.report(parameter, 'key', `参数“${key}”写了两次`);
    keys.add(key);
    const { type } = PARAMETER_TYPES[parameter.type];
    const values = parameter.values.flatMap((written) => {
      checkDate(compilation, written, 'from', written.from);
      if (written.until !== undefined) checkDate(compilation, written, 'until', written.until);
      const value = parseConstant(type, written.value);
      if (value === undefined) {
        compilation.report(written, 'value', `“${label}”应为${TYPE_NAMES[type]}`, `写作 ${WRITTEN_LIKE[type]}`);
        return [];
      }
      return [trimmed({ from: written.from, until: written.until, value })];
    });
    values.sort((a, b) => (a.from < b.from ? -1 : 1));
    for (const [at, value] of values.entries()) {
      const next = values[at + 1];
      if (next && value.until === undefined) value.until = dayBefore(next.from);
      if (next && (value.until ?? '') >= next.from) {
        compilation.report(parameter, 'values', `“${label}”有两个取值的有效期重叠（${next.from}）`);
      }
    }
    return { key, label, type, clauses: parameter.clause ?? [], values };
  });
}

function dayBefore(date: string): string {
  const day = parseDate(date);
  if (day === undefined) return date;
  return isoInstant((day - 1) * 86_400_000).slice(0, 10);
}

export function checkDate(compilation: Compilation, owner: object, key: string, date: string): void {
  if (parseDate(date) !== undefined) return;
  const shape = /^\d{4}-\d{2}-\d{2}$/.test(date);
  compilation.report(owner, key, shape ? `没有${date}这一天` : `日期写作 2026-05-18`);
}

/** Topic values by key, with the type they have by their look; every topic must give each key the same type. */
export function topicSymbols(compilation: Compilation, topics: TopicsFile): Map<string, ValueSymbol> {
  const symbols = new Map<string, ValueSymbol>();
  for (const topic of topics) {
    for (const [key, written] of Object.entries(topic.values ?? {})) {
      if (written === null) continue;
      const type = typeByLook(written);
      if (!type) {
        compilation.report(topic.values ?? topic, key, `“${key}”的取值读不懂`);
        continue;
      }
      const known = symbols.get(key);
      if (known && known.type !== type) {
        compilation.report(
          topic.values ?? topic,
          key,
          `“${key}”在这里是${TYPE_NAMES[type]}，在别的专题里是${TYPE_NAMES[known.type]}`,
        );
      } else symbols.set(key, { type, address: `topic.${key}` });
    }
  }
  return symbols;
}

export function compileTopics(
  compilation: Compilation,
  topics: TopicsFile,
  symbols: ReadonlyMap<string, ValueSymbol>,
): Topic[] {
  const codes = new Set<string>();
  return topics.map((topic) => {
    if (codes.has(topic.code)) compilation.report(topic, 'code', `专题“${topic.code}”写了两次`);
    codes.add(topic.code);
    const values: Topic['values'] = {};
    for (const [key, { type }] of symbols) {
      const written = topic.values?.[key];
      if (written === undefined) {
        compilation.report(topic, 'values', `专题“${topic.code}”没有写 values.${key}`, '没有的写 ~');
        continue;
      }
      const value: Constant | undefined = written === null ? undefined : parseConstant(type, written);
      if (value !== undefined) values[key] = { type, value };
    }
    const { code, title, help, opening, note } = topic;
    return trimmed({ code, title, help, opening, clauses: topic.clause ?? [], note, values });
  });
}

export function compileWindows(compilation: Compilation, checker: Checker, windows: CallFile['windows']): Window[] {
  const keys = new Set<string>();
  return windows.map((window) => {
    if (keys.has(window.key)) compilation.report(window, 'key', `时限“${window.key}”写了两次`);
    keys.add(window.key);
    checkUnder(compilation, checker, window, window.under);
    const instant = (key: 'opens' | 'closes'): string | undefined => {
      const written = window[key];
      if (written === undefined) return undefined;
      const parsed = parseInstant(written);
      if (parsed === undefined) {
        compilation.report(window, key, `时刻“${written}”写得不对，或没有这一天`, '写作 2025-11-28 17:00');
        return undefined;
      }
      return isoInstant(parsed);
    };
    const closesInclusive = compilation.condition(checker, window.closesInclusive);
    if (closesInclusive) {
      walk(closesInclusive, (node) => {
        if (['field', 'cell', 'exists', 'all', 'count', 'sum', 'today'].includes(node.op)) {
          compilation.report(window, 'closesInclusive', '时限只能取决于读法和参数，不能取决于申报内容');
        }
      });
    }
    return trimmed({
      key: window.key,
      title: window.title,
      clauses: window.clause,
      opens: instant('opens'),
      closes: instant('closes') ?? '',
      closesInclusive,
      actions: window.actions,
      states: window.states,
      under: window.under,
      remindHoursBefore: window.remindHoursBefore,
    });
  });
}

/** The readings of all clauses. */
export function compileReadings(compilation: Compilation, clauses: ClausesFile): Reading[] {
  const keys = new Set<string>();
  return clauses.flatMap((clause) =>
    (clause.readings ?? []).map((reading) => {
      const { key, point, taken, why, options } = reading;
      if (!isGoodKey(key)) compilation.report(reading, 'key', `“${key}”不能作键：用小写字母开头的英文`);
      if (keys.has(key)) compilation.report(reading, 'key', `读法“${key}”写了两次`);
      keys.add(key);
      const known = Object.keys(options);
      if (!known.includes(taken)) compilation.report(reading, 'taken', `没有选项“${taken}”`, suggest(taken, known));
      return { key, clause: clause.id, point, taken, why, options };
    }),
  );
}

export function compileQuotas(
  compilation: Compilation,
  checker: Checker,
  quotas: QuotasFile,
  topics: readonly Topic[],
): Quota[] {
  const codes = topics.map(({ code }) => code);
  return quotas.map((quota) => {
    checkUnder(compilation, checker, quota, quota.under);
    for (const [at, code] of (quota.topics ?? []).entries()) {
      if (!codes.includes(code))
        compilation.report(quota.topics ?? quota, at, `没有专题“${code}”`, suggest(code, codes));
    }
    const bonus: QuotaBonus[] = (quota.bonus ?? []).map((written) => {
      checkUnder(compilation, checker, written, written.under);
      const { clause, ...rest } = written;
      return { ...rest, clauses: clause };
    });
    return trimmed({
      key: quota.key,
      title: quota.title,
      clauses: quota.clause,
      topics: quota.topics,
      per: quota.per,
      when: compilation.condition(checker, quota.when),
      countsAt: quota.countsAt,
      under: quota.under,
      places: quota.places,
      bonus,
      except: quota.except?.flatMap(({ when, say }) => {
        const condition = compilation.condition(checker, when);
        return condition ? [{ when: condition, say }] : [];
      }),
    });
  });
}
