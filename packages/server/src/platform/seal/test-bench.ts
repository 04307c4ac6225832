import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Result } from '../http/result.ts';
import { openDocuments } from '../documents/index.ts';
import type { SealAuthority, SealSubject } from './authority.ts';
import { openLocalAuthority } from './local/local-authority.ts';
import type { SealOrder } from './seal-document.ts';

/** What the tests of seals share: invented parties, documents of both cross-reference kinds, and independent tools where they are there. */

export const ORDERED = new Date('2025-11-18T10:00:00+08:00');

const organisation = { name: '内蒙古某某草原生态科学研究院', unifiedSocialCreditCode: '12150000MB0X123454' };
export const lead = { kind: 'leadOrganisation', organisation } satisfies SealSubject;
export const representative = { kind: 'legalRepresentative', organisation, person: '乌云其木格' } satisfies SealSubject;

export const leadOrder: SealOrder = {
  subject: lead,
  place: { page: 1, x: 150, y: 230 },
  reason: '申报单位审核盖章（演练）',
  lines: ['科技项目申报专用章'],
  rehearsal: true,
  at: ORDERED,
};
export const representativeOrder: SealOrder = {
  subject: representative,
  place: { page: 1, x: 105, y: 235 },
  reason: '法定代表人签章（演练）',
  rehearsal: true,
  at: ORDERED,
};

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'keshen-seal-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The rehearsal authority, with certificates of both parties issued, at a clock that stands still. */
export async function rehearsalAuthority(directory: string, now = ORDERED): Promise<SealAuthority> {
  const authority = await openLocalAuthority({ directory, production: false, clock: { now: () => now } });
  for (const subject of [lead, representative]) value(await authority.issue(subject, 'rsa-sha256', true));
  value(await authority.issue(lead, 'sm2-sm3', true));
  return authority;
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

/** A print of this house: cross-reference stream, object streams, tagged. */
export async function printedPdf(): Promise<Buffer> {
  const documents = openDocuments();
  const data = {
    documentTitle: '测试清单',
    author: '测试市科学技术局',
    rehearsal: true,
    mark: { text: '演练', final: false },
    header: ['测试市科学技术局', '测试清单'],
    code: 'ABCD-EFGH-JKMN-PQRS',
    codeWord: '清单码',
    verifyUrl: 'https://keshen.example/v/X',
    title: '测试清单',
    department: '测试市科学技术局',
    departmentWord: '初审单位',
    exported: '第1次导出',
    voided: '',
    count: 2,
    columns: [
      { label: '序号', width: '11mm', align: 'center' },
      { label: '项目名称', width: '1fr', align: 'left' },
    ],
    rows: [
      ['1', '第一个项目'],
      ['2', '第二个项目'],
    ],
    footnotes: [],
    flipped: false,
    size: 9.5,
    head: [],
    totals: [],
  };
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h.2v.2H0z"/></svg>';
  try {
    const request = { template: 'recommendation-list' as const, data, images: { 'qr.svg': svg }, createdAt: ORDERED };
    return (await documents.render(request)).bytes;
  } finally {
    await documents.close();
  }
}

/** One page with a classical cross-reference table, as older programs write it. */
export function tablePdf(): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>',
    '<< /Length 19 >>\nstream\n0 0 100 100 re f   \nendstream',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = file.length;
  file += `xref\n0 5\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  return Buffer.from(`${file}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`, 'latin1');
}

/** Whether a program is on this machine; tests that ask it are skipped elsewhere. */
export function installed(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Writes the bytes to a file of that name, calls the program in that directory and returns all that it says, whatever its exit code. */
export function ask(
  directory: string,
  files: Record<string, Uint8Array>,
  program: string,
  ...options: string[]
): string {
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(directory, name), bytes);
  try {
    return execFileSync(program, options, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `${stdout}\n${stderr}`;
  }
}
