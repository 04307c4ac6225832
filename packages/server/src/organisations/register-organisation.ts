import { checkCreditCode } from '@keshen/rules';
import { addPerson } from '../accounts/index.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/db/transact.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { claimDocuments, DOCUMENT_TITLES, type DocumentKind } from './documents/store.ts';
import { findContactFault, findNamedFault, findProfileFault, type Profile } from './profile/fields.ts';
import { reviewerOf } from './routing/reviewer-of.ts';
import { routableDepartments } from './routing/store.ts';
import * as store from './store.ts';

export type Registration = Omit<store.OrganisationFields, 'departmentId' | keyof Facts> &
  Partial<Facts> & {
    /** The department that the organisation names; the call's table decides, where it does. */
    departmentId?: string;
    /** Papers that were uploaded before. */
    documents: readonly string[];
    administrator: { login: string; name: string; password: string };
  };
type Facts = Pick<Profile, 'affiliation' | 'universityLevel' | 'firstLevelBudget' | 'supervisorId' | 'zoneId'>;

const UNKNOWN: Facts = {
  affiliation: null,
  universityLevel: null,
  firstLevelBudget: null,
  supervisorId: null,
  zoneId: null,
};

export type Registered = { id: string; state: 'pending'; departmentName: string; why?: string };

/**
 * An organisation asks for access: its administrator has an account from now on, but nothing can be applied for until the department
 * responsible has approved. Which one that is follows from the authority's routing table. A rejected registration may be handed in again,
 * with the same login or another.
 */
export async function registerOrganisation(
  context: Context,
  registration: Registration,
  at: Date,
  request: { address: string; requestId: string },
): Promise<Result<Registered>> {
  const { db, log } = context;
  const { administrator, documents, departmentId: named, ...given } = registration;
  const code = checkCreditCode(given.uscc);
  if (!code.valid) return field('uscc', code.problem);
  const facts = { ...UNKNOWN, ...given, uscc: code.normal, name: given.name.trim() };
  const { authorityId } = facts;
  const fault =
    findProfileFault(context, facts, at) ??
    findContactFault(facts) ??
    findNamedFault(facts, await routableDepartments(db, authorityId));
  if (fault) return fault;
  const reviewer = await reviewerOf(context, db, { authorityId, facts, named, at });
  if (!reviewer.ok) return reviewer;
  const { departmentId, departmentName, why } = reviewer.value;
  const fields = { ...facts, departmentId };

  return transact<Registered>(db, async (trx) => {
    const known = await store.lockOrganisationByCode(trx, authorityId, fields.uscc);
    if (known && known.state !== 'rejected') return alreadyRegistered(known.state);
    if (known) {
      await store.renewOrganisation(trx, known.id, fields);
      await store.retireAccounts(trx, await store.endAdministrators(trx, known.id, at), at);
    }
    const id = known?.id ?? (await store.insertOrganisation(trx, { ...fields, createdAt: at }));
    if (!id) return alreadyRegistered('pending');
    const claimed = await claimDocuments(trx, documents, { organisationId: id, authorityId }, at);
    if (!claimed.ok) return claimed;
    const missing = REQUIRED.find((kind) => !claimed.value.some((document) => document.kind === kind));
    if (missing)
      return field(missing, `还没有上传“${DOCUMENT_TITLES[missing]}”。`, '请上传彩色扫描件或照片（PDF、JPG、PNG）。');

    const person = await addPerson(trx, log, {
      ...administrator,
      temporary: false,
      grant: { role: 'organisationAdministrator', authorityId, organisationId: id },
      at,
      where: { name: 'administrator.name', login: 'administrator.login', password: 'administrator.password' },
    });
    if (!person.ok) return person;
    await log(trx, {
      at,
      actor: { personId: person.value },
      action: 'registerOrganisation',
      outcome: 'done',
      subjectKind: 'organisation',
      subjectId: id,
      detail: {
        uscc: fields.uscc,
        name: fields.name,
        again: known !== undefined,
        department: departmentName,
        documents: claimed.value.map(({ kind, sha256 }) => ({ kind, sha256 })),
      },
      request,
    });
    return ok({ id, state: 'pending', departmentName, ...(why !== undefined && { why }) });
  });
}

/** What shows that the organisation exists, and that whoever registers it may. */
const REQUIRED: readonly DocumentKind[] = ['licence', 'representativeLetter'];

const field = (where: string, message: string, remedy?: string): Refused =>
  refused(422, { code: 'invalid', message, where, ...(remedy && { remedy }) });

const alreadyRegistered = (state: 'pending' | 'approved'): Refused =>
  refused(409, {
    code: 'already_registered',
    message:
      state === 'approved'
        ? '这个统一社会信用代码的单位已经注册。'
        : '这个统一社会信用代码的单位已提交注册，正在审核。',
    where: 'uscc',
    remedy:
      state === 'approved'
        ? '请向本单位管理员领取账号；不知道管理员是谁的，请联系推荐部门。'
        : '请等待推荐部门审核，用注册时的账号登录可看到结果。',
  });
