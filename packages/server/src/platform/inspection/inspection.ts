import type { ClamdAddress } from './clamd.ts';
import { scanFile } from './clamd.ts';
import { refused, type Refused } from '../http/result.ts';
import type { FileType } from './file-type.ts';
import { inspectPdf } from './inspect-pdf.ts';

/**
 * How far the inspection of a stored file has come. `checking`: not finished; `waiting_for_scan`: antivirus is configured but did not
 * answer; `passed`; `hints`: usable, with something a person should know; `failed`: not usable, and no longer in force.
 */
export type InspectionState = 'checking' | 'waiting_for_scan' | 'passed' | 'hints' | 'failed';

export type VirusState = 'clean' | 'found' | 'waiting' | 'not_scanned';

/** What is kept of an inspection beside the file. `notes`: the hints, or the reason why it failed. */
export type Inspection = { state: InspectionState; notes: string[]; virus: VirusState };

export type Inspected =
  | { usable: true; pages?: number; inspection: Inspection }
  | { usable: false; code: 'virus' | 'unusable_pdf'; reason: string; remedy: string; virus: VirusState };

export type Asked = { type: FileType; colour: boolean };

/** Looks into a file: antivirus first, since what carries a virus is not opened any further. Takes up to a minute in the worst case. */
export async function inspect(path: string, asked: Asked, clamd: ClamdAddress | undefined): Promise<Inspected> {
  const scan = clamd ? await scanFile(clamd, path) : undefined;
  if (scan?.result === 'found') {
    return {
      usable: false,
      code: 'virus',
      virus: 'found',
      reason: `查出病毒（${scan.name}）`,
      remedy: '请先在本机杀毒，再用干净的电脑重新生成文件后上传。',
    };
  }
  const virus: VirusState = scan === undefined ? 'not_scanned' : scan.result === 'clean' ? 'clean' : 'waiting';
  const looked = asked.type.key === 'pdf' ? await inspectPdf(path, asked) : { usable: true as const, hints: [] };
  if (!looked.usable)
    return { usable: false, code: 'unusable_pdf', virus, reason: looked.reason, remedy: looked.remedy };
  const { hints: notes, ...rest } = looked;
  const settled = notes.length > 0 ? 'hints' : 'passed';
  return { ...rest, inspection: { state: virus === 'waiting' ? 'waiting_for_scan' : settled, notes, virus } };
}

/** Of a file that is looked into later. */
export const notYetInspected = (clamd: ClamdAddress | undefined): Inspection => ({
  state: 'checking',
  notes: [],
  virus: clamd ? 'waiting' : 'not_scanned',
});

/** Whether a file's inspection is still to be finished. */
export const isUnsettled = (inspection: object): boolean =>
  'state' in inspection && (inspection.state === 'checking' || inspection.state === 'waiting_for_scan');

/** Why an application with these attachments cannot be submitted yet; undefined when every inspection is finished. */
export function unsettledRefusal(files: readonly { fileName: string; inspection: object }[]): Refused | undefined {
  const unsettled = files.filter(({ inspection }) => isUnsettled(inspection));
  const [first] = unsettled;
  if (!first) return undefined;
  const waiting = unsettled.some(({ inspection }) => 'state' in inspection && inspection.state === 'waiting_for_scan');
  return refused(409, {
    code: 'attachments_unsettled',
    message: `附件“${first.fileName}”${unsettled.length > 1 ? `等${unsettled.length}个` : ''}还没有${waiting ? '查毒' : '检查完'}，申报没有提交。`,
    where: 'materials',
    remedy: waiting ? '查毒服务暂时没有应答，恢复后会自动查；请稍后再提交。' : '通常几秒钟就好，请稍后再提交。',
  });
}
