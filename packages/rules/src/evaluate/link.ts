import type { CompiledCall, CompiledRule, Form, FormField, MaterialDefinition, Quota, Window } from '../call.ts';
import type { ReferenceData } from '../reference.ts';
import type { Constant, Expr } from '../tree.ts';
import { Closures } from './closures.ts';
import { constantValue, type Value } from './values.ts';
import { resolve, type Settings } from './resolve.ts';
import { Vocabulary } from '../explain/vocabulary.ts';

/** A call made ready for one day and one choice of readings. Immutable; share it between evaluations. */
export type LinkedCall = {
  call: CompiledCall;
  /** `YYYY-MM-DD`: the day whose parameters hold. */
  asOf: string;
  readings: Readonly<Record<string, string>>;
  reference: ReferenceData;
  rules: readonly CompiledRule[];
  form: Form;
  materials: readonly MaterialDefinition[];
  windows: readonly Window[];
  quotas: readonly Quota[];
  parameters: ReadonlyMap<string, Constant>;
  closures: Closures;
  vocabulary: Vocabulary;
};

export type LinkOptions = {
  asOf: string;
  /** Readings an authority has switched; the others are as the call takes them. */
  readings?: Readonly<Record<string, string>>;
  reference: ReferenceData;
};

/**
 * Puts parameters of the day and readings into the rules. Throws when a parameter has no value for that day (never the last
 * known one), when a reading or one of its options does not exist.
 */
export function linkCall(call: CompiledCall, { asOf, readings: switched = {}, reference }: LinkOptions): LinkedCall {
  const readings = chosenReadings(call, switched);
  const parameters = parametersOn(call, asOf);
  const settings: Settings = { parameters, readings };
  const taken = (item: { under?: Record<string, string> }): boolean =>
    Object.entries(item.under ?? {}).every(([key, option]) => readings[key] === option);

  const form = resolveForm(call.form, settings);
  // What no application is asked for under the readings taken is not shown as something that might have been.
  const materials = call.materials
    .map((material) => resolveMaterial(material, settings))
    .filter(({ when }) => !(when?.op === 'const' && when.value === false));
  const shown = conditionsOfDisplay(form);
  const closures = new Closures({
    groups: reference.groups,
    rankOfTitle: new Map(reference.titles.map((title) => [title.key, title.rank])),
    topicField: call.topicField,
    topicValues: valuesOfTopics(call),
    shownIf: (address) => shown.get(address),
  });
  return {
    call,
    asOf,
    readings,
    reference,
    rules: call.rules.filter(taken).map((rule) => resolveRule(rule, settings)),
    form,
    materials,
    windows: call.windows.filter(taken).map((window) => withTrees(window, settings, ['closesInclusive'])),
    quotas: call.quotas.filter(taken).map((quota) => ({
      ...withTrees(quota, settings, ['when']),
      bonus: quota.bonus.filter(taken),
      ...(quota.except && { except: quota.except.map((exception) => withTrees(exception, settings, ['when'])) }),
    })),
    parameters,
    closures,
    vocabulary: new Vocabulary({ call, form, materials, reference }),
  };
}

function chosenReadings(call: CompiledCall, switched: Readonly<Record<string, string>>): Record<string, string> {
  const readings = Object.fromEntries(call.readings.map((reading) => [reading.key, reading.taken]));
  for (const [key, option] of Object.entries(switched)) {
    const reading = call.readings.find((candidate) => candidate.key === key);
    if (!reading) throw new Error(`本通知没有名为“${key}”的读法`);
    if (!Object.hasOwn(reading.options, option)) throw new Error(`读法“${reading.point}”没有选项“${option}”`);
    readings[key] = option;
  }
  return readings;
}

function parametersOn(call: CompiledCall, asOf: string): Map<string, Constant> {
  const values = new Map<string, Constant>();
  for (const parameter of call.parameters) {
    const holding = parameter.values.find(({ from, until }) => from <= asOf && (until === undefined || asOf <= until));
    if (!holding) throw new Error(`参数“${parameter.label}”没有${asOf}当日适用的取值`);
    values.set(parameter.key, holding.value);
  }
  return values;
}

function valuesOfTopics(call: CompiledCall): Map<string, Map<string, Value>> {
  const byKey = new Map<string, Map<string, Value>>();
  for (const topic of call.topics) {
    for (const [key, { type, value }] of Object.entries(topic.values)) {
      const values = byKey.get(key) ?? new Map<string, Value>();
      byKey.set(key, values.set(topic.code, constantValue(type, value)));
    }
  }
  return byKey;
}

/** Copies an object with the named trees resolved. */
function withTrees<T extends object>(item: T, settings: Settings, keys: readonly (keyof T)[]): T {
  const copy = { ...item };
  for (const key of keys) {
    const tree = item[key];
    if (typeof tree === 'object' && tree !== null) copy[key] = resolve(tree as unknown as Expr, settings) as T[keyof T];
  }
  return copy;
}

/** A rule with the parameters of the day and the readings put in. */
export function resolveRule(rule: CompiledRule, settings: Settings): CompiledRule {
  return {
    ...withTrees(rule, settings, ['when', 'require']),
    except: rule.except.map((exception) => withTrees(exception, settings, ['when'])),
    ...(rule.human && { human: withTrees(rule.human, settings, ['when']) }),
    ...(rule.forEach && { forEach: withTrees(rule.forEach, settings, ['when']) }),
  };
}

const resolveField = (field: FormField, settings: Settings): FormField => ({
  ...withTrees(field, settings, ['when', 'required']),
  ...(field.columns && { columns: field.columns.map((column) => resolveField(column, settings)) }),
});

const resolveForm = (form: Form, settings: Settings): Form => ({
  ...form,
  sections: form.sections.map((section) => ({
    ...withTrees(section, settings, ['when']),
    fields: section.fields.map((field) => resolveField(field, settings)),
  })),
});

const resolveMaterial = (material: MaterialDefinition, settings: Settings): MaterialDefinition => ({
  ...withTrees(material, settings, ['when']),
  ...(material.forEach && { forEach: withTrees(material.forEach, settings, ['when']) }),
  facts: material.facts.map((fact) => resolveField(fact, settings)),
});

/** By address: the section's condition and the field's own, together. */
function conditionsOfDisplay(form: Form): Map<string, Expr> {
  const conditions = new Map<string, Expr>();
  for (const section of form.sections) {
    for (const field of section.fields) {
      const both = [section.when, field.when].filter((condition) => condition !== undefined);
      const [only] = both;
      if (only) conditions.set(field.path, both.length === 1 ? only : { op: 'and', type: 'boolean', of: both });
      for (const column of field.columns ?? []) if (column.when) conditions.set(column.path, column.when);
    }
  }
  return conditions;
}
