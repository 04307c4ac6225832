import { type Check, type Form, type SectionValue, type Step, stepOf } from '@keshen/rules';
import { randomUUID } from 'node:crypto';
import { type LoadedRound, loadRound, windowVerdict } from '../calls/index.ts';
import { findOrganisation, type OrganisationRow } from '../organisations/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { attempt, type By, eventBy } from './attempt.ts';
import type { Creation } from './creation.ts';
import { findUnconfirmed } from './find-unconfirmed.ts';
import { mechanismClause } from './mechanism-clause.ts';
import { placeInRound } from './place-in-round.ts';
import { topicRefusal } from './topic-open.ts';
import { type ApplicationRow, getApplication, insertApplication, nextNumber, putSection } from './store.ts';

const STEP: Step = stepOf('createApplication');

type Situation = { creation: Creation; by: By; round: LoadedRound; organisation: OrganisationRow };

/** The checks of the lifecycle table that can stand before an application exists. */
const CHECK_RUNS: Partial<Record<Check, (situation: Situation) => Refused | undefined>> = {
  window: ({ round, by, organisation }) => {
    const { id: organisationId, departmentId } = organisation;
    const verdict = windowVerdict(round, STEP.action, by.at, { organisationId, departmentId });
    return verdict.ok ? undefined : verdict;
  },
  profileConfirmed: ({ organisation, round }) =>
    organisation.state === 'approved'
      ? undefined
      : refused(403, {
          code: 'organisation_not_approved',
          message: `贵单位的注册还没有通过${round.compiled.words.recommendingDepartment}审核，不能新建申报。`,
          remedy: '请联系单位管理员查看审核进展。',
          ...mechanismClause(round, 'account_from_organisation'),
        }),
  notClassified: ({ creation, round }) => (creation.notClassified ? undefined : classifiedStop(round)),
};

/**
 * Makes an empty draft for an applicant, with what the house already knows of the organisation filled in. Whoever says that the
 * project is classified is told where to go, and nothing of it is kept, the chosen topic included.
 */
export const createApplication = (context: Context, by: By, creation: Creation): Promise<Result<ApplicationRow>> =>
  attempt(context, by, { action: STEP.action, subject: { kind: 'round', id: creation.roundId } }, async (trx) => {
    const round = await loadRound({ db: trx, reference: context.reference }, creation.roundId);
    if (!round) return refused(404, { code: 'not_found', message: '没有这个申报通知。', remedy: '请从通知列表进入。' });
    const grant = by.actor.grants.find(
      ({ role, authorityId }) => role === STEP.role && authorityId === round.round.authorityId,
    );
    const administers = by.actor.grants.some(({ role }) => role === 'organisationAdministrator');
    if (!grant?.organisationId || administers) return notAnApplicant(round, administers);
    const organisation = await findOrganisation(trx, grant.organisationId);
    if (!organisation) return notAnApplicant(round, false);
    for (const check of STEP.checks) {
      const refusal = CHECK_RUNS[check]?.({ creation, by, round, organisation });
      if (refusal) return refusal;
    }
    if (creation.topic && !round.compiled.topics.some(({ code }) => code === creation.topic)) {
      return refused(422, { code: 'unknown_topic', message: '本次通知没有这个申报方向。', where: 'topic' });
    }
    const shut = await topicRefusal(trx, round, { topic: creation.topic ?? null, uscc: organisation.uscc });
    if (shut) return shut;

    const placed = await placeInRound(trx, round, organisation, { wanted: creation.department, at: by.at });
    if (!placed.ok) return placed;
    const { departmentId, route } = placed.value;
    const department = route.departmentName;
    const unconfirmed = await findUnconfirmed(trx, { round, organisation, department, creation, by });
    if (unconfirmed) return unconfirmed;

    const id = await insertApplication(trx, {
      number: await nextNumber(trx, numberSeries(round, organisation)),
      roundId: round.round.id,
      filledUnder: round.round.checksum,
      organisationId: organisation.id,
      departmentId,
      applicantId: by.actor.personId,
      state: STEP.to ?? 'draft',
      topic: creation.topic ?? null,
      createdAt: by.at,
    });
    for (const [section, data] of Object.entries(knownBeforehand(round, organisation, creation, route.value))) {
      const save = { section, revision: 1, data, saveId: randomUUID() };
      const from = { savedBy: by.actor.personId, savedAt: by.at };
      await putSection(trx, round.compiled.form, { applicationId: id, ...save, ...from });
    }
    await context.log(trx, {
      ...eventBy(by, { action: STEP.action, applicationId: id }, STEP.role),
      outcome: 'done',
      detail: {
        to: STEP.to,
        call: round.round.checksum,
        notClassified: true,
        department,
        why: route.why,
      },
    });
    return ok(await getApplication(trx, id));
  });

/** 2026-21-000017: plan year, province, running number; a rehearsal has a series of its own. */
const numberSeries = ({ mode, compiled }: LoadedRound, { division }: OrganisationRow): string =>
  `${mode === 'rehearsal' ? 'YL' : ''}${compiled.planYear}-${division.slice(0, 2)}`;

/** What was registered of the organisation, the topic that was chosen and who recommends, in the fields of the form that ask for it. */
function knownBeforehand(
  { compiled }: LoadedRound,
  organisation: OrganisationRow,
  { topic }: Creation,
  recommender: string,
): Record<string, SectionValue> {
  const known: Record<string, SectionValue> = {};
  if (compiled.form.sections.some(({ key }) => key === 'lead'))
    known['lead'] = registeredFields(compiled.form, organisation);
  const put = (path: string | undefined, value: string | undefined): void => {
    const [section = '', field = ''] = (path ?? '').split('.');
    if (section && value) known[section] = { ...known[section], [field]: value };
  };
  put(compiled.topicField, topic);
  if (offers(compiled.form, compiled.routing?.field, recommender)) put(compiled.routing?.field, recommender);
  return known;
}

/** Whether a value is among a field's options, where it has any. */
function offers({ sections }: Form, path: string | undefined, value: string): boolean {
  const [section, field] = (path ?? '').split('.');
  const options = sections.find(({ key }) => key === section)?.fields.find(({ key }) => key === field)?.options;
  return options === undefined || options.some((option) => option.value === value);
}

/** What was registered of the organisation, in the fields of the form's section on the lead organisation. */
export function registeredFields(form: Form, organisation: OrganisationRow): SectionValue {
  const known: Record<string, unknown> = organisation;
  const registered: SectionValue = {};
  for (const { key, options } of form.sections.find(({ key }) => key === 'lead')?.fields ?? []) {
    const value = known[key];
    if (typeof value === 'boolean') registered[key] = value;
    if (typeof value !== 'string' || value === '') continue;
    if (!options || options.some((option) => option.value === value)) registered[key] = value;
  }
  return registered;
}

function notAnApplicant(round: LoadedRound, administers: boolean): Refused {
  return refused(403, {
    code: administers ? 'administrator_cannot_apply' : 'not_an_applicant',
    message: administers ? '单位管理员账号不能新建申报。' : '只有申报人账号可以新建申报。',
    remedy: administers
      ? '请在“单位人员”里给申报人分配账号，由申报人登录后新建。'
      : '请用单位管理员分配的申报人账号登录。',
    ...mechanismClause(round, 'administrator_cannot_apply'),
  });
}

function classifiedStop(round: LoadedRound): Refused {
  const stop = mechanismClause(round, 'classified_stop');
  const clause = round.compiled.clauses.find(({ id }) => id === stop.clause?.id);
  const contact = round.compiled.contacts[0];
  const phones = contact?.phones.length ? `（${contact.phones.join('、')}）` : '';
  return refused(422, {
    code: 'classified',
    message: `涉密的项目不能在本系统填报，没有保存任何内容。${clause?.text ?? ''}`,
    where: 'notClassified',
    remedy: contact
      ? `请不要在网上填写任何内容，办理途径请向${contact.office}${phones}咨询。`
      : '请不要在网上填写任何内容，办理途径请向发布通知的部门咨询。',
    ...stop,
  });
}
