import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompiledCall, ReferenceData } from '@keshen/rules';
import { compileCall } from '@keshen/rules/definition';
import type { Context } from '../platform/context.ts';
import { authorityOf, type AuthoritySeed } from './authority.ts';

export type LibraryCall = { key: string; compiled: CompiledCall; authority: AuthoritySeed };
export type LibraryFault = { key: string; problems: string[] };
export type Library = { calls: LibraryCall[]; faults: LibraryFault[] };

/** Compiles every folder of calls/. A pack with any defect is left out as a whole, with all its problems. */
export async function loadLibrary({ config, reference }: Pick<Context, 'config' | 'reference'>): Promise<Library> {
  const forms = await readForms(config.referenceDir);
  const library: Library = { calls: [], faults: [] };
  for (const entry of await readdir(config.callsDir, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const loaded = await loadCall(join(config.callsDir, entry.name), entry.name, reference, forms);
    if ('compiled' in loaded) library.calls.push(loaded);
    else library.faults.push(loaded);
  }
  return library;
}

/** The texts of `reference/forms/*.yaml` by name. */
export async function readForms(referenceDir: string): Promise<Record<string, string>> {
  const files = await readFolder(join(referenceDir, 'forms'));
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [file.replace(/\.yaml$/, ''), text]));
}

async function loadCall(
  folder: string,
  key: string,
  reference: ReferenceData,
  forms: Record<string, string>,
): Promise<LibraryCall | LibraryFault> {
  const { compiled, problems } = compileCall(await readFolder(folder), reference, forms);
  if (!compiled) {
    return {
      key,
      problems: problems.map(({ file, line, column, message, suggestion }) =>
        [`${file}:${line}:${column} ${message}`, suggestion].filter(Boolean).join(' '),
      ),
    };
  }
  return { key, compiled, authority: authorityOf(compiled.authority, compiled.departments, reference) };
}

/** The texts of a folder's YAML and JSON files by their path in it. */
export async function readFolder(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(yaml|json)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(folder.length + 1).replaceAll('\\', '/')] = await readFile(path, 'utf8');
  }
  return files;
}
