import {
  callFile,
  quotasFile,
  topicsFile,
  type CallFile,
  type QuotasFile,
  type TopicsFile,
} from '../files/call-file.ts';
import { clausesFile, type ClausesFile } from '../files/clauses-file.ts';
import { formFile, type FormFile } from '../files/form-file.ts';
import { materialsFile, type MaterialsFile } from '../files/materials-file.ts';
import { casesFile, rulesFile, type WrittenCase, type WrittenRule } from '../files/rules-file.ts';
import type { Shape } from '../shape/shape.ts';
import type { Compilation } from './compilation.ts';

/** The files of a call as they were written. */
export type Pack = {
  call: CallFile;
  clauses: ClausesFile;
  topics: TopicsFile;
  form: FormFile;
  rules: WrittenRule[];
  materials: MaterialsFile;
  quotas: QuotasFile;
  cases: WrittenCase[];
  examples: string[];
};

export const FILE_SHAPES: Record<string, Shape<unknown>> = {
  'call.yaml': callFile,
  'clauses.yaml': clausesFile,
  'topics.yaml': topicsFile,
  'form.yaml': formFile,
  'rules.yaml': rulesFile,
  'materials.yaml': materialsFile,
  'quotas.yaml': quotasFile,
  'cases.yaml': casesFile,
};

/** Reads every file; without the four that nothing can do without, there is no pack. */
export function readPack(compilation: Compilation, files: Readonly<Record<string, string>>): Pack | undefined {
  const read = <T>(file: string, shape: Shape<T>): T | undefined => {
    const text = Object.hasOwn(files, file) ? files[file] : undefined;
    if (text === undefined) {
      compilation.reportFile(file, `缺少文件 ${file}`);
      return undefined;
    }
    return compilation.read(file, text, shape);
  };
  const optional = <T>(file: string, shape: Shape<T[]>): T[] =>
    Object.hasOwn(files, file) && files[file]?.trim() !== '' ? (read(file, shape) ?? []) : [];
  const [call, clauses, form] = [
    read('call.yaml', callFile),
    read('clauses.yaml', clausesFile),
    read('form.yaml', formFile),
  ];
  const rest = {
    topics: optional('topics.yaml', topicsFile),
    rules: optional('rules.yaml', rulesFile),
    materials: optional('materials.yaml', materialsFile),
    quotas: optional('quotas.yaml', quotasFile),
    cases: optional('cases.yaml', casesFile),
    examples: Object.keys(files).flatMap((file) => /^examples\/(.+)\.json$/.exec(file)?.[1] ?? []),
  };
  return call && clauses && form ? { call, clauses, form, ...rest } : undefined;
}
