import { officialInstant, stageOf, type LinkedCall, type State, type Window, windowAt } from '@keshen/rules';
import { ok, refused, type Result } from '../platform/http/result.ts';
import type { LoadedRound } from './round.ts';
import type { Extension } from './store.ts';

/** For whom a window is asked: an application as it stands, or who would make one; empty for the public. */
export type WindowSubject = {
  id?: string;
  organisationId?: string;
  departmentId?: string;
  createdAt?: Date;
  state?: State;
  returnedByDepartmentAt?: Date | null;
};

/**
 * Whether an action may be done at the instant its request was received, to the millisecond, with the extensions that hold for this
 * application by then. The refusal tells the times and the clause. The rules decide; an action that no window of the call names for
 * this application is not done at all.
 */
export function windowVerdict(
  round: LoadedRound,
  action: string,
  instant: Date,
  subject: WindowSubject,
): Result<Window> {
  const linked = round.linkedAt(instant);
  const extended = extensionFor(round, action, instant, subject);
  const { state, window, text, closesInclusive } = windowAt(linked, action, instant.getTime(), {
    shiftMs: round.shiftMs,
    states: statesOf(subject),
    ...(extended && { extendedTo: extended.until.getTime() }),
  });
  const at = instant.toISOString();
  if (!window) return refused(403, { code: 'no_such_step', message: text ?? '', at });
  if (state === 'open') return ok(window);
  const early = state === 'notYet';
  const bound = !early && closesInclusive === false ? '截止时刻本身不算在内。' : '';
  return refused(403, {
    code: early ? 'window_not_open' : 'window_closed',
    message: `${text ?? ''}${bound}您的请求于${officialInstant(instant.getTime())}收到。`,
    remedy: early ? '请在开始以后再操作。' : '已填写的内容保留可看；确有特殊情况的，请联系发布通知的部门。',
    clause: clauseOf(linked, window),
    at,
  });
}

/** Until when an action may be done by this subject, with its extensions; undefined where no window of the call names it. */
export function closingOf(round: LoadedRound, action: string, instant: Date, subject: WindowSubject): Date | undefined {
  const extended = extensionFor(round, action, instant, subject);
  const { closes } = windowAt(round.linkedAt(instant), action, instant.getTime(), {
    shiftMs: round.shiftMs,
    states: statesOf(subject),
    ...(extended && { extendedTo: extended.until.getTime() }),
  });
  return closes === undefined ? undefined : new Date(closes);
}

/** The extension that reaches farthest for this application at this instant. */
export function extensionFor(
  { extensions }: Pick<LoadedRound, 'extensions'>,
  action: string,
  instant: Date,
  subject: WindowSubject,
): Extension | undefined {
  const stage = stageOf(action);
  return extensions
    .filter((extension) => extension.stage === stage && extension.decidedAt <= instant && reaches(extension, subject))
    .toSorted((a, b) => a.until.getTime() - b.until.getTime())
    .at(-1);
}

function reaches(extension: Extension, subject: WindowSubject): boolean {
  switch (extension.forWhom) {
    case 'all':
      return true;
    case 'begun':
      return subject.createdAt !== undefined && extension.begunBy !== null && subject.createdAt <= extension.begunBy;
    case 'department':
      return subject.departmentId === extension.departmentId;
    case 'organisation':
      return subject.organisationId === extension.organisationId;
    case 'application':
      return subject.id === extension.applicationId;
  }
}

/** The state of an application and the one it was returned from. */
const statesOf = ({ state, returnedByDepartmentAt }: WindowSubject): State[] => [
  ...(state ? [state] : []),
  ...(returnedByDepartmentAt ? (['returned_by_department'] as const) : []),
];

export function clauseOf({ call }: Pick<LinkedCall, 'call'>, window: Window): { id: string; at: string } {
  const id = window.clauses[0] ?? '';
  return { id, at: call.clauses.find((clause) => clause.id === id)?.at ?? '' };
}
