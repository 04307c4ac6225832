import { Readable } from 'node:stream';
import { createHash } from 'node:crypto';
import {
  type By,
  type Opened,
  openApplication,
  printToSeal,
  type SealPrintRow,
  sealPrintOf,
  snapshotsOf,
} from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { SealPlaceOfPrint } from '../platform/db/schema.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { SEAL_KINDS } from '../platform/seal/index.ts';
import { maySeal } from './may-seal.ts';
import { insertPrint } from './store.ts';

const MOST_BYTES = 200 * 1024 * 1024;

/** The print of the version submitted last, with the places it has for seals; made when it is first asked for. */
export async function makePrint(context: Context, by: By, applicationId: string): Promise<Result<SealPrintRow>> {
  const opened = await openApplication(context, by, applicationId);
  if (!opened.ok) return opened;
  const allowed = maySeal(by, opened.value);
  return allowed.ok ? printOfLatest(context, by, opened.value) : allowed;
}

async function printOfLatest(context: Context, by: By, opened: Opened): Promise<Result<SealPrintRow>> {
  const { row } = opened;
  const [latest] = await snapshotsOf(context.db, row.id);
  if (!latest) throw new Error(`application ${row.id} was never submitted`);
  const present = await sealPrintOf(context.db, row.id, latest.ordinal);
  if (present) return ok(present);
  const print = await printToSeal(context, opened, latest);
  if (!print.ok) return print;
  const { bytes, pages, sealPlaces } = print.value;
  const sourceSha256 = await keepFile(context, bytes);
  const places = sealPlaces.flatMap(({ kind, ...place }) =>
    SEAL_KINDS.filter((known) => known === kind).map((known): SealPlaceOfPrint => ({ kind: known, ...place })),
  );
  const made = { sourceSha256, applicationId: row.id, ordinal: latest.ordinal, pages, places, madeAt: by.at };
  await insertPrint(context.db, made);
  const stored = await sealPrintOf(context.db, row.id, latest.ordinal);
  if (!stored) throw new Error(`the print of application ${row.id} was not stored`);
  return ok(stored);
}

/** Answers the hash once the store has confirmed the bytes. */
export async function keepFile({ files }: Pick<Context, 'files'>, bytes: Uint8Array): Promise<string> {
  const reception = await files.receive(Readable.from([bytes]), MOST_BYTES);
  if (!reception.ok) throw new Error(`a print that cannot be stored: ${reception.reason}`);
  await reception.file.keep();
  return reception.file.sha256;
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
