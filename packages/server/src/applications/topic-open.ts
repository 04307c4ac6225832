import type { LoadedRound } from '../calls/index.ts';
import { isInvited } from '../invitations/index.ts';
import type { Db } from '../platform/db/schema.ts';
import { refused, type Refused } from '../platform/http/result.ts';

/** Why an organisation may not apply for a topic: announced later, or by invitation and it was not invited. */
export async function topicRefusal(
  db: Db,
  round: LoadedRound,
  { topic: code, uscc }: { topic: string | null; uscc: string },
): Promise<Refused | undefined> {
  const topic = round.compiled.topics.find((candidate) => candidate.code === code);
  if (!topic || topic.opening === 'open') return undefined;
  const byInvitation = topic.opening === 'invitation';
  if (byInvitation && (await isInvited(db, { roundId: round.round.id, topic: topic.code, uscc }))) return undefined;
  const why = byInvitation ? '是定向组织的，只接受受邀单位申报，贵单位不在受邀之列' : '本次通知只作介绍，不受理申报';
  const [id = ''] = topic.clauses;
  return refused(422, {
    code: 'topic_not_open',
    message: `“${topic.title}”${why}。`,
    where: round.compiled.topicField ?? 'topic',
    remedy: byInvitation
      ? `请改选其他申报方向；认为应当受邀的，请联系${round.compiled.words.scienceDepartment ?? '科技厅'}。`
      : '请改选其他申报方向，等待另行通知。',
    clause: { id, at: round.compiled.clauses.find((clause) => clause.id === id)?.at ?? '' },
  });
}
