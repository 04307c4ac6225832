import type { Selectable } from 'kysely';
import type { Database, Db, Trx } from '../../platform/db/schema.ts';
import { ok, refused, type Result } from '../../platform/http/result.ts';

export type DocumentRow = Selectable<Database['organisationDocument']>;
export type DocumentKind = DocumentRow['kind'];

export const DOCUMENT_TITLES: Record<DocumentKind, string> = {
  licence: '营业执照或法人证书',
  representativeLetter: '管理员授权书',
  changeProof: '变更证明材料',
  platformProof: '平台认定文件',
};
export const DOCUMENT_KINDS = Object.keys(DOCUMENT_TITLES) as DocumentKind[];

type NewDocument = Omit<DocumentRow, 'id' | 'inspection' | 'changeId' | 'platformId' | 'replacedAt'> & {
  inspection: object;
};

export async function insertDocument(trx: Trx, { inspection, ...document }: NewDocument): Promise<string> {
  const { sha256, bytes, storedAt } = document;
  await trx
    .insertInto('storedFile')
    .values({ sha256, bytes, storedAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { id } = await trx
    .insertInto('organisationDocument')
    .values({ ...document, inspection: JSON.stringify(inspection) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export const findDocument = (db: Db, id: string): Promise<DocumentRow | undefined> =>
  db.selectFrom('organisationDocument').selectAll().where('id', '=', id).executeTakeFirst();

export const documentsOf = (db: Db, organisationId: string): Promise<DocumentRow[]> =>
  db
    .selectFrom('organisationDocument')
    .selectAll()
    .where('organisationId', '=', organisationId)
    .orderBy('storedAt')
    .orderBy('id')
    .execute();

type Claim = { organisationId: string; authorityId?: string; changeId?: string; platformId?: string };

/** Hands in papers that were uploaded before. Each can be handed in once, by whoever uploaded it for this organisation. */
export async function claimDocuments(
  trx: Trx,
  ids: readonly string[],
  claim: Claim,
  at: Date,
): Promise<Result<DocumentRow[]>> {
  if (ids.length === 0) return ok([]);
  const { organisationId, authorityId, changeId, platformId } = claim;
  const waiting = trx
    .updateTable('organisationDocument')
    .set({ organisationId, changeId: changeId ?? null, platformId: platformId ?? null })
    .where('id', 'in', [...new Set(ids)])
    .where('changeId', 'is', null)
    .where('platformId', 'is', null);
  const own = authorityId
    ? waiting.where('organisationId', 'is', null).where('authorityId', '=', authorityId)
    : waiting.where('organisationId', '=', organisationId).where('kind', 'in', ['changeProof', 'platformProof']);
  const claimed = await own.returningAll().execute();
  if (claimed.length === new Set(ids).size) {
    if (authorityId) await replaceEarlier(trx, claim, claimed, at);
    return ok(claimed);
  }
  return refused(422, {
    code: 'document_gone',
    message: '有的材料不在了，可能是上传后超过一天没有提交。',
    where: 'documents',
    remedy: '请重新上传后再提交，已填的内容还在。',
  });
}

/** The papers of a registration that is handed in again take the place of the earlier ones, which stay readable. */
const replaceEarlier = (trx: Trx, { organisationId }: Claim, claimed: readonly DocumentRow[], at: Date) =>
  trx
    .updateTable('organisationDocument')
    .set({ replacedAt: at })
    .where('organisationId', '=', organisationId)
    .where('replacedAt', 'is', null)
    .where('kind', 'in', [...new Set(claimed.map(({ kind }) => kind))])
    .where(
      'id',
      'not in',
      claimed.map(({ id }) => id),
    )
    .execute();

/** Papers that no registration followed within a day. */
export const forgetUnclaimedDocuments = (db: Db, now: Date) =>
  db
    .deleteFrom('organisationDocument')
    .where('organisationId', 'is', null)
    .where('storedAt', '<', new Date(now.getTime() - 86_400_000))
    .execute();
