import { readFile } from 'node:fs/promises';
import {
  type CompiledCall,
  linkCall,
  type LinkedCall,
  readSubject,
  type ReferenceData,
  type Subject,
} from '@keshen/rules';
import { type Content, opinionsOf, renderPrint } from '../../packages/server/src/applications/index.ts';
import { checksumOf, loadLibrary } from '../../packages/server/src/calls/index.ts';
import { readConfig } from '../../packages/server/src/platform/config.ts';
import type { Documents } from '../../packages/server/src/platform/documents/index.ts';
import { loadReference } from '../../packages/server/src/platform/reference/load-reference.ts';

const CALL = 'liaoning-2026-international';
const EXAMPLE = new URL(`../../calls/${CALL}/examples/several-partners.json`, import.meta.url);

/** Everything that printing needs, as plain JSON: a process that has not read the calls can start from it. */
export type Material = { compiled: CompiledCall; reference: ReferenceData; subject: Subject };

export async function longApplication(): Promise<Material> {
  const config = readConfig({});
  const reference = await loadReference(config.referenceDir);
  const { calls } = await loadLibrary({ config, reference });
  const call = calls.find(({ key }) => key === CALL);
  if (!call) throw new Error(`${CALL} has a defect`);
  const example: object = JSON.parse(await readFile(EXAMPLE, 'utf8'));
  return { compiled: call.compiled, reference, subject: readSubject(call.compiled, example).subject };
}

/** An example of the call, written out to about thirty pages, in a wording of its own for each ordinal. */
export async function printLong(material: Material, ordinal: number, by: Documents) {
  const { compiled, subject } = material;
  const result = await renderPrint(by, {
    content: written(subject.application, ordinal, checksumOf(compiled)),
    linked: linkedOf(material),
    at: subject.at,
    state: 'recommended',
    authorityName: compiled.authority,
    printedAt: new Date(subject.at.instant),
    opinions: opinionsOf([], compiled),
    publicUrl: 'https://keshen.example.cn',
    verifyUrl: ({ versionCode }) => `https://keshen.example.cn/v/${versionCode}`,
  });
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}

/** The server links a call once a day. */
const links = new WeakMap<Material, LinkedCall>();
function linkedOf(material: Material): LinkedCall {
  const { compiled, reference, subject } = material;
  const linked = links.get(material) ?? linkCall(compiled, { asOf: subject.at.date, reference });
  links.set(material, linked);
  return linked;
}

/** What the template is given for it, as the peer sets it. */
export async function modelOf(material: Material, ordinal: number): Promise<unknown> {
  let model: unknown;
  await printLong(material, ordinal, {
    missingCharacters: () => [],
    close: async () => undefined,
    render: async ({ data }) => {
      model = data;
      return { bytes: Buffer.alloc(0), pages: 1, marks: [], sealPlaces: [] };
    },
  });
  return model;
}

const SENTENCES = [
  '针对高品质特种钢连铸过程中保护渣性能波动大、表面缺陷率高的问题，研究熔渣结构与热物性的关系。',
  '双方各自发挥优势，外方提供高温热物性测试装置（精度 ±2%），中方建成中试平台并完成 3 炉次工业试验。',
  '到 2028 年，形成配方设计方法 1 套、企业标准 2 项，缺陷率由 4.2% 降到 1.5% 以下，新增产值 1200 万元。',
];

/** About as many characters of running text, with the ordinal in each paragraph. */
const prose = (ordinal: number, paragraphs: number): string =>
  Array.from(
    { length: paragraphs },
    (_, at) =>
      `${ordinal}.${at + 1} ${SENTENCES.map((_one, turn) => SENTENCES[(at + turn) % 3])
        .join('')
        .repeat(2)}`,
  ).join('\n');

type Row = { id: string };
const repeated = <R extends Row>(rows: unknown, times: number): R[] => {
  const list = Array.isArray(rows) ? (rows as R[]) : [];
  return Array.from({ length: times }, (_, at) => ({ ...(list[at % list.length] as R), id: `r${at}` }));
};

function written(example: Content['sections'], ordinal: number, callVersion: string): Content {
  const texts = Object.fromEntries(Object.keys(example['text'] ?? {}).map((key) => [key, prose(ordinal, 10)]));
  return {
    number: `LN-2026-${String(ordinal).padStart(6, '0')}`,
    callVersion,
    mode: 'live',
    organisation: { uscc: '', name: '辽宁恒川冶金研究院有限公司' },
    department: '鞍山市科学技术局',
    applicant: '邓雅琪',
    sections: {
      ...example,
      text: texts,
      members: { list: repeated(example['members']?.['list'], 40) },
      indicators: { list: repeated(example['indicators']?.['list'], 20) },
      budget: { ...example['budget'], items: repeated(example['budget']?.['items'], 20) },
    },
    attachments: [],
  };
}
