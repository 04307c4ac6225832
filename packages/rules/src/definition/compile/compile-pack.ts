import type { CompiledCall } from '../../call.ts';
import type { ReferenceData } from '../../reference.ts';
import { Checker } from '../expression/checker.ts';
import { isRows, type Symbols } from '../expression/symbols.ts';
import { compileCallCases, compileRuleCases } from './compile-cases.ts';
import { compileClauses, reportUnknownClauses } from './compile-clauses.ts';
import { compileForm } from './compile-form.ts';
import { compileMaterials } from './compile-materials.ts';
import { compilePaper } from './compile-paper.ts';
import { compileRouting } from './compile-routing.ts';
import { compileRules } from './compile-rules.ts';
import {
  checkDate,
  compileParameters,
  compileQuotas,
  compileReadings,
  compileTopics,
  compileWindows,
  parameterSymbols,
  topicSymbols,
} from './compile-terms.ts';
import { trimmed, type Compilation } from './compilation.ts';
import { formSymbols, materialSymbols } from './form-symbols.ts';
import { mergeForm } from './merge-form.ts';
import type { Pack } from './pack.ts';
import type { WrittenSection } from '../files/form-file.ts';

/** Lowers a pack to one typed tree. What is wrong is reported on the way; what comes out is then of no use. */
export function compilePack(
  compilation: Compilation,
  pack: Pack,
  reference: ReferenceData,
  standardForms: Readonly<Record<string, string>>,
): CompiledCall {
  const sections = mergeForm(compilation, pack.form, standardForms);
  const readings = compileReadings(compilation, pack.clauses);
  const topicValues = topicSymbols(compilation, pack.topics);
  const symbols: Symbols = {
    sections: formSymbols(compilation, sections),
    materials: materialSymbols(compilation, pack.materials),
    parameters: parameterSymbols(pack.call.parameters ?? []),
    readings: new Map(readings.map(({ key, options }) => [key, Object.keys(options)])),
    topicValues,
    topics: pack.topics.map(({ code }) => code),
    reference,
  };
  const checker = new Checker(symbols);
  const topics = compileTopics(compilation, pack.topics, topicValues);
  if (pack.call.notice.publishedOn !== undefined) {
    checkDate(compilation, pack.call.notice, 'publishedOn', pack.call.notice.publishedOn);
  }
  const { call } = pack;
  const bound = trimmed({
    format: 1 as const,
    key: call.key,
    title: call.title,
    authority: call.authority,
    programme: call.programme,
    planYear: call.planYear,
    notice: call.notice,
    words: call.words,
    windows: compileWindows(compilation, checker, call.windows),
    parameters: compileParameters(compilation, call.parameters ?? []),
    readings,
    topics,
    topicField: topicFieldOf(symbols),
    form: compileForm(compilation, checker, pack.form, sections),
    rules: compileRules(compilation, checker, pack.rules),
    materials: compileMaterials(compilation, checker, pack.materials),
    quotas: compileQuotas(compilation, checker, pack.quotas, topics),
    workflow: call.workflow ?? {},
    routing: call.routing && compileRouting(compilation, checker, call),
    paper: compilePaper(compilation, checker, call.paper ?? [], topics),
    departments: call.departments ?? [],
    documents: call.documents,
    contacts: call.contacts,
  });
  const clauses = compileClauses(compilation, pack.clauses, bound);
  const known = clauses.map(({ id }) => id);
  reportUnknownClauses(compilation, known, citedIn(pack, sections));
  const world = { checker, clauses: known, examples: pack.examples };
  const ruleIds = pack.rules.map(({ id }) => id);
  return {
    ...bound,
    clauses,
    cases: [
      ...compileRuleCases(compilation, world, pack.rules),
      ...compileCallCases(compilation, world, pack.cases, {
        rules: ruleIds,
        papers: bound.paper.map(({ key }) => key),
      }),
    ],
  };
}

/** The one field whose options are the topics. */
function topicFieldOf(symbols: Symbols): string | undefined {
  for (const fields of symbols.sections.values()) {
    for (const symbol of fields.values()) {
      if (!isRows(symbol) && symbol.type === 'code' && symbol.optionsFrom === 'topics') return symbol.address;
    }
  }
  return undefined;
}

type Cited = { owner: object; key: string; clauses: readonly string[] };

function citedIn(pack: Pack, sections: readonly WrittenSection[]): Cited[] {
  const many = (owners: readonly { clause?: readonly string[] }[]): Cited[] =>
    owners.map((owner) => ({ owner, key: 'clause', clauses: owner.clause ?? [] }));
  const fields = [
    ...sections.flatMap((section) => section.fields.flatMap((field) => [field, ...(field.columns ?? [])])),
    ...pack.materials.flatMap((material) => material.facts ?? []),
  ];
  return [
    ...many(pack.rules),
    ...many(pack.materials),
    ...many(pack.call.windows),
    ...many(pack.call.parameters ?? []),
    ...many(pack.topics),
    ...many(pack.call.paper ?? []),
    ...many(pack.quotas),
    ...many(pack.call.routing ? [pack.call.routing, ...pack.call.routing.ways] : []),
    ...many(pack.call.documents.pledge ? [pack.call.documents.pledge] : []),
    ...many(pack.quotas.flatMap((quota) => quota.bonus ?? [])),
    ...many(fields),
    ...fields.map((field) => ({
      owner: field,
      key: 'attests',
      clauses: field.attests === undefined ? [] : [field.attests],
    })),
    { owner: pack.form.completeness, key: 'clause', clauses: [pack.form.completeness.clause] },
  ];
}
