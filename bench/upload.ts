import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from './browser/own-server.ts';
import { machine, processorMs, quantile, table } from './measure.ts';

/** Megabytes (10^6 bytes) a second of files of 10 MB, four on their way at a time. */
export type UploadReport = {
  machine: string;
  megabytes: number;
  atATime: number;
  /** The same bytes written to files of the same disk and brought onto it, without a server: median of the rounds. */
  plain: number;
  /**
   * Median of the rounds and the best of them, each as a share of the plain writing right before it, the slowest receipt in milliseconds,
   * and the server's processor time for a file: what is left of the figures when the machine has other work as well.
   */
  ways: { way: string; perSecond: number; best: number; ofPlain: number; slowestMs: number; processorMs: number }[];
};

const FILE_BYTES = 10_000_000;
const AT_A_TIME = 4;
const FILES = 16;
const ROUNDS = 5;
const CALL = 'liaoning-2026-international';
const APPLICANT = 'shenbao-liaoning';
const MATERIALS = ['integrityPledgePrincipalInvestigator', 'integrityPledgeOrganisation', 'scienceDataPledge'];

type Sent = { content: Buffer; sha256: string };
type Way = (sent: Sent, ordinal: number) => Promise<void>;

/** From the first byte that is sent to the receipt: received, brought onto the disk, read back, its hash compared with the sender's. */
export async function measureUploads(): Promise<UploadReport> {
  const server = await startServer();
  const folder = await mkdtemp(join(tmpdir(), 'keshen-bench-'));
  const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME });
  try {
    const ask = await asApplicant(server.address, agent);
    const ways: [string, Way][] = [
      ['one request', putWhole(ask)],
      ['resumable (tus)', sendResumably(ask)],
    ];
    const files = Array.from({ length: FILES }, (_, ordinal) => paper(ordinal));
    const plain: number[] = [];
    const measured = ways.map(([way]) => ({
      way,
      perSecond: [] as number[],
      ofPlain: [] as number[],
      slowestMs: [] as number[],
      processorMs: [] as number[],
    }));
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [at, [, way]] of ways.entries()) {
        const reference = await inParallel(files, (file, ordinal) =>
          write(join(folder, String(ordinal)), file.content),
        );
        await untilInspected(ask);
        const before = processorMs(server.pid);
        const run = await inParallel(
          files.map(({ content }) => renewed(content)),
          way,
        );
        // The first round warms up.
        if (round === 0) continue;
        plain.push(reference.perSecond);
        measured[at]?.perSecond.push(run.perSecond);
        measured[at]?.ofPlain.push(run.perSecond / reference.perSecond);
        measured[at]?.slowestMs.push(run.slowestMs);
        measured[at]?.processorMs.push((processorMs(server.pid) - before) / FILES);
      }
    }
    return {
      machine: machine(),
      megabytes: (FILES * FILE_BYTES) / 1e6,
      atATime: AT_A_TIME,
      plain: quantile(plain, 0.5),
      ways: measured.map(({ way, perSecond, ofPlain, slowestMs, ...measuredMs }) => ({
        way,
        perSecond: quantile(perSecond, 0.5),
        best: Math.max(...perSecond),
        ofPlain: quantile(ofPlain, 0.5),
        slowestMs: Math.max(...slowestMs),
        processorMs: quantile(measuredMs.processorMs, 0.5),
      })),
    };
  } finally {
    agent.destroy();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A PDF of one page with much in it that is not drawn, of exactly the size wanted. */
function paper(ordinal: number): Sent {
  const tail = Buffer.from('\nendstream\nendobj\n');
  const streamBytes = FILE_BYTES - 900;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
    `<< /Length ${streamBytes} /Ordinal ${ordinal} >>`,
  ];
  let start = '%PDF-1.7\n';
  const offsets = objects.map((object, at) => {
    const offset = start.length;
    start += `${at + 1} 0 obj\n${object}\n${at === 3 ? 'stream\n' : 'endobj\n'}`;
    return offset;
  });
  const xref = start.length + streamBytes + tail.length;
  const end = [
    `xref\n0 5\n0000000000 65535 f \n`,
    ...offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`),
    `trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`,
  ].join('');
  const padding = FILE_BYTES - xref - end.length;
  return renewed(
    Buffer.concat([Buffer.from(start), randomBytes(streamBytes), tail, Buffer.from(end), Buffer.alloc(padding, '\n')]),
  );
}

/** The same file with other bytes in its middle: what is stored already would be less work. */
function renewed(content: Buffer): Sent {
  randomBytes(32).copy(content, content.length / 2);
  return { content, sha256: createHash('sha256').update(content).digest('hex') };
}

async function inParallel(files: Sent[], way: Way): Promise<{ perSecond: number; slowestMs: number }> {
  const begun = performance.now();
  let next = 0;
  let slowestMs = 0;
  const worker = async (): Promise<void> => {
    for (;;) {
      const ordinal = next;
      next += 1;
      const file = files[ordinal];
      if (!file) return;
      const before = performance.now();
      await way(file, ordinal);
      slowestMs = Math.max(slowestMs, performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return { perSecond: (files.length * FILE_BYTES) / 1e3 / (performance.now() - begun), slowestMs };
}

async function write(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'w');
  await file.writeFile(content);
  await file.sync();
  await file.close();
}

type Asked = { method: string; path: string; headers?: Record<string, string | number>; body?: Buffer };
type Answered = { status: number; headers: NodeJS.Dict<string | string[]>; body: string };
type Ask = (asked: Asked) => Promise<Answered>;

const sent = (address: string, agent: Agent, { method, path, headers = {}, body }: Asked): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const asking = request(
      `${address}${path}`,
      { method, agent, headers: { 'x-keshen': '1', ...headers } },
      (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces).toString() }),
        );
      },
    );
    asking.on('error', reject);
    asking.end(body);
  });

const asJson = (body: object) => ({
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(body)),
});

/** Signed in as the demonstration applicant. */
async function asApplicant(address: string, agent: Agent): Promise<Ask> {
  const people: { people: { login: string; password: string }[] } = JSON.parse(
    (await sent(address, agent, { method: 'GET', path: '/api/demonstration' })).body,
  );
  const password = people.people.find(({ login }) => login === APPLICANT)?.password ?? '';
  const session = { method: 'POST', path: '/api/session', ...asJson({ login: APPLICANT, password }) };
  const cookies = (await sent(address, agent, session)).headers['set-cookie'] ?? [];
  const cookie = [cookies]
    .flat()
    .map((one) => one.split(';')[0])
    .join('; ');
  return (asked) => sent(address, agent, { ...asked, headers: { cookie, ...asked.headers } });
}

/** One application for all: its row is what uploads to it wait for. */
async function newApplication(ask: Ask): Promise<string> {
  const rounds: { items: { id: string; callKey: string }[] } = JSON.parse(
    (await ask({ method: 'GET', path: '/api/rounds' })).body,
  );
  const roundId = rounds.items.find(({ callKey }) => callKey === CALL)?.id;
  const made = await ask({ method: 'POST', path: '/api/applications', ...asJson({ roundId, notClassified: true }) });
  const { id }: { id: string } = JSON.parse(made.body);
  return id;
}

/** The applicant's applications, until what was received for them has been looked into: that is other work, and comes after. */
async function untilInspected(ask: Ask): Promise<void> {
  for (;;) {
    const listed = await ask({ method: 'GET', path: '/api/applications?limit=100' });
    const { items }: { items: { id: string }[] } = JSON.parse(listed.body);
    const answers = await Promise.all(
      items.map(({ id }) => ask({ method: 'GET', path: `/api/applications/${id}/materials` })),
    );
    const inForce = answers.flatMap(({ body }) => (JSON.parse(body) as { attachments: object[] }).attachments);
    if (!JSON.stringify(inForce).includes('"checking"')) return;
    await new Promise((resolve) => void setTimeout(resolve, 200));
  }
}

const materialFor = (ordinal: number): string => MATERIALS[ordinal % MATERIALS.length] ?? '';

function putWhole(ask: Ask): Way {
  const application = newApplication(ask);
  return async ({ content, sha256 }, ordinal) => {
    const receipt = await ask({
      method: 'PUT',
      path: `/api/applications/${await application}/materials/${materialFor(ordinal)}?name=paper.pdf`,
      headers: { 'content-type': 'application/pdf', 'content-length': content.length, 'x-sha256': sha256 },
      body: content,
    });
    expectReceipt(receipt, sha256);
  };
}

function sendResumably(ask: Ask): Way {
  const application = newApplication(ask);
  const tus = { 'tus-resumable': '1.0.0' };
  return async ({ content, sha256 }, ordinal) => {
    const place = { application: await application, material: materialFor(ordinal), filename: 'paper.pdf', sha256 };
    const metadata = Object.entries(place).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`);
    const created = await ask({
      method: 'POST',
      path: '/api/uploads',
      headers: { ...tus, 'upload-length': content.length, 'upload-metadata': metadata.join(',') },
    });
    const receipt = await ask({
      method: 'PATCH',
      path: String(created.headers['location']),
      headers: {
        ...tus,
        'upload-offset': 0,
        'content-type': 'application/offset+octet-stream',
        'content-length': content.length,
      },
      body: content,
    });
    expectReceipt(receipt, sha256);
  };
}

function expectReceipt({ status, body }: Answered, sha256: string): void {
  const receipt: { sha256?: string } = status === 200 ? JSON.parse(body) : {};
  if (receipt.sha256 !== sha256) throw new Error(`no receipt: ${status} ${body}`);
}

if (import.meta.main) {
  const report = await measureUploads();
  if (process.argv.includes('--json')) console.log(JSON.stringify(report));
  else {
    const figure = (perSecond: number) => `${perSecond.toFixed(0)} MB/s`;
    const [load = 0] = loadavg();
    console.log(
      `${report.machine}, load ${load.toFixed(1)}; files of 10 MB, ${report.atATime} at a time, hashed and confirmed\n`,
    );
    console.log(
      table(
        ['way', 'median', 'best', 'of plain writing', 'slowest receipt', 'server’s processor time, a file'],
        [
          ['plain write and fsync', figure(report.plain), '', '1.00', '', ''],
          ...report.ways.map(({ way, perSecond, best, ofPlain, slowestMs, processorMs: ms }) => [
            way,
            figure(perSecond),
            figure(best),
            ofPlain.toFixed(2),
            `${slowestMs.toFixed(0)} ms`,
            `${ms.toFixed(0)} ms`,
          ]),
        ],
      ),
    );
  }
}
