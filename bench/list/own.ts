import { createPublicKey, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { linkCall } from '@keshen/rules';
import { namingOf } from '../../packages/server/src/applications/index.ts';
import { loadLibrary } from '../../packages/server/src/calls/index.ts';
import { readConfig } from '../../packages/server/src/platform/config.ts';
import { openDocuments } from '../../packages/server/src/platform/documents/index.ts';
import { loadReference } from '../../packages/server/src/platform/reference/load-reference.ts';
import { signerWith } from '../../packages/server/src/platform/signing/index.ts';
import { listContent } from '../../packages/server/src/recommendations/list-content.ts';
import { renderList } from '../../packages/server/src/recommendations/list-document.ts';
import { readOffline } from '../../packages/server/src/verification/index.ts';
import { quantile } from '../measure.ts';

/** Times are medians: `verify` in ms, `clock` and `processor` in s. */
export type Lists = { verify: number; rows: number; pages: number; clock: number; processor: number };

const ROWS = 2000;
const TIMES = 5;
const CALL = 'liaoning-2026-international';
const EXAMPLES = ['university', 'enterprise', 'institute', 'public-institution', 'several-partners'];

const signer = signerWith(generateKeyPairSync('ed25519').privateKey);

function verifying(): number {
  const key = createPublicKey(signer.publicKey);
  const calls = [{ key: CALL, title: '' }];
  const times = Array.from({ length: 200 }, () => {
    const hash = randomBytes(32).toString('hex');
    const token = signer.tokenFor({ kind: 'list', rehearsal: false, id: randomUUID(), hash, call: CALL });
    const start = performance.now();
    if (readOffline(key, `https://keji.example.cn/v/${token}`, { calls }).is !== 'genuine') throw new Error('not read');
    return performance.now() - start;
  });
  return quantile(times, 0.5);
}

async function printing(): Promise<Omit<Lists, 'verify'>> {
  const config = readConfig({});
  const reference = await loadReference(config.referenceDir);
  const { compiled } = (await loadLibrary({ config, reference })).calls.find(({ key }) => key === CALL) ?? {};
  if (!compiled) throw new Error(`calls/${CALL} does not compile`);
  const asOf = compiled.notice.publishedOn ?? '';
  const linked = linkCall(compiled, { asOf, reference });
  const examples = EXAMPLES.map((name) => {
    const path = fileURLToPath(new URL(`../../calls/${CALL}/examples/${name}.json`, import.meta.url));
    return JSON.parse(readFileSync(path, 'utf8')).application;
  });
  const listed = Array.from({ length: ROWS }, (_, at) => ({
    row: { id: String(at), number: `2026-21-${String(at + 1).padStart(6, '0')}`, title: '', organisationName: '' },
    application: examples[at % examples.length],
    decided: new Map<string, string>(),
  }));
  const content = listContent(
    { call: compiled, callVersion: '', form: linked.form, naming: namingOf(linked) },
    { mode: 'live', department: '示例市科学技术局', ordinal: 1, exportedAt: `${asOf}T10:00:00Z`, contact: undefined },
    listed as never,
  );
  const hash = randomBytes(32).toString('hex');
  const list = {
    id: randomUUID(),
    code: 'ABCD-EFGH-JKMN-PQRS',
    hash,
    content,
    exportedAt: new Date(content.exportedAt),
  };
  const documents = openDocuments();
  const context = { config, documents, signer };
  const runs = [];
  let pages = 0;
  // The first one starts the thread and reads the fonts.
  for (let time = 0; time <= TIMES; time++) {
    const [clock, processor] = [performance.now(), process.cpuUsage()];
    const printed = await renderList(context as never, list as never);
    if (!printed.ok) throw new Error(printed.refusal.message);
    pages = printed.value.pages;
    const { user, system } = process.cpuUsage(processor);
    if (time > 0) runs.push({ clock: (performance.now() - clock) / 1000, processor: (user + system) / 1e6 });
  }
  await documents.close();
  return {
    rows: ROWS,
    pages,
    clock: quantile(
      runs.map(({ clock }) => clock),
      0.5,
    ),
    processor: quantile(
      runs.map(({ processor }) => processor),
      0.5,
    ),
  };
}

console.log(JSON.stringify({ verify: verifying(), ...(await printing()) } satisfies Lists));
