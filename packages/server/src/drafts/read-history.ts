import { readApplication, type ReadProblem, type SectionValue } from '@keshen/rules';
import { type By, revisionOf, savesOf } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { openDraft } from './open-draft.ts';
import { type Sitting, sittingsOf } from './sittings.ts';

/** Who worked on which section and when, the newest first. */
export async function readHistory(context: Context, by: By, id: string): Promise<Result<{ items: Sitting[] }>> {
  const opened = await openDraft(context, by, id);
  if (!opened.ok) return opened;
  return ok({ items: sittingsOf(await savesOf(context.db, id)) });
}

export type Revision = {
  section: string;
  revision: number;
  data: SectionValue;
  savedAt?: string;
  savedByName?: string;
  /** What the form of today has no place for. */
  problems: ReadProblem[];
};

/** A section as it stood after a save, as far as today's form can take it. Revision 0 is the empty section. */
export async function readRevision(
  context: Context,
  by: By,
  of: { id: string; section: string; revision: number },
): Promise<Result<Revision>> {
  const opened = await openDraft(context, by, of.id);
  if (!opened.ok) return opened;
  const { section, revision } = of;
  if (revision === 0) return ok({ section, revision, data: {}, problems: [] });
  const stored = await revisionOf(context.db, { applicationId: of.id, section, revision });
  if (!stored) {
    return refused(404, {
      code: 'no_such_revision',
      message: '没有这次修改的记录。',
      where: section,
      remedy: '请从修改记录里选择。',
    });
  }
  const { application, problems } = readApplication(opened.value.round.compiled.form, { [section]: stored.data });
  const { savedAt, savedByName } = stored;
  return ok({
    section,
    revision,
    data: application[section] ?? {},
    savedAt: savedAt.toISOString(),
    savedByName,
    problems,
  });
}
