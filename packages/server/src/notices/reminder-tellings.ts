import { officialInstant, REMINDERS, windowAt, windowBounds } from '@keshen/rules';
import { extensionFor, type LoadedRound } from '../calls/index.ts';
import { certificatesOf, missingSeals } from '../seals/index.ts';
import type { Trx } from '../platform/db/schema.ts';
import type { Mark } from './marks.ts';
import type { Addressee } from './addressee.ts';
import { isRehearsal, NOWHERE } from './situation.ts';
import { peopleIn, peopleOfOrganisations } from './store-causes.ts';
import { applicationsIn, type WaitingApplication } from './store-reminders.ts';
import type { Telling } from './tell.ts';
import { lookingUp } from './waiting.ts';
import type { Fact } from './words.ts';

type EndMark = Extract<Mark, { of: 'end' }>;
type Waiting = { addressee: Addressee; applications: WaitingApplication[] };

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_NAMED = 10;

const DO: Record<EndMark['action'], { what: string; toDo: string }> = {
  submit: { what: '提交', toDo: '请填写完整并提交；提交以前可以随时修改。' },
  forward: { what: '审核报送', toDo: '请审核后提交，或者写明理由退回；到时没有报送的不再被接受。' },
  recommend: { what: '审核推荐', toDo: '请逐项审核，确认推荐或者写明理由退回。' },
  deliver: { what: '报送科技厅', toDo: '请导出清单，盖章上传，然后报送；到时没有报送的推荐不算数。' },
};

/** 还有6天23小时 */
export function leftText(ms: number): string {
  const hours = Math.floor(ms / HOUR_MS);
  if (hours >= 48) return `还有${Math.floor(ms / DAY_MS)}天${hours % 24 > 0 ? `${hours % 24}小时` : ''}`;
  return hours >= 1 ? `还有${hours}小时` : `还有${Math.max(1, Math.floor(ms / 60_000))}分钟`;
}

/** Each person for whom something waits whose end is this one: one notice for all of it. Whoever is done is not reminded. */
export async function reminderTellings(trx: Trx, round: LoadedRound, mark: EndMark, now: Date): Promise<Telling[]> {
  const { action, closes } = mark;
  const states = REMINDERS.find((reminder) => reminder.action === action)?.states ?? [];
  const near = (await applicationsIn(trx, round.round.id, states)).filter(
    (application) => endFor(round, action, application, now) === closes.getTime(),
  );
  const { what, toDo } = DO[action];
  const left = leftText(closes.getTime() - now.getTime());
  return (await byPerson(trx, near)).map(({ addressee, applications }) => {
    const [first] = applications;
    const single = applications.length === 1 && first ? first : undefined;
    const title = single ? `“${single.title || single.number}”` : `${applications.length}份申报`;
    return {
      ...addressee,
      key: `mark:${round.round.id}:${mark.key}`,
      kind: 'deadline',
      words: {
        title: `${what}${left}截止：${title}`,
        facts: factsOf(round, closes, applications),
        toDo,
      },
      place: placeOf(round, applications),
      rehearsal: isRehearsal(round),
      uselessFrom: closes,
    };
  });
}

/** Until when this application may take the step, extensions for it included; undefined when it may not now. */
function endFor(round: LoadedRound, action: string, application: WaitingApplication, now: Date): number | undefined {
  const extended = extensionFor(round, action, now, application);
  const { state, closes } = windowAt(round.linkedAt(now), action, now.getTime(), {
    shiftMs: round.shiftMs,
    states: [application.state, ...(application.returnedByDepartmentAt ? (['returned_by_department'] as const) : [])],
    ...(extended && { extendedTo: extended.until.getTime() }),
  });
  return state === 'open' ? closes : undefined;
}

async function byPerson(trx: Trx, applications: readonly WaitingApplication[]): Promise<Waiting[]> {
  const lookUp = lookingUp(trx);
  const found = new Map<string, Waiting>();
  for (const application of applications) {
    for (const addressee of await lookUp(application)) {
      const waiting = found.get(addressee.personId) ?? { addressee, applications: [] };
      found.set(addressee.personId, waiting);
      waiting.applications.push(application);
    }
  }
  return [...found.values()];
}

const factsOf = ({ compiled }: LoadedRound, closes: Date, applications: readonly WaitingApplication[]): Fact[] => [
  { label: '申报通知', value: compiled.title },
  { label: '截止时刻', value: officialInstant(closes.getTime()) },
  ...applications
    .slice(0, MOST_NAMED)
    .map(({ number, title }) => ({ label: '申报', value: `${number} ${title || '未填项目名称'}` })),
  ...(applications.length > MOST_NAMED ? [{ label: '还有', value: `${applications.length - MOST_NAMED}份` }] : []),
];

/** One application: its own page; several of them: the list. */
function placeOf({ round }: LoadedRound, applications: readonly WaitingApplication[]) {
  const [first] = applications;
  const single = applications.length === 1 && first;
  return {
    ...NOWHERE,
    authorityId: round.authorityId,
    roundId: round.id,
    ...(single && {
      applicationId: single.id,
      organisationId: single.organisationId,
      departmentId: single.departmentId,
    }),
  };
}

/** The administrators of organisations that have an application not yet forwarded, and not all of the seals for it. */
export async function sealTellings(
  trx: Trx,
  round: LoadedRound,
  mark: Extract<Mark, { of: 'seal' }>,
  now: Date,
): Promise<Telling[]> {
  const { closes } = mark;
  const waiting = await applicationsIn(trx, round.round.id, [
    'draft',
    'with_organisation',
    'returned_by_organisation',
    'returned_by_department',
  ]);
  const organisations = new Map(waiting.map((application) => [application.organisationId, application]));
  const certificates = await certificatesOf(trx, [...organisations.keys()]);
  const tellings: Telling[] = [];
  for (const [organisationId, { organisationName }] of organisations) {
    const missing = missingSeals(round, organisationId, certificates, closes);
    if (missing.length === 0) continue;
    for (const personId of await peopleIn(trx, ['organisationAdministrator'], { organisationId })) {
      tellings.push({
        personId,
        role: 'organisationAdministrator',
        key: `mark:${round.round.id}:${mark.key}`,
        kind: 'seal',
        words: {
          title: `请办好电子印章，${leftText(closes.getTime() - now.getTime())}截止`,
          facts: [
            { label: '申报通知', value: round.compiled.title },
            { label: '申报单位', value: organisationName },
            { label: '截止时刻', value: officialInstant(closes.getTime()) },
            { label: '还没有办好的', value: missing.join('、') },
          ],
          toDo: '申报书须盖好电子印章才能提交。已经办好的，请在“电子印章”里查一次；还没有的，请尽快办理，办章需要几天。',
        },
        place: { ...NOWHERE, authorityId: round.round.authorityId, roundId: round.round.id, organisationId },
        rehearsal: isRehearsal(round),
        uselessFrom: closes,
      });
    }
  }
  return tellings;
}

/** Whoever may begin something in the window: applicants and their administrators, or the departments. */
export async function openingTellings(
  trx: Trx,
  round: LoadedRound,
  mark: Extract<Mark, { of: 'opening' }>,
): Promise<Telling[]> {
  const window = round.compiled.windows.find(({ key }) => key === mark.window);
  if (!window) return [];
  const { authorityId, id: roundId } = round.round;
  const all: Addressee[] = [];
  if (window.actions.includes('createApplication')) {
    const people = await peopleOfOrganisations(trx, authorityId);
    all.push(...people.map((personId) => ({ personId, role: 'applicant' as const })));
  }
  if (window.actions.includes('recommend')) {
    const people = await peopleIn(trx, ['recommendingDepartment'], { authorityId });
    all.push(...people.map((personId) => ({ personId, role: 'recommendingDepartment' as const })));
  }
  const closes = windowBounds(window, round.shiftMs).closes;
  return all.map((addressee) => ({
    ...addressee,
    key: `mark:${roundId}:${mark.key}`,
    kind: 'opened',
    words: {
      title: `${window.title}已经开始：${round.compiled.title}`,
      facts: [
        { label: '申报通知', value: round.compiled.title },
        { label: '截止时刻', value: officialInstant(closes) },
      ],
      toDo:
        addressee.role === 'applicant'
          ? '请在截止以前新建、填写并提交；单位和推荐部门审核还要时间，宜早不宜迟。'
          : '请在截止以前审核推荐并报送。',
    },
    place: { ...NOWHERE, authorityId, roundId },
    rehearsal: isRehearsal(round),
    uselessFrom: new Date(closes),
  }));
}
