import { type By, openApplication, readsAs, reviewStepsOf, sectionAt, sectionNow } from '../applications/index.ts';
import { canonicalJson } from '../platform/audit/canonical.ts';
import type { Context } from '../platform/context.ts';
import type { Db } from '../platform/db/schema.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { type MarkRow, marksOf, materialTouched, type MarkStep } from './store-marks.ts';

/** A place that a reviewer wants changed. `resolved`: it has changed since. `sentAt` absent: not returned yet, for reviewers only. */
export type MarkView = {
  step: MarkStep;
  path: string;
  label: string;
  remark: string;
  by: string;
  markedAt: string;
  sentAt?: string;
  resolved: boolean;
};

/** The reviewer sees the own marks; everybody else those of the last return, each with whether its place has changed since. */
export async function readMarks(context: Context, by: By, id: string): Promise<Result<{ items: MarkView[] }>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const { row, round } = opened.value;
  const all = await marksOf(context.db, id);
  const last = Math.max(...all.map(({ sentAt }) => sentAt?.getTime() ?? 0));
  const judged = readsAs(by.actor, row).every((role) => role === 'applicant');
  const seen = all.filter(({ step, sentAt }) =>
    sentAt ? sentAt.getTime() === last : !judged && reviewStepsOf(by.actor, row, step).length > 0,
  );
  const { vocabulary } = round.linkedAt(by.at);
  const order = round.compiled.form.sections.map(({ key }) => key);
  const rank = ({ path }: MarkRow): number => {
    const place = order.indexOf(path.split('.')[0] ?? '');
    return place < 0 ? order.length : place;
  };
  const items = [];
  for (const mark of seen.toSorted((a, b) => rank(a) - rank(b))) {
    const { step, path, remark, markedByName, markedAt, sentAt } = mark;
    const material = path.startsWith('materials.') && materialOf(path);
    const title = round.compiled.materials.find(({ key }) => key === material)?.title;
    items.push({
      step,
      path,
      label: title ?? vocabulary.word(path.replace(/\[[^\]]*\]/g, '')).label,
      remark,
      by: markedByName,
      markedAt: markedAt.toISOString(),
      ...(sentAt && { sentAt: sentAt.toISOString() }),
      resolved: await hasChanged(context.db, id, mark),
    });
  }
  return ok({ items });
}

const materialOf = (path: string): string => path.replace(/^materials\./, '').replace(/\[.*$/, '');

async function hasChanged(db: Db, id: string, { path, revision, markedAt }: MarkRow): Promise<boolean> {
  if (path.startsWith('materials.')) return materialTouched(db, id, materialOf(path), markedAt);
  const [section = '', rest = ''] = path.split(/\.(.*)/s);
  const now = await sectionNow(db, id, section);
  const then = revision === null || revision === 0 ? undefined : await sectionAt(db, id, section, revision);
  return canonicalJson(valueAt(now, rest)) !== canonicalJson(valueAt(then, rest));
}

/** `list[r1].name`, `title`: the value below a section; null where nothing stands. */
function valueAt(data: unknown, path: string): unknown {
  let value = data;
  for (const key of path.split(/[.[\]]+/).filter(Boolean)) {
    if (Array.isArray(value)) value = value.find((row) => isObject(row) && row['id'] === key);
    else value = isObject(value) ? value[key] : undefined;
  }
  return value ?? null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
