import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { callForBrowser, referenceForBrowser, type CompiledCall, type ReferenceData } from '@keshen/rules';
import { build } from 'vite';

/** Bytes after gzip -9 and minification. */
export type BrowserSize = { engine: number; data: number; reference: number };

/** What a browser loads to judge one call: the engine as the web application uses it, the call, the reference data. */
export async function browserSize(call: CompiledCall, reference: ReferenceData): Promise<BrowserSize> {
  return {
    engine: gzipped(await bundled(await namesUsedByWeb())),
    data: gzipped(JSON.stringify(callForBrowser(call))),
    reference: gzipped(JSON.stringify(referenceForBrowser(call, reference))),
  };
}

const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length;

const WEB = join(import.meta.dirname, '../../packages/web/src');

/** The values, not the types, that the web application imports from the engine. */
async function namesUsedByWeb(): Promise<string[]> {
  const names = new Set<string>();
  for (const entry of await readdir(WEB, { recursive: true, withFileTypes: true })) {
    if (!/(?<!\.test)\.tsx?$/.test(entry.name)) continue;
    const text = await readFile(join(entry.parentPath, entry.name), 'utf8');
    for (const [, list = ''] of text.matchAll(/import \{([^}]*)\} from '@keshen\/rules'/g)) {
      for (const name of list.split(',').map((part) => part.trim())) {
        if (name !== '' && !name.startsWith('type ')) names.add(name.split(' as ')[0] ?? name);
      }
    }
  }
  if (!names.has('evaluate')) throw new Error('the web application does not seem to use the engine');
  return [...names].toSorted();
}

async function bundled(names: readonly string[]): Promise<string> {
  const entry = 'virtual:engine';
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    plugins: [
      {
        name: entry,
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? `export { ${names.join(', ')} } from '@keshen/rules';` : undefined),
      },
    ],
    build: { write: false, target: 'es2022', rollupOptions: { input: entry, preserveEntrySignatures: 'strict' } },
  });
  const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  return outputs.map((output) => (output.type === 'chunk' ? output.code : '')).join('');
}
