import type { BoundBy, Clause, CompiledCall, FormField } from '../../call.ts';
import type { ClausesFile, WrittenBound } from '../files/clauses-file.ts';
import { suggest } from '../problem.ts';
import type { Compilation } from './compilation.ts';

type Bound = Omit<CompiledCall, 'clauses' | 'cases'>;

/** Each clause with everything that binds it: what cites it from elsewhere, then what it says itself. */
export function compileClauses(compilation: Compilation, clauses: ClausesFile, call: Bound): Clause[] {
  const ids = new Set<string>();
  const citing = citations(call);
  return clauses.map((clause) => {
    if (ids.has(clause.id)) compilation.report(clause, 'id', `条款“${clause.id}”写了两次`);
    ids.add(clause.id);
    const { id, at, kind, how, text } = clause;
    const own = (clause.bound ?? []).flatMap((bound) => ownBinding(compilation, bound, call));
    return { id, at, kind, how, text, boundBy: [...(citing.get(id) ?? []), ...own] };
  });
}

function ownBinding(compilation: Compilation, bound: WrittenBound, call: Bound): BoundBy[] {
  const need = (key: 'role' | 'question' | 'mechanism' | 'document' | 'where'): string | undefined => {
    const value = bound[key];
    if (value === undefined) compilation.report(bound, 'by', `by: ${bound.by} 要写“${key}”`);
    return value;
  };
  switch (bound.by) {
    case 'review': {
      const [role, question] = [need('role'), need('question')];
      return role === undefined || question === undefined ? [] : [{ by: 'review', role, question }];
    }
    case 'workflow': {
      const mechanism = need('mechanism');
      return mechanism === undefined ? [] : [{ by: 'workflow', mechanism }];
    }
    case 'document': {
      const document = need('document');
      if (document === undefined) return [];
      const known = Object.keys(call.documents);
      if (!known.includes(document)) {
        compilation.report(bound, 'document', `call.yaml 的 documents 里没有“${document}”`, suggest(document, known));
      }
      return [{ by: 'document', document }];
    }
    case 'shown': {
      const where = need('where');
      return where === undefined ? [] : [{ by: 'shown', where }];
    }
  }
}

/** By clause: the rules, windows, quotas, materials, parameters, topics and fields that cite it. */
function citations(call: Bound): Map<string, BoundBy[]> {
  const found = new Map<string, BoundBy[]>();
  const cite = (clauses: readonly string[], bound: BoundBy): void => {
    for (const id of clauses) found.set(id, [...(found.get(id) ?? []), bound]);
  };
  for (const rule of call.rules) cite(rule.clauses, { by: 'rule', key: rule.id, title: rule.title });
  for (const { clauses, key, title } of call.windows) cite(clauses, { by: 'window', key, title });
  for (const quota of call.quotas) {
    cite(quota.clauses, { by: 'quota', key: quota.key, title: quota.title });
    for (const bonus of quota.bonus) cite(bonus.clauses, { by: 'quota', key: bonus.key, title: bonus.title });
  }
  for (const { clauses, key, title } of call.materials) cite(clauses, { by: 'material', key, title });
  for (const { clauses, key, label } of call.parameters) cite(clauses, { by: 'parameter', key, title: label });
  for (const { clauses, code, title } of call.topics) cite(clauses, { by: 'topic', key: code, title });
  for (const field of fieldsOf(call)) {
    cite(field.clauses ?? [], { by: 'field', path: field.path, title: field.label });
    if (field.attests !== undefined) cite([field.attests], { by: 'attestation', path: field.path, title: field.label });
  }
  return found;
}

export const fieldsOf = (call: Pick<CompiledCall, 'form' | 'materials'>): FormField[] => [
  ...call.form.sections.flatMap((section) => section.fields.flatMap((field) => [field, ...(field.columns ?? [])])),
  ...call.materials.flatMap((material) => material.facts),
];

/** Citations of clauses that do not exist, reported where they are written. */
export function reportUnknownClauses(
  compilation: Compilation,
  known: readonly string[],
  cited: readonly { owner: object; key: string; clauses: readonly string[] }[],
): void {
  for (const { owner, key, clauses } of cited) {
    for (const [at, id] of clauses.entries()) {
      if (known.includes(id)) continue;
      const place = compilation.place(clauses, at) ?? compilation.place(owner, key);
      compilation.reportAt(place, `clauses.yaml 里没有条款“${id}”`, suggest(id, known));
    }
  }
}
