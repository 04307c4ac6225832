import type { CompiledCall, FormField, Json } from '../call.ts';
import { FACT_LISTS, type FactColumn, type FactListDefinition } from '../facts.ts';
import { FILE_SHAPES } from './compile/pack.ts';
import { standardFormFile } from './files/form-file.ts';

export type JsonSchema = { [key: string]: Json };

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

const object = (properties: JsonSchema, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...(required.length > 0 && { required: [...required] }),
});

/** The JSON Schema of an application of this call, with Chinese titles. Whether an answer is needed, the rules say. */
export function applicationSchema(call: CompiledCall): JsonSchema {
  const sections = call.form.sections.map((section) => [
    section.key,
    {
      title: section.title,
      ...object(Object.fromEntries(section.fields.map((field) => [field.key, fieldSchema(field)]))),
    },
  ]);
  return { $schema: DRAFT, title: `${call.title}申报书`, ...object(Object.fromEntries(sections)) };
}

/** The whole document that the command line reads: application, materials, facts, instant. */
export function subjectSchema(call: CompiledCall): JsonSchema {
  const materials = call.materials.map((material) => [
    material.key,
    { title: material.title, type: 'array', items: fileSchema(material.facts) },
  ]);
  const { $schema: _, ...application } = applicationSchema(call);
  const { $schema: __, ...facts } = factsSchema();
  return {
    $schema: DRAFT,
    title: `${call.title}申报文件`,
    ...object(
      {
        application,
        materials: object(Object.fromEntries(materials)),
        facts,
        at: {
          title: '时刻',
          anyOf: [
            { type: 'string', examples: ['2025-11-20T10:00:00+08:00'] },
            object({ instant: { type: 'string' }, date: { type: 'string', format: 'date' } }, ['instant', 'date']),
          ],
        },
      },
      ['application', 'at'],
    ),
  };
}

/** What registers know: the same for all calls. */
export function factsSchema(): JsonSchema {
  const lists = Object.entries(FACT_LISTS).map(([key, list]: [string, FactListDefinition]) => [
    key,
    {
      title: list.source,
      type: 'array',
      items: { title: list.noun, ...object(mapValues(list.columns, columnSchema)) },
    },
  ]);
  const source = object(
    {
      status: { title: '能否查询', enum: ['ok', 'down'] },
      asOf: { title: '数据截至', type: 'string', format: 'date' },
      name: { title: '名称', type: 'string' },
    },
    ['status', 'asOf', 'name'],
  );
  return {
    $schema: DRAFT,
    title: '登记信息',
    ...object({
      sources: { title: '来源', ...object(mapValues(FACT_LISTS, () => source)) },
      ...Object.fromEntries(lists),
    }),
  };
}

/** JSON Schemas of the files of a call, by file name, so that an editor completes and checks while writing. */
export const definitionSchemas = (): Record<string, JsonSchema> => ({
  ...Object.fromEntries(
    Object.entries(FILE_SHAPES).map(([file, { schema }]) => [file, { $schema: DRAFT, title: file, ...schema }]),
  ),
  'forms/*.yaml': { $schema: DRAFT, title: '通用申报书', ...standardFormFile.schema },
});

const mapValues = <T>(record: Readonly<Record<string, T>>, make: (value: T) => JsonSchema): JsonSchema =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, make(value)]));

function columnSchema({ label, type, options }: FactColumn): JsonSchema {
  const title = { title: label };
  if (options) return { ...title, ...choice(Object.entries(options).map(([value, name]) => ({ value, label: name }))) };
  if (type === 'boolean') return { ...title, type: 'boolean' };
  if (type === 'integer' || type === 'money') return { ...title, type: 'integer' };
  return { ...title, type: 'string', ...(type === 'date' && { format: 'date' }) };
}

const choice = (options: readonly { value: string; label: string }[]): JsonSchema => ({
  oneOf: options.map(({ value, label }) => ({ const: value, title: label })),
});

function fileSchema(facts: readonly FormField[]): JsonSchema {
  return object(
    {
      id: { title: '文件编号', type: 'string' },
      row: { title: '所属行', type: 'string' },
      fileName: { title: '文件名', type: 'string', maxLength: 300 },
      bytes: { title: '文件大小（字节）', type: 'integer', minimum: 0 },
      ...Object.fromEntries(facts.map((fact) => [fact.key, fieldSchema(fact)])),
    },
    ['fileName', 'bytes'],
  );
}

function fieldSchema(field: FormField): JsonSchema {
  const about = { title: field.label, ...(field.help !== undefined && { description: field.help }) };
  switch (field.type) {
    case 'table': {
      const columns = Object.fromEntries((field.columns ?? []).map((column) => [column.key, fieldSchema(column)]));
      return { ...about, type: 'array', items: object({ id: { title: '行号', type: 'string' }, ...columns }) };
    }
    case 'money':
      return { ...about, type: 'integer', description: `以分为单位：1万元写 1000000。${field.help ?? ''}` };
    case 'integer':
      return {
        ...about,
        type: 'integer',
        ...(typeof field.min === 'number' && { minimum: field.min }),
        ...(typeof field.max === 'number' && { maximum: field.max }),
      };
    case 'boolean':
      return { ...about, type: 'boolean' };
    case 'attest':
      return { ...about, type: 'boolean' };
    case 'date':
      return { ...about, type: 'string', format: 'date' };
    case 'one_of':
      return field.options ? { ...about, ...choice(field.options) } : { ...about, type: 'string' };
    case 'many_of':
      return {
        ...about,
        type: 'array',
        uniqueItems: true,
        items: field.options ? choice(field.options) : { type: 'string' },
      };
    default:
      return { ...about, type: 'string', ...(field.maxLength !== undefined && { maxLength: field.maxLength }) };
  }
}
