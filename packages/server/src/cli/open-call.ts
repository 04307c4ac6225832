import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { loadLibrary, type LibraryCall, type LibraryFault } from '../calls/index.ts';
import { readConfig } from '../platform/config.ts';
import { loadReference, type Reference } from '../platform/reference/load-reference.ts';
import { UsageError } from './arguments.ts';

export type OpenedLibrary = { calls: LibraryCall[]; faults: LibraryFault[]; reference: Reference };

/** The packs of calls/ (or of `callsDir`), compiled, without a database. */
export async function openLibrary(callsDir?: string): Promise<OpenedLibrary> {
  const config = { ...readConfig(process.env), ...(callsDir && { callsDir }) };
  const reference = await loadReference(config.referenceDir);
  return { ...(await loadLibrary({ config, reference })), reference };
}

/** Opens a call by its key, the unmistakable beginning of one, or the path of its folder. A defective one is a UsageError. */
export async function openCall(name: string | undefined): Promise<{ call: LibraryCall; reference: Reference }> {
  if (!name) throw new UsageError('请写明是哪一份申报通知，例如：keshen check liaoning-2026-international 申报.json');
  const folder = existsSync(resolve(name, 'call.yaml')) ? resolve(name) : undefined;
  const { calls, faults, reference } = await openLibrary(folder && dirname(folder));
  const key = folder ? basename(folder) : name;
  const all = [...calls, ...faults];
  const found = all.find((entry) => entry.key === key) ?? only(all.filter((entry) => entry.key.startsWith(key)));
  if (!found) {
    throw new UsageError(`没有“${name}”这份申报通知。可以写：${all.map((entry) => entry.key).join('、')}`);
  }
  if ('problems' in found) throw new UsageError(`${found.key} 有写错的地方：\n${found.problems.join('\n')}`);
  return { call: found, reference };
}

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);
