import { officialInstant, type Stage, STAGES, type ToldAction } from '@keshen/rules';
import type { Addressee } from './addressee.ts';
import type { Situation } from './situation.ts';

export type Fact = { label: string; value: string };

/** What is told: one line, what it is about, what its reader does now. */
export type Words = { title: string; facts: Fact[]; toDo: string };

type Say = (situation: Situation, role: Addressee['role']) => Words;

/** 某项目（2026-21-000017） */
const named = ({ application }: Situation): string =>
  application ? `${application.title || '未填项目名称'}（${application.number}）` : '';
const department = ({ round }: Situation): string => round?.compiled.words.recommendingDepartment ?? '推荐部门';

const reason = (label: string, { said }: Situation): Fact[] =>
  said('reason') === '' ? [] : [{ label, value: said('reason') }];

const step =
  (
    what: (situation: Situation) => string,
    toDo: string | ((situation: Situation, role: Addressee['role']) => string),
    because?: string,
  ): Say =>
  (situation, role) => ({
    title: `${what(situation)}：${named(situation)}`,
    facts: because === undefined ? [] : reason(because, situation),
    toDo: typeof toDo === 'string' ? toDo : toDo(situation, role),
  });

const toMend = (_situation: Situation, role: Addressee['role']): string =>
  role === 'applicant'
    ? '请按理由改好，在截止以前重新提交。'
    : '申报人改好重新提交以后，还要由您审核报送，请留意时间。';

const SAY: Record<ToldAction, Say> = {
  submit: step(() => '有申报书提交单位审核', '请审核后提交，或者写明理由退回。'),
  completeOrganisationCheck: step(() => '单位初核通过，待签发', '请签发提交，或者写明理由退回。'),
  reopenOrganisationCheck: step(() => '退回重新初核', '请重新核对后再交签发。', '理由'),
  completeDepartmentReview: step(
    (situation) => `${department(situation)}初核通过，待签发`,
    '请签发推荐，或者写明理由退回。',
  ),
  reopenDepartmentReview: step(() => '退回重新初核', '请重新核对后再交签发。', '理由'),
  admit: step(() => '已受理', '不需要办理，请留意评审的通知。'),
  refuseAdmission: step(() => '不予受理', '有疑问的，请按通知里的联系方式咨询。', '不予受理的理由'),
  reconsiderAdmission: step(() => '受理结果重新审查', '不需要办理；有结果再通知您。', '理由'),
  changeAfterAdmission: step(() => '受理后经批准作了变更', '请核对变更后的内容。', '理由'),
  withdraw: step(() => '申报已撤回', '不需要办理；撤回的申报书仍可以查看。', '撤回的理由'),
  returnByOrganisation: step(() => '单位退回修改', toMend, '退回的理由'),
  forward: step(
    (situation) => `申报书已提交${department(situation)}`,
    (_, role) =>
      role === 'applicant' ? '不需要办理；有退回或者推荐时再通知您。' : '请逐项审核，确认推荐或者写明理由退回。',
  ),
  returnByDepartment: step((situation) => `${department(situation)}退回修改`, toMend, '退回的理由'),
  declineRecommendation: step(
    (situation) => `${department(situation)}不予推荐`,
    '有疑问的，请按通知里的联系方式咨询。',
    '不予推荐的理由',
  ),
  recommend: step((situation) => `${department(situation)}已确认推荐`, '不需要办理；报送科技厅以后再通知您。'),
  withdrawRecommendation: step(
    (situation) => `${department(situation)}撤销了推荐`,
    '申报书回到审核中，不需要您办理；有进一步的结果再通知您。',
    '撤销的理由',
  ),
  deliver: (situation, role) =>
    role === 'programmeOfficer'
      ? {
          title: `${situation.list?.departmentName ?? ''}报送了${situation.round?.compiled.words.recommendationList ?? '清单'}`,
          facts: [
            { label: '清单代码', value: situation.said('code') },
            { label: '项目数', value: `${String(situation.event.detail['entries'])}项` },
          ],
          toDo: '请在申报总览里查看。',
        }
      : step(() => '已报送科技厅', '网上申报到此完成，请留意受理和评审的通知。')(situation, role),
  receivePaper: (situation) => {
    const { said, list, round } = situation;
    const paper = round?.compiled.paper.find(({ key }) => key === said('paper'))?.title ?? '纸质材料';
    return {
      title: `${said('result') === 'late' ? '收下但登记为逾期' : '没有收下'}：${paper}，${named(situation) || `清单${list?.code ?? ''}`}`,
      facts: [
        { label: '送到时刻', value: officialInstant(Date.parse(said('receivedAt'))) },
        { label: '登记结果', value: said('told') },
      ],
      toDo:
        said('result') === 'late'
          ? '材料已经收下，登记为逾期；有疑问的，请联系收件窗口。'
          : '请按登记结果里的办法补正，在截止以前送到。',
    };
  },
  voidList: ({ said, list }) => ({
    title: `清单已失效：${list?.code ?? ''}`,
    facts: [{ label: '原因', value: said('reason') }],
    toDo: '已经打印、盖章的不再有效。请重新导出清单，盖章后上传，再报送。',
  }),
  attach: (situation) => ({
    title: `附件不能用：${named(situation)}`,
    facts: [{ label: '查出的问题', value: situation.said('message') }],
    toDo: '这个附件已不算数。请换一份能用的上传；已经提交的，请联系单位管理员退回后再换。',
  }),
  grantCoEditor: (situation) => ({
    title: `请您一起填写：${named(situation)}`,
    facts: [{ label: '申报人', value: situation.application?.applicantName ?? '' }],
    toDo: '您可以填写和上传附件；提交、撤回由申报人本人办理。',
  }),
  endCoEditor: (situation) => ({
    title: `不再一起填写：${named(situation)}`,
    facts: [{ label: '申报人', value: situation.application?.applicantName ?? '' }],
    toDo: '您填写过的内容保留，不需要办理。',
  }),
  registerOrganisation: ({ organisation }) => ({
    title: `有单位申请注册：${organisation?.name ?? ''}`,
    facts: [],
    toDo: '请核对单位信息，通过或者写明理由退回；通过以前它不能申报。',
  }),
  approveOrganisation: ({ organisation }) => ({
    title: `单位注册已通过：${organisation?.name ?? ''}`,
    facts: [],
    toDo: '现在可以给申报人发放账号。',
  }),
  rejectOrganisation: ({ organisation, said }) => ({
    title: `单位注册被退回：${organisation?.name ?? ''}`,
    facts: [{ label: '退回的理由', value: said('note') }],
    toDo: '请按理由改正后重新注册。',
  }),
  addPerson: ({ said }) => ({
    title: '账号已经开通',
    facts: [{ label: '登录名', value: said('login') }],
    toDo: '请在“通知设置”里填写邮箱：退回修改、截止提醒会同时发到邮箱。',
  }),
  inviteOrganisation: ({ said, round }) => ({
    title: `贵单位受邀申报：${topicTitle(round, said('topic'))}`,
    facts: [{ label: '受邀单位', value: said('name') }],
    toDo: '这个方向只对受邀单位开放，请在窗口期内新建申报。',
  }),
  proposeExtension: (situation) => ({
    title: `有延期等您决定：${stageOf(situation)}延到${until(situation)}`,
    facts: [{ label: '理由', value: situation.said('reason') }],
    toDo: '延期由两个人办理，请批准或者否决。',
  }),
  approveExtension: (situation) => ({
    title: `已延期：${stageOf(situation)}延到${until(situation)}`,
    facts: [{ label: '理由', value: situation.extension?.reason ?? '' }],
    toDo: '请在新的截止时刻以前办完，含截止时刻本身。',
  }),
  declineExtension: (situation) => ({
    title: `延期没有批准：${stageOf(situation)}`,
    facts: [{ label: '理由', value: situation.said('note') }],
    toDo: '原来的截止时刻不变。',
  }),
  adjustPlaces: ({ said, event: { detail } }) => ({
    title: `名额已调整：${said('holderName')}由${String(detail['from'])}项调为${String(detail['to'])}项`,
    facts: [{ label: '理由', value: said('reason') }],
    toDo: '不需要办理；剩余名额在“推荐报送”里可以看到。',
  }),
};

const topicTitle = (round: Situation['round'], code: string): string =>
  round?.compiled.topics.find((topic) => topic.code === code)?.title ?? code;

function stageOf(situation: Situation): string {
  const stage = situation.said('stage') as Stage;
  return STAGES[stage].label.replace('{recommendingDepartment}', department(situation));
}

const until = ({ said }: Situation): string => officialInstant(Date.parse(said('until')));

/** What an event is told as, with what stands in every notice: which call, which application, when. */
export function wordsFor(situation: Situation, role: Addressee['role']): Words {
  const { event, application, round } = situation;
  const { title, facts, toDo } = SAY[event.action as ToldAction](situation, role);
  return {
    title,
    facts: [
      ...(round ? [{ label: '申报通知', value: round.compiled.title }] : []),
      ...(application
        ? [
            { label: '申报编号', value: application.number },
            { label: '项目名称', value: application.title || '未填' },
            { label: '申报单位', value: application.organisationName },
          ]
        : []),
      { label: '时间', value: officialInstant(Math.floor(event.at.getTime() / 1000) * 1000) },
      ...facts,
    ].filter(({ value }) => value !== ''),
    toDo,
  };
}
