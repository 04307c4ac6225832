import { type Materials, readSubject, type Subject } from '@keshen/rules';
import { applicationContentOf, attachmentsOf, attempt, type By, eventBy, materialsOf } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { openDraft } from './open-draft.ts';
import { type Left, noPledges, type Proposal, proposalFrom } from './proposal.ts';

/** An application as a document: what `keshen check` reads, and what this house takes back. */
export type ExportedApplication = Pick<Subject, 'application' | 'materials'> & { at: string };

/** The whole application as a file. That its personal numbers leave the house is logged. */
export const exportApplication = async (
  context: Context,
  by: By,
  id: string,
): Promise<Result<{ document: ExportedApplication; fileName: string }>> => {
  const opened = await openDraft(context, by, id);
  if (!opened.ok) return opened;
  return attempt(context, by, { action: 'exportApplication', applicationId: id }, async (trx) => {
    const materials: Materials = materialsOf(await attachmentsOf(trx, id));
    const document = { application: await applicationContentOf(trx, id), materials, at: inBeijing(by.at) };
    await context.log(trx, {
      ...eventBy(by, { action: 'exportApplication', applicationId: id }),
      outcome: 'done',
      detail: {},
    });
    return ok({ document, fileName: `${opened.value.row.number}.json` });
  });
};

const EIGHT_HOURS_MS = 8 * 3_600_000;
const inBeijing = (at: Date): string =>
  new Date(at.getTime() + EIGHT_HOURS_MS).toISOString().replace(/\.\d+Z$/, '+08:00');

/** A dry run: what of the file could be taken, and each thing that could not, by its place in the file. Nothing is changed. */
export async function proposeImport(
  context: Context,
  by: By,
  { id, document }: { id: string; document: unknown },
): Promise<Result<Proposal>> {
  const opened = await openDraft(context, by, id);
  if (!opened.ok) return opened;
  const call = opened.value.round.compiled;
  const read = readSubject(call, withMoment(document));
  if (read.problems.some(({ path }) => path === '' || path === 'application')) {
    const [first] = read.problems;
    return refused(422, {
      code: 'not_an_application',
      message: `这个文件不是申报书：${first?.message ?? ''}。`,
      remedy: '请选用本系统导出的 .json 文件，或者按说明写成 { "application": { … } }。',
    });
  }
  const other = read.problems
    .filter(({ path }) => !path.startsWith('application.'))
    .map(({ path, message }): Left => ({ path, label: '申报书以外的部分', why: message }));
  const { application } = document as { application?: unknown };
  const proposal = proposalFrom(call, application ?? {}, { barred: noPledges });
  return ok({ ...proposal, left: [...proposal.left, ...other, ...filesLeft(read.subject.materials, call)] });
}

/** A file describes its attachments; it does not hold them. */
const filesLeft = (materials: Materials, { materials: known }: { materials: { key: string; title: string }[] }) =>
  Object.entries(materials)
    .filter(([, files]) => files.length > 0)
    .map(([key, files]): Left => ({
      path: `materials.${key}`,
      label: known.find((material) => material.key === key)?.title ?? key,
      why: `附件（${files.length} 个）不在文件里，请到“附件材料”上传`,
    }));

/** Only a check needs the moment; a file that says none is as good. */
const withMoment = (document: unknown): unknown =>
  typeof document === 'object' && document !== null && !Array.isArray(document) && !('at' in document)
    ? { ...document, at: '2000-01-01T00:00:00+08:00' }
    : document;
