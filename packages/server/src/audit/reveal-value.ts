import type { FormField, SectionValue } from '@keshen/rules';
import { applicationContentOf, attempt, type By, eventBy, openApplication } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';

/** `path` as the form's fields have it: `principalInvestigator.idNumber`, `members.list[r1].phone`. */
export type Reveal = { id: string; path: string; reason: string };

/** One personal value of an application in full, for whoever may read it and says why. Each look is logged with the reason. */
export async function revealValue(
  context: Context,
  by: By,
  { id, path, reason }: Reveal,
): Promise<Result<{ value: string }>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const what = { action: 'revealValue', applicationId: id };
  const { sections } = opened.value.round.compiled.form;
  return attempt(context, by, what, async (trx) => {
    const missing = reasonMissing(reason);
    if (missing) return missing;
    const [section = '', ...rest] = path.split('.');
    const fields = sections.find(({ key }) => key === section)?.fields ?? [];
    const value = personalValue(fields, (await applicationContentOf(trx, id))[section] ?? {}, rest.join('.'));
    if (value === undefined) {
      return refused(404, { code: 'no_such_value', message: '这里没有填写个人号码。', where: path });
    }
    await context.log(trx, {
      ...eventBy(by, what),
      outcome: 'done',
      detail: { path, reason: reason.trim() },
    });
    return ok({ value });
  });
}

export const reasonMissing = (reason: string): Refused | undefined =>
  reason.trim().length >= 2
    ? undefined
    : refused(422, {
        code: 'reason_missing',
        message: '没有写明为什么要看完整号码。',
        where: 'reason',
        remedy: '请写明用途，例如“核对与证件是否一致”；会记入日志。',
      });

/** `idNumber`, or `list[r1].idNumber`; only what the form calls personal. */
function personalValue(fields: readonly FormField[], section: SectionValue, place: string): string | undefined {
  const [, key = '', row, column] = /^(\w+)(?:\[([^\]]+)\]\.(\w+))?$/.exec(place) ?? [];
  const field = fields.find((candidate) => candidate.key === key);
  const value = section[key];
  if (row === undefined) return field?.personal && typeof value === 'string' ? value : undefined;
  if (!field?.columns?.some((candidate) => candidate.key === column && candidate.personal)) return undefined;
  const rows = Array.isArray(value) ? value : [];
  const found: unknown = rows.find((one) => typeof one === 'object' && one.id === row)?.[column ?? ''];
  return typeof found === 'string' ? found : undefined;
}
