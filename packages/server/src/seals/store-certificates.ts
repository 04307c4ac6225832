import type { Selectable } from 'kysely';
import type { Database, Db } from '../platform/db/schema.ts';

export type CertificateRow = Selectable<Database['sealCertificate']>;

export const certificatesOf = (db: Db, organisationIds: readonly string[]): Promise<CertificateRow[]> =>
  organisationIds.length === 0
    ? Promise.resolve([])
    : db.selectFrom('sealCertificate').selectAll().where('organisationId', 'in', organisationIds).execute();

export const putCertificate = (db: Db, { problem, ...row }: CertificateRow) => {
  const values = { ...row, problem: problem && JSON.stringify(problem) };
  return db
    .insertInto('sealCertificate')
    .values(values)
    .onConflict((conflict) => conflict.columns(['organisationId', 'mode', 'kind', 'algorithm']).doUpdateSet(values))
    .execute();
};

export const dropCertificate = (
  db: Db,
  { organisationId, mode, kind, algorithm }: Pick<CertificateRow, 'organisationId' | 'mode' | 'kind' | 'algorithm'>,
) =>
  db
    .deleteFrom('sealCertificate')
    .where('organisationId', '=', organisationId)
    .where('mode', '=', mode)
    .where('kind', '=', kind)
    .where('algorithm', '=', algorithm)
    .execute();
