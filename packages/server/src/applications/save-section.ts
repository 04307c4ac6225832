import { type CompiledCall, grantFor, readApplication, type SectionValue, type Step, stepOf } from '@keshen/rules';
import { type LoadedRound, loadRound, windowVerdict } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { mayRead } from './access.ts';
import { attempt, type By, noSuchApplication } from './attempt.ts';
import { changeApplication, lockApplication, putSection, savedBefore, sectionOf, type StoredSection } from './store.ts';
import { stateLabel } from './words.ts';

/** `revision` is the one that the writer saw, 0 for a section never saved. The same `saveId` twice is one save. */
export type SectionSave = {
  applicationId: string;
  section: string;
  revision: number;
  data: Record<string, unknown>;
  saveId: string;
};

export type Saved = { revision: number; savedAt: string };

const STEP: Step = stepOf('saveSection');

/**
 * Saves one section as a new revision and keeps every earlier one. A save that did not see the newest revision is refused with
 * that revision, so that both can be shown; entries of the wrong type are refused with their path. Saves are not logged one by one:
 * the revisions are the log.
 */
export const saveSection = (context: Context, by: By, save: SectionSave): Promise<Result<Saved>> =>
  attempt(context, by, { action: STEP.action, applicationId: save.applicationId }, async (trx) => {
    const { applicationId, section, saveId } = save;
    const row = await lockApplication(trx, applicationId);
    if (!row || !mayRead(by.actor, row)) return noSuchApplication();
    const round = await loadRound({ db: trx, reference: context.reference }, row.roundId);
    if (!round) return noSuchApplication();
    if (!grantFor(by.actor, 'application.saveSection', row)) {
      return refused(403, { code: 'not_your_step', message: '只有这份申报的申报人可以填写。' });
    }
    const before = await savedBefore(trx, applicationId, section, saveId);
    if (before) return ok({ revision: before.revision, savedAt: before.savedAt.toISOString() });
    if (!STEP.from.includes(row.state)) {
      return refused(409, {
        code: 'wrong_state',
        message: `这份申报现在是“${stateLabel(row.state, round.compiled)}”，不能再改。`,
        remedy: '需要修改的，请联系审核人退回。您刚才填写的内容还在本页，可以先复制出来。',
        current: { state: row.state },
      });
    }
    const window = windowVerdict(round, STEP.action, by.at, row);
    if (!window.ok) return window;

    const read = readSection(round, by, section, save.data);
    if (!read.ok) return read;
    const stored = await sectionOf(trx, applicationId, section);
    if ((stored?.revision ?? 0) !== save.revision) return stale(stored);

    const revision = save.revision + 1;
    const data = read.value;
    await putSection(trx, round.compiled.form, {
      applicationId,
      section,
      revision,
      data,
      saveId,
      savedBy: by.actor.personId,
      savedAt: by.at,
    });
    await changeApplication(trx, applicationId, { ...namedIn(round.compiled, section, data), updatedAt: by.at });
    return ok({ revision, savedAt: by.at.toISOString() });
  });

/** The section with every entry of the type the form gives it; an incomplete section is as welcome as a complete one. */
function readSection(round: LoadedRound, by: By, section: string, data: Record<string, unknown>): Result<SectionValue> {
  const { form, vocabulary } = round.linkedAt(by.at);
  if (!form.sections.some(({ key }) => key === section)) {
    return refused(404, { code: 'no_such_section', message: '申报书里没有这一部分。', where: section });
  }
  const { application, problems } = readApplication(form, { [section]: data });
  const [first] = problems;
  if (!first) return ok(application[section] ?? {});
  const said = problems.map(({ path, message }) => {
    const { label } = vocabulary.word(path.replace(/\[[^\]]*\]/g, ''));
    return label === path ? message : `“${label}”${message}`;
  });
  return refused(422, {
    code: 'wrong_type',
    message: `${said.join('；')}。本部分没有保存。`,
    where: first.path,
    remedy: '请改正所指各处后再保存。您填写的内容还在本页。',
    current: { problems },
  });
}

const stale = (stored: StoredSection | undefined): Refused =>
  refused(409, {
    code: 'stale',
    message: stored
      ? `这一部分已由${stored.savedByName}在别处保存过，您看到的不是最新的内容，没有覆盖。`
      : '这一部分还没有保存过，请刷新后再保存。',
    remedy: '请对照两份内容，选定后再保存。您填写的内容还在本页。',
    current: stored && { ...stored, section: undefined, savedAt: stored.savedAt.toISOString() },
  });

/** Title and topic stand beside the application in every list, so they are kept with it. */
function namedIn(call: CompiledCall, section: string, data: SectionValue): { title?: string; topic?: string | null } {
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
  const [topicSection, topicField = ''] = (call.topicField ?? '').split('.');
  return {
    ...(section === 'project' && { title: text(data['title']) }),
    ...(section === topicSection && { topic: text(data[topicField]) || null }),
  };
}
