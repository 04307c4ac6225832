import type { CompiledCall } from '@keshen/rules';
import { attempt, type By, eventBy, lockApplication, noSuchApplication, mayRead } from '../applications/index.ts';
import { reviewStepsOf, sectionRevision } from '../applications/index.ts';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { endMark, type MarkStep, putMark } from './store-marks.ts';

/** `path` is a field of the form, a cell of a table (`members.list[r1].name`) or a material (`materials.agreement`). */
export type Mark = { applicationId: string; step: MarkStep; path: string; remark: string };

/**
 * A reviewer marks a place that has to be changed, or takes the mark away with an empty remark. The applicant sees the marks once the
 * application is returned. Where a call has no return, nothing is marked.
 */
export const markField = (context: Context, by: By, mark: Mark): Promise<Result<undefined>> =>
  attempt(context, by, { action: 'markField', applicationId: mark.applicationId }, async (trx) => {
    const { applicationId, step, path } = mark;
    const row = await lockApplication(trx, applicationId);
    const round = row && (await loadRound({ db: trx, reference: context.reference }, row.roundId));
    if (!row || !round || !mayRead(by.actor, row)) return noSuchApplication();
    const steps = reviewStepsOf(by.actor, row, step);
    if (!steps.some(({ from }) => from.includes(row.state))) {
      return refused(403, {
        code: 'not_your_step',
        message: '只有正在审核这份申报的人可以标出要修改的地方。',
        remedy: '请刷新页面，看它现在在哪一步。',
      });
    }
    const returns = step === 'organisation' ? 'returnByOrganisation' : 'returnByDepartment';
    if (!round.compiled.windows.some(({ actions }) => actions.includes(returns))) {
      return refused(403, { code: 'no_such_step', message: '本通知没有安排退回修改，不能标出要修改的地方。' });
    }
    if (!isPlace(round.compiled, path)) {
      return refused(422, { code: 'no_such_place', message: `申报书里没有“${path}”这一处。`, where: 'path' });
    }
    const remark = mark.remark.trim();
    if (remark === '') await endMark(trx, { applicationId, step, path });
    else {
      const revision = path.startsWith('materials.')
        ? null
        : await sectionRevision(trx, applicationId, path.split('.')[0] ?? '');
      const marked = { markedBy: by.actor.personId, markedAt: by.at };
      await putMark(trx, { applicationId, step, path, remark, revision, ...marked });
    }
    await context.log(trx, {
      ...eventBy(by, { action: 'markField', applicationId }, steps[0]?.role),
      outcome: 'done',
      detail: { path, removed: remark === '' },
    });
    return ok(undefined);
  });

function isPlace({ form, materials }: CompiledCall, path: string): boolean {
  const [section = '', rest = ''] = path.split(/\.(.*)/s);
  if (section === 'materials') return materials.some(({ key }) => key === rest.replace(/\[.*$/, ''));
  const [, name, column] = /^([^.[\]]+)(?:\[[^\]]+\](?:\.([^.[\]]+))?)?$/.exec(rest) ?? [];
  const field = form.sections.find(({ key }) => key === section)?.fields.find(({ key }) => key === name);
  return field !== undefined && (column === undefined || (field.columns ?? []).some(({ key }) => key === column));
}
