import { officialInstant } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import { type PlacesLeft, placesOfDepartment } from '../quotas/index.ts';
import { isRehearsal, type Situation } from './situation.ts';
import { peopleIn } from './store-causes.ts';
import type { Telling } from './tell.ts';

type TakenPlace = { quota: string; holder: string };

const isPlace = (value: unknown): value is TakenPlace =>
  typeof value === 'object' && value !== null && 'quota' in value && 'holder' in value;

/** Full: nothing is left. Nearly: the last tenth, at least the last one, of places of which there are several. */
export function levelOf({ left, granted, adjusted }: Pick<PlacesLeft, 'left' | 'granted' | 'adjusted'>) {
  const places = granted + adjusted;
  if (left === 0) return 'full' as const;
  return places >= 2 && left <= Math.max(1, Math.floor(places / 10)) ? ('nearly' as const) : undefined;
}

/**
 * The step took a place: where few or none are left, the department and the officers hear of it, once for each level and number of places.
 */
export async function quotaTellings(
  trx: Trx,
  { reference }: Pick<Context, 'reference'>,
  { event, round, application, place }: Situation,
  now: Date,
): Promise<Telling[]> {
  const taken: unknown = event.detail['places'];
  if (!Array.isArray(taken) || !round || !application) return [];
  const { departmentId, authorityId } = application;
  const reading = { db: trx, round, reference, at: event.at };
  const all = await placesOfDepartment(reading, departmentId);
  const tellings: Telling[] = [];
  for (const { quota, holder } of taken.filter(isPlace)) {
    const places = all.find((one) => one.quota === quota && one.holder === holder);
    const level = places && levelOf(places);
    if (!places || !level) continue;
    const total = places.granted + places.adjusted;
    const people = [
      ...(await peopleIn(trx, ['recommendingDepartment'], { departmentId })).map((personId) => ({
        personId,
        role: 'recommendingDepartment' as const,
      })),
      ...(await peopleIn(trx, ['programmeOfficer'], { authorityId })).map((personId) => ({
        personId,
        role: 'programmeOfficer' as const,
      })),
    ];
    const done = places.countsAt === 'recommend' ? '推荐' : '提交';
    const words = {
      title:
        level === 'full'
          ? `名额已用完：${places.holderName}的“${places.title}”`
          : `名额快用完：${places.holderName}的“${places.title}”还剩${places.left}项`,
      facts: [
        { label: '申报通知', value: round.compiled.title },
        { label: '名额', value: `共${total}项，已用${places.taken}项，还剩${places.left}项` },
        { label: '依据', value: `通知${places.clause.at}` },
        { label: '时间', value: officialInstant(Math.floor(now.getTime() / 1000) * 1000) },
      ],
      toDo: level === 'full' ? `此后的${done}不再被接受；确需调整的，请与科技厅联系。` : `请安排好余下的${done}。`,
    };
    for (const { personId, role } of people) {
      tellings.push({
        personId,
        role,
        key: `quota:${round.round.id}:${quota}:${holder}:${level}:${total}`,
        kind: 'quota',
        words,
        place: { ...place, applicationId: null },
        rehearsal: isRehearsal(round),
      });
    }
  }
  return tellings;
}
