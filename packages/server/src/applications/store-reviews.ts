import type { Db } from '../platform/db/schema.ts';

export type ReviewStep = 'organisation' | 'department' | 'admission';
export type Answer = 'yes' | 'no' | 'not_applicable';
export type StoredAnswer = { item: string; answer: Answer; note: string; answeredAt: Date; answeredByName: string };

export const answersOf = (db: Db, applicationId: string, step: ReviewStep): Promise<StoredAnswer[]> =>
  db
    .selectFrom('checklistAnswer')
    .innerJoin('person', 'person.id', 'checklistAnswer.answeredBy')
    .select(['item', 'answer', 'note', 'answeredAt', 'person.name as answeredByName'])
    .where('applicationId', '=', applicationId)
    .where('step', '=', step)
    .execute();

export type NewAnswer = {
  applicationId: string;
  step: ReviewStep;
  item: string;
  answer: Answer;
  note: string;
  answeredBy: string;
  answeredAt: Date;
};

export const putAnswer = (db: Db, answer: NewAnswer) =>
  db
    .insertInto('checklistAnswer')
    .values(answer)
    .onConflict((conflict) => conflict.columns(['applicationId', 'step', 'item']).doUpdateSet(answer))
    .execute();
