import type { FieldType } from '../../call.ts';
import type { ValueType } from '../../tree.ts';
import type { WrittenField, WrittenSection } from '../files/form-file.ts';
import type { RowsSymbol, ValueSymbol } from '../expression/symbols.ts';
import { FILE_COLUMNS } from '../expression/symbols.ts';
import type { MaterialsFile } from '../files/materials-file.ts';
import { suggest } from '../problem.ts';
import type { Compilation } from './compilation.ts';

export const VALUE_TYPES: Record<Exclude<FieldType, 'table'>, ValueType> = {
  text: 'text',
  long_text: 'text',
  money: 'money',
  date: 'date',
  integer: 'integer',
  boolean: 'boolean',
  one_of: 'code',
  many_of: 'codes',
  country: 'code',
  division: 'code',
  uscc: 'text',
  resident_id: 'text',
  phone: 'text',
  email: 'text',
  attest: 'boolean',
};

/** Names that expressions use themselves: no section may be called so. */
const WORDS = new Set(['materials', 'facts', 'param', 'reading', 'topic', 'at', 'it', 'in', 'true', 'false']);
/** Names that every object answers to. */
const INHERITED = new Set(['constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty']);

export const isGoodKey = (key: string): boolean => /^[a-z][A-Za-z0-9]*$/.test(key) && !INHERITED.has(key);

const SAY_KEY = '键用英文小写字母开头，后接字母和数字';

export function valueSymbol(field: WrittenField, address: string): ValueSymbol {
  const type = field.type === 'table' ? 'codes' : VALUE_TYPES[field.type];
  const from = field.options_from ?? impliedOptions(field.type);
  return {
    type,
    address,
    ...(field.options && { options: field.options.map(({ value }) => value) }),
    ...(!field.options && from && { optionsFrom: from }),
  };
}

const impliedOptions = (type: FieldType): 'countries' | 'divisions' | undefined =>
  type === 'country' ? 'countries' : type === 'division' ? 'divisions' : undefined;

/** Section → field → symbol, and what is wrong with keys and kinds on the way. */
export function formSymbols(
  compilation: Compilation,
  sections: WrittenSection[],
): Map<string, Map<string, ValueSymbol | RowsSymbol>> {
  const symbols = new Map<string, Map<string, ValueSymbol | RowsSymbol>>();
  for (const section of sections) {
    if (!isGoodKey(section.key)) compilation.report(section, 'key', `“${section.key}”：${SAY_KEY}`);
    if (WORDS.has(section.key)) compilation.report(section, 'key', `“${section.key}”是式子自己的词，不能作部分的键`);
    if (symbols.has(section.key)) compilation.report(section, 'key', `部分“${section.key}”写了两次`);
    const fields = symbols.get(section.key) ?? new Map<string, ValueSymbol | RowsSymbol>();
    symbols.set(section.key, fields);
    for (const field of section.fields) {
      checkField(compilation, field, fields);
      const path = `${section.key}.${field.key}`;
      fields.set(field.key, field.type === 'table' ? tableSymbol(compilation, field, path) : valueSymbol(field, path));
    }
  }
  return symbols;
}

function tableSymbol(compilation: Compilation, field: WrittenField, path: string): RowsSymbol {
  const columns = new Map<string, ValueSymbol>([['id', { type: 'text', address: `${path}.id` }]]);
  if (!field.columns || field.columns.length === 0)
    compilation.report(field, 'type', `表“${field.label}”没有写 columns`);
  for (const column of field.columns ?? []) {
    checkField(compilation, column, columns);
    if (column.type === 'table') compilation.report(column, 'type', '表里不能再套表');
    columns.set(column.key, valueSymbol(column, `${path}.${column.key}`));
  }
  if (field.rowName !== undefined && !columns.has(field.rowName)) {
    compilation.report(field, 'rowName', `没有“${field.rowName}”一列`, suggest(field.rowName, [...columns.keys()]));
  }
  return { list: { from: 'table', path }, columns };
}

/** Things that are wrong with a field by itself. */
function checkField(compilation: Compilation, field: WrittenField, siblings: ReadonlyMap<string, unknown>): void {
  if (!isGoodKey(field.key)) compilation.report(field, 'key', `“${field.key}”：${SAY_KEY}`);
  if (siblings.has(field.key)) compilation.report(field, 'key', `“${field.key}”写了两次`);
  const isChoice = field.type === 'one_of' || field.type === 'many_of';
  if (isChoice && !field.options && !field.options_from) {
    compilation.report(field, 'type', `“${field.label}”没有选项`, '写 options 或 options_from');
  }
  if (!isChoice && field.options) compilation.report(field, 'options', `${field.type} 不能有选项`);
  if (field.columns && field.type !== 'table') compilation.report(field, 'columns', '只有 table 有 columns');
  if (field.attests !== undefined && field.type !== 'attest') {
    compilation.report(field, 'attests', 'attests 只用在 type: attest 的声明上');
  }
  const values = field.options?.map(({ value }) => value) ?? [];
  const twice = values.find((value, at) => values.indexOf(value) !== at);
  if (twice !== undefined) compilation.report(field, 'options', `选项“${twice}”写了两次`);
}

export function materialSymbols(compilation: Compilation, materials: MaterialsFile): Map<string, RowsSymbol> {
  const symbols = new Map<string, RowsSymbol>();
  for (const material of materials) {
    const { key } = material;
    if (!isGoodKey(key)) compilation.report(material, 'key', `“${key}”：${SAY_KEY}`);
    if (symbols.has(key)) compilation.report(material, 'key', `材料“${key}”写了两次`);
    const columns = new Map<string, ValueSymbol>(
      FILE_COLUMNS.map(([column, type]) => [column, { type, address: `materials.${key}.${column}` }]),
    );
    for (const fact of material.facts ?? []) {
      checkField(compilation, fact, columns);
      if (fact.type === 'table') compilation.report(fact, 'type', '文件旁边不能填表');
      columns.set(fact.key, valueSymbol(fact, `materials.${key}.${fact.key}`));
    }
    symbols.set(key, { list: { from: 'materials', path: key }, columns });
  }
  return symbols;
}
