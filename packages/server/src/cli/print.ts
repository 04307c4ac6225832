import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LinkedCall, linkCall, type MaterialFile, parseInstant, type State, type Subject } from '@keshen/rules';
import { type Content, opinionsOf, renderPrint } from '../applications/index.ts';
import { checksumOf } from '../calls/index.ts';
import { readConfig } from '../platform/config.ts';
import { openDocuments } from '../platform/documents/index.ts';
import { readArguments, UsageError } from './arguments.ts';
import { openCall } from './open-call.ts';
import { readDocument } from './read-document.ts';

const USAGE =
  '用法：keshen print CALL 申报.json --out 文件.pdf [--state draft|review|final] [--rehearsal] [--with-attachments 文件夹] [--at 2025-11-20T10:00:00+08:00]';

/** What each state of `--state` prints as: 草稿, 送审, 正式上报版. */
const STATES: Record<string, State> = { draft: 'draft', review: 'with_organisation', final: 'recommended' };

/** Prints one application from a file, without a database. Exit code 0 printed, 2 wrong use, unreadable input or unprintable text. */
export async function run(args: string[]): Promise<number> {
  const names = ['out', 'state', 'at', 'with-attachments'];
  const { positional, option, optional, flag } = readArguments(args, names, ['rehearsal']);
  const [name, file, ...rest] = positional;
  if (!file || rest.length > 0) throw new UsageError(USAGE);
  const out = option('out');
  const state = STATES[optional('state') ?? 'draft'];
  if (!state) throw new UsageError(`--state 可以写 ${Object.keys(STATES).join('、')}，现为“${optional('state')}”。`);
  const { call, reference } = await openCall(name);
  const subject = await readDocument(call.compiled, file, { at: optional('at') });
  const linked = linkCall(call.compiled, { asOf: subject.at.date, reference });
  const folder = optional('with-attachments');
  const attachments = await listAttachments(subject, folder);
  const content = contentOf(linked, subject, { rehearsal: flag('rehearsal'), attachments });

  const { publicUrl } = readConfig(process.env);
  const documents = openDocuments();
  try {
    const print = await renderPrint(documents, {
      content,
      linked,
      at: subject.at,
      state,
      authorityName: call.compiled.authority,
      printedAt: new Date(parseInstant(subject.at.instant) ?? 0),
      opinions: opinionsOf([], call.compiled),
      publicUrl,
      // Without the system nothing signs the code; once the same content was submitted, the system knows it by the code alone.
      verifyUrl: ({ versionCode }) => `${publicUrl}/v/${versionCode.replaceAll('-', '')}`,
      ...(folder !== undefined && { readAttachment: ({ fileName }) => readFile(join(folder, fileName)) }),
    });
    if (!print.ok) {
      const { message, remedy = '' } = print.refusal;
      console.error(`没有打印。${message}${remedy}`);
      return 2;
    }
    await write(out, print.value.bytes);
    console.log(`${out}：${print.value.pages} 页，版本码 ${print.value.versionCode}`);
    return 0;
  } finally {
    await documents.close();
  }
}

/** The content as it would be frozen; what only the system gives (number, department, applicant) is left open. */
const contentOf = (
  { call }: LinkedCall,
  { application }: Subject,
  { rehearsal, attachments }: { rehearsal: boolean; attachments: Content['attachments'] },
): Content => ({
  number: '（未编号）',
  callVersion: checksumOf(call),
  mode: rehearsal ? 'rehearsal' : 'live',
  organisation: { uscc: textOf(application['lead']?.['uscc']), name: textOf(application['lead']?.['name']) },
  department: '',
  applicant: '',
  sections: application,
  attachments,
});

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The attachments that the document names; their hashes and sizes are those of the files where the folder is given. */
async function listAttachments({ materials }: Subject, folder: string | undefined): Promise<Content['attachments']> {
  const named = Object.entries(materials).flatMap(([material, files]) => files.map((file) => ({ material, file })));
  const there = folder === undefined ? [] : await namesIn(folder);
  const missing = folder === undefined ? [] : named.filter(({ file }) => !there.includes(file.fileName));
  if (missing.length > 0) {
    const names = missing.map(({ file }) => `“${file.fileName}”`).join('、');
    throw new UsageError(`文件夹“${folder}”里没有这些附件：${names}。请放进去，或者不写 --with-attachments。`);
  }
  const listed: Content['attachments'] = [];
  for (const { material, file } of named) {
    const bytes = folder === undefined ? undefined : await readFile(join(folder, file.fileName));
    listed.push({
      material,
      ...(file.row !== undefined && { row: file.row }),
      fileName: file.fileName,
      bytes: bytes?.length ?? file.bytes,
      sha256: bytes ? createHash('sha256').update(bytes).digest('hex') : '',
      facts: factsOf(file),
    });
  }
  return listed;
}

/** Regular files only: a name in the document cannot lead out of the folder. */
async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new UsageError(`“${folder}”不是能读的文件夹。`);
  });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

function factsOf({ id: _id, row: _row, fileName: _fileName, bytes: _bytes, ...facts }: MaterialFile) {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

async function write(out: string, bytes: Uint8Array): Promise<void> {
  await writeFile(out, bytes).catch(() => {
    throw new UsageError(`“${out}”写不进去，请检查文件夹在不在、有没有权限。`);
  });
}
