import { dateOfInstant, FACT_LISTS, makeCreditCode, makeResidentId } from '@keshen/rules';
import { addPerson, findAccount } from '../accounts/index.ts';
import { insertOrganisation, insertVersion, profileOf, reviewerOf } from '../organisations/index.ts';
import { adoptProfile } from '../people/index.ts';
import type { Context } from '../platform/context.ts';
import type { Grant } from '../platform/db/actors.ts';
import type { Trx } from '../platform/db/schema.ts';
import { enrolCertificates, readCertificates } from '../seals/index.ts';
import { addStateIfUnknown, replaceRows } from '../registry/index.ts';
import { DEMONSTRATION_PASSWORD, OF_AN_AUTHORITY, OF_THE_HOUSE, type DemonstrationRole } from './people.ts';
import * as store from './store.ts';

/**
 * Gives every authority an approved organisation and a person for each role, so that a rehearsal can be walked through at once. What is
 * there already stays as it is. Never called in production.
 */
export async function furnishDemonstration(context: Context): Promise<void> {
  const keys = await store.callKeys(context.db);
  for (const authority of await store.listAuthorities(context.db)) {
    const key = keys.find(({ authorityId }) => authorityId === authority.id)?.callKey;
    if (key) await furnishAuthority(context, authority, key.split('-')[0] ?? key);
  }
  for (const person of OF_THE_HOUSE) {
    await context.db
      .transaction()
      .execute((trx) => ensurePerson(context, trx, person, person.login, { role: person.role }));
  }
}

async function furnishAuthority(
  context: Context,
  authority: { id: string; name: string; division: string },
  shortName: string,
): Promise<void> {
  const department = await store.firstDepartment(context.db, authority.id);
  if (!department) return;
  let organisationId = '';
  await context.db.transaction().execute(async (trx) => {
    await ensureRegisters(context, trx, authority.id);
    const organisation =
      (await store.findOrganisation(trx, authority.id)) ?? (await addOrganisation(context, trx, authority, department));
    organisationId = organisation.id;
    for (const person of OF_AN_AUTHORITY) {
      const { role } = person;
      const scopes: Partial<Record<typeof role, Partial<Grant>>> = {
        applicant: { organisationId: organisation.id },
        organisationAdministrator: { organisationId: organisation.id },
        recommendingDepartment: { departmentId: organisation.departmentId },
      };
      const grant = { role, authorityId: authority.id, ...scopes[role] };
      await ensurePerson(context, trx, person, `${person.login}-${shortName}`, grant);
    }
    await ensureProfile(context, trx, { shortName, organisationId: organisation.id, division: authority.division });
  });
  await ensureSeals(context, organisationId);
}

/** Where a rehearsed call asks for electronic seals, the organisation has its own, as real ones have when the window ends. */
async function ensureSeals(context: Context, organisationId: string): Promise<void> {
  const { modes } = await readCertificates(context, organisationId, context.clock.now());
  const rehearsal = modes.find(({ mode }) => mode === 'rehearsal');
  if (!rehearsal || rehearsal.certificates.length > 0) return;
  await enrolCertificates(context, { organisationId, mode: 'rehearsal', at: context.clock.now() });
}

/** A rehearsal has no other limits than the notice's, and says so: an empty list would leave the rules without an answer. */
const NO_FURTHER_LIMIT = {
  key: 'rehearsal',
  title: '演练：不设通知以外的限项规定',
  from: '2000-01-01',
  satisfied: true,
  found: '演练中不作核对',
};

/** In a rehearsal the registers answer that they know of nothing; one that was imported keeps its answer. */
async function ensureRegisters({ clock }: Context, trx: Trx, authorityId: string): Promise<void> {
  const asOf = dateOfInstant(clock.now().getTime());
  for (const register of ['projects', 'misconduct', 'platforms', 'generalLimits'] as const) {
    const name = `${FACT_LISTS[register].source}（演练，无记录）`;
    const added = await addStateIfUnknown(trx, { authorityId, register, name, asOf });
    if (added && register === 'generalLimits')
      await replaceRows(trx, register, { authorityId, source: name, asOf, rows: [NO_FURTHER_LIMIT] });
  }
}

/** The applicant's particulars, confirmed by the organisation: a call may ask for them before anything else. */
async function ensureProfile(
  { clock }: Context,
  trx: Trx,
  { shortName, organisationId, division }: { shortName: string; organisationId: string; division: string },
): Promise<void> {
  const applicant = await findAccount(trx, `shenbao-${shortName}`);
  const administrator = await findAccount(trx, `danwei-${shortName}`);
  if (!applicant || !administrator) return;
  const birthDate = '1982-05-18';
  const data = {
    idType: 'residentId',
    idNumber: makeResidentId(`${division.slice(0, 2)}0102`, birthDate, '217'),
    gender: 'male',
    birthDate,
    degree: 'doctor',
    title: 'professor',
    titleRank: 'senior',
    academician: false,
    employment: 'inService',
    originalRetirementAge: 60,
    civilServant: false,
    phone: `1380000${division.slice(0, 4)}`,
    email: `shenbao-${shortName}@example.cn`,
  };
  const at = clock.now();
  await adoptProfile(trx, { personId: applicant.id, organisationId, data, confirmedBy: administrator.id, at });
}

const NOT_KNOWN = { firstLevelBudget: null, supervisorId: null, zoneId: null };

/** An invented university that belongs to its city, so that the department of the place reviews it. */
async function addOrganisation(
  context: Context,
  trx: Trx,
  authority: { id: string; division: string },
  department: { id: string; division: string | null },
): Promise<{ id: string; departmentId: string }> {
  const { clock, reference } = context;
  const wished = department.division ?? authority.division;
  const division = reference.divisions.find(({ code }) => code === wished)?.code ?? authority.division;
  const place = reference.divisions.find(({ code }) => code === division)?.name ?? '';
  const facts = {
    ...NOT_KNOWN,
    authorityId: authority.id,
    uscc: makeCreditCode('12', division, 'MB0Y2026'),
    name: `${place}演练大学`,
    kind: 'university',
    legalPerson: true,
    registeredOn: '1998-09-01',
    division,
    address: `${place}示例路1号`,
    legalRepresentative: '方启明',
    contactName: '苏明岚',
    contactPhone: '010-55550100',
    affiliation: 'local',
    universityLevel: 'otherUndergraduate',
  };
  const at = clock.now();
  const reviewer = await reviewerOf(context, trx, { authorityId: authority.id, facts, at });
  const departmentId = reviewer.ok ? reviewer.value.departmentId : department.id;
  const fields = { ...facts, departmentId };
  const id = await insertOrganisation(trx, {
    ...fields,
    state: 'approved',
    demonstration: true,
    createdAt: at,
  });
  if (!id) throw new Error(`the credit code of the demonstration organisation is taken: ${fields.uscc}`);
  const approval = { departmentId, note: null, approvedBy: null, holdsFrom: at };
  await insertVersion(trx, { organisationId: id, content: profileOf(fields), ...approval });
  return { id, departmentId };
}

async function ensurePerson(
  { clock, log }: Context,
  trx: Trx,
  { name }: DemonstrationRole,
  login: string,
  grant: Grant,
): Promise<void> {
  if (await findAccount(trx, login)) return;
  const at = clock.now();
  const added = await addPerson(trx, log, {
    login,
    name,
    password: DEMONSTRATION_PASSWORD,
    temporary: false,
    grant,
    at,
    demonstration: true,
  });
  if (!added.ok) throw new Error(added.refusal.message);
}
