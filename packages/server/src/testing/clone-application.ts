import { randomUUID } from 'node:crypto';
import type { State } from '@keshen/rules';
import { loadRound } from '../calls/index.ts';
import { putSection, sectionsOf } from '../applications/store.ts';
import type { TestServer } from './server.ts';

/** `topic` is only what places are counted by: the form keeps what the other one says. */
type Changed = { title: string; state?: State; topic?: string; departmentId?: string; organisationId?: string };

/** An application like another one, in the same state unless another is given, with its attachments and the reviewers' answers; answers its id. */
export async function cloneApplication({ context }: TestServer, of: string, changed: Changed): Promise<string> {
  const { db } = context;
  const id = randomUUID();
  await db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('application').selectAll().where('id', '=', of).executeTakeFirstOrThrow();
    const round = await loadRound({ db: trx, reference: context.reference }, row.roundId);
    if (!round) throw new Error('no round');
    await trx
      .insertInto('application')
      .values({ ...row, ...changed, id, number: `K${id.slice(0, 12)}` })
      .execute();
    for (const { section, data } of await sectionsOf(trx, of)) {
      const own = {
        ...data,
        ...(section === 'project' && { title: changed.title }),
      };
      const save = {
        section,
        revision: 1,
        data: own,
        saveId: randomUUID(),
        savedBy: row.applicantId,
        savedAt: row.updatedAt,
      };
      await putSection(trx, round.compiled.form, { applicationId: id, ...save });
    }
    const attachments = await trx.selectFrom('attachment').selectAll().where('applicationId', '=', of).execute();
    for (const { facts, inspection, ...attachment } of attachments) {
      await trx
        .insertInto('attachment')
        .values({
          ...attachment,
          id: randomUUID(),
          applicationId: id,
          facts: JSON.stringify(facts),
          inspection: JSON.stringify(inspection),
        })
        .execute();
    }
    const answers = await trx.selectFrom('checklistAnswer').selectAll().where('applicationId', '=', of).execute();
    if (answers.length > 0) {
      await trx
        .insertInto('checklistAnswer')
        .values(answers.map((answer) => ({ ...answer, applicationId: id })))
        .execute();
    }
  });
  return id;
}
