import { ROLES, type Role, type Scope } from '../lifecycle/roles.ts';
import { type Action, READERS, type Step, STEPS } from '../lifecycle/steps.ts';
import type { RightSubject } from './subjects.ts';

/** One way to have a right: in this role, over records of this scope, while they are in these states. */
export type Holder = { role: Role; scope: Scope; states: readonly string[] | 'all' };

export type RightDefinition = {
  label: string;
  /** `anybody` needs no account; `signedIn` is about the own account only. */
  who: 'anybody' | 'signedIn' | readonly Holder[];
  /** Whoever holds one of these roles does not have the right, whatever else they hold. */
  never?: readonly Role[];
  /** What may be done before the own password is set, or before a second factor is enrolled where the role asks for one. */
  before?: 'ownPassword' | 'secondFactor';
  /** The answer goes over all authorities (one's own data wherever they are). */
  everywhere?: true;
};

const holder = (role: Role, scope: Scope, states: Holder['states'] = 'all'): Holder => ({ role, scope, states });
const anybody = (label: string): RightDefinition => ({ label, who: 'anybody' });
const by = (label: string, ...who: Holder[]): RightDefinition => ({ label, who });

/** The right to take any of these steps, in the role and the states of each. */
const toStep = (label: string, ...actions: Action[]): RightDefinition => ({
  label,
  who: (STEPS as readonly Step[])
    .filter(({ action }) => (actions as readonly string[]).includes(action))
    .map(({ role, scope, from }) => holder(role, scope, from.length > 0 ? from : 'all')),
});

type RightToStep = `application.${Action}`;
const TO_STEP = Object.fromEntries(
  STEPS.map(({ action, label }) => [`application.${action}`, toStep(label, action)]),
) as Record<RightToStep, RightDefinition>;

const ALL_ROLES = Object.keys(ROLES) as Role[];
const PARTIES: readonly Role[] = [
  'applicant',
  'organisationReviewer',
  'organisationAdministrator',
  'recommendingDepartment',
  'programmeOfficer',
  'serviceCentre',
  'integrityOfficer',
];
const readers = (label: string, ...roles: Role[]): RightDefinition => ({
  label,
  who: READERS.filter(({ role }) => roles.includes(role)),
});
const inAuthority = (roles: readonly Role[]): Holder[] => roles.map((role) => holder(role, 'authority'));

const SEES_ORGANISATION = [
  holder('applicant', 'organisation'),
  holder('organisationReviewer', 'organisation'),
  holder('organisationAdministrator', 'organisation'),
  holder('recommendingDepartment', 'department'),
  holder('programmeOfficer', 'authority'),
];

/**
 * Everything that can be done through the server, and who may: role × state × action × scope. Whatever is not here nobody may. The steps
 * of an application and its readers are those of the lifecycle.
 */
export const RIGHTS = {
  'public.read': anybody('看公开页面、通知、接口说明'),
  'public.verify': anybody('核验二维码、版本码和回执'),

  'account.enter': anybody('登录、输验证码、用一次性链接、单点登录'),
  'account.leave': anybody('退出登录'),
  'account.manage': { label: '看本人账号、改口令、管理登录的设备', who: 'signedIn', before: 'ownPassword' },
  'account.secure': { label: '管理本人的两步验证和单点登录', who: 'signedIn', before: 'secondFactor' },
  'account.export': { label: '导出本系统存有的本人信息', who: 'signedIn', everywhere: true },
  'account.profile': { label: '看、改本人信息，答复单位的邀请', who: 'signedIn', everywhere: true },
  'account.notices': { label: '看本人消息，设提醒方式', who: 'signedIn', everywhere: true },

  'person.read': by('看本单位人员', holder('organisationAdministrator', 'organisation')),
  'person.handOut': by('发放申报人账号，邀请有账号的人加入', holder('organisationAdministrator', 'organisation')),
  'person.answer': by(
    '办理更正、删除个人信息的申请',
    holder('organisationAdministrator', 'organisation'),
    holder('securityAdministrator', 'installation'),
  ),
  'person.confirm': by('核对本单位人员的信息', holder('organisationAdministrator', 'organisation')),
  'person.change': by('停用、启用账号，重设口令，办理离开', holder('organisationAdministrator', 'organisation')),

  'organisation.register': anybody('注册单位'),
  'organisation.read': by('看单位', ...SEES_ORGANISATION),
  'organisation.reveal': by('写明理由看联系电话全文', ...SEES_ORGANISATION),
  'organisation.review': by('审核单位注册', holder('recommendingDepartment', 'department', ['pending'])),
  'organisation.papers': by(
    '看单位的证明材料、管理员和代理',
    holder('organisationAdministrator', 'organisation'),
    holder('recommendingDepartment', 'department'),
    holder('programmeOfficer', 'authority'),
  ),
  'organisation.ask': by('申请变更单位信息，申报平台，更新联系人', holder('organisationAdministrator', 'organisation')),
  'organisation.decide': by('审核单位信息变更，确认平台', holder('recommendingDepartment', 'department', ['approved'])),
  'organisation.delegate': by('授权代理，移交单位管理员', holder('organisationAdministrator', 'organisation')),
  'organisation.appoint': by('管理员离开时指定新的单位管理员', holder('recommendingDepartment', 'department')),
  'organisation.seals': by('看、查领本单位的电子印章', holder('organisationAdministrator', 'organisation')),

  'round.read': by('看申报通知和表单定义', ...inAuthority(ALL_ROLES)),
  'round.overview': by('看申报总览', holder('programmeOfficer', 'authority')),
  'round.rehearse': by('平移演练时间、清除演练数据', holder('programmeOfficer', 'authority', ['rehearsal'])),

  'round.spotCheck': by(
    '公告、抽取抽查样本',
    holder('integrityOfficer', 'authority'),
    holder('programmeOfficer', 'authority'),
  ),
  'round.setReview': by(
    '设置复核签发',
    holder('organisationAdministrator', 'organisation'),
    holder('recommendingDepartment', 'department'),
  ),

  'quota.read': by('看与自己有关的名额', ...inAuthority(PARTIES)),
  'quota.adjust': by('增减名额', holder('programmeOfficer', 'authority')),

  'extension.read': by('看与自己有关的延期', ...inAuthority(PARTIES)),
  'extension.propose': by('提出延期', holder('programmeOfficer', 'authority')),
  'extension.decide': by('批准或不批准他人提出的延期', holder('programmeOfficer', 'authority', ['proposed'])),

  'invitation.read': by('看定向邀请名单', holder('programmeOfficer', 'authority')),
  'invitation.change': by('增减定向邀请', holder('programmeOfficer', 'authority')),

  ...TO_STEP,
  'application.createApplication': { ...toStep('新建申报', 'createApplication'), never: ['organisationAdministrator'] },
  'application.read': { label: '看申报、打印、比较版本、下载附件和回执', who: READERS },
  'application.reveal': { label: '写明理由看个人号码全文', who: READERS },
  'application.write': by('看修改历史、导入导出、在线状态、从旧申报带入', holder('applicant', 'shared')),
  'application.share': by('决定谁一起填写', holder('applicant', 'own')),
  'application.readOrganisationChecklist': readers(
    '看单位审查要点',
    'organisationReviewer',
    'organisationAdministrator',
    'recommendingDepartment',
    'programmeOfficer',
  ),
  'application.readDepartmentChecklist': readers(
    '看{recommendingDepartment}审查要点',
    'recommendingDepartment',
    'programmeOfficer',
  ),
  'application.readAdmissionChecklist': readers('看受理审查要点', 'programmeOfficer', 'integrityOfficer'),
  'application.answerOrganisationChecklist': toStep('填单位审查要点', 'completeOrganisationCheck', 'forward'),
  'application.seal': toStep('预览盖章页，加盖电子印章', 'forward'),
  'application.answerDepartmentChecklist': toStep(
    '填{recommendingDepartment}审查要点',
    'completeDepartmentReview',
    'recommend',
  ),
  'application.answerAdmissionChecklist': toStep('填受理审查要点', 'admit'),

  'list.prepare': by('看待推荐和已推荐的，审定各列，导出清单', holder('recommendingDepartment', 'authority')),
  'list.read': by(
    '看清单和扫描件',
    holder('recommendingDepartment', 'department'),
    holder('programmeOfficer', 'authority', ['delivered']),
  ),
  'list.deliver': by('上传盖章扫描件、报送清单', holder('recommendingDepartment', 'department', ['current'])),
  'pledge.prepare': by('打印本部门的承诺书、上传扫描件', holder('recommendingDepartment', 'authority')),
  'pledge.read': by(
    '看推荐部门的承诺书',
    holder('recommendingDepartment', 'department'),
    holder('programmeOfficer', 'authority', ['delivered']),
    holder('serviceCentre', 'authority', ['delivered']),
  ),
  'list.receive': by('看报送来的清单', holder('programmeOfficer', 'authority')),

  'paper.read': by(
    '看应交的纸质材料和收件情况',
    holder('applicant', 'own'),
    holder('organisationAdministrator', 'organisation'),
    holder('recommendingDepartment', 'department'),
    holder('serviceCentre', 'authority'),
    holder('programmeOfficer', 'authority'),
  ),
  'paper.receive': by(
    '收纸质材料、开回执、更正登记',
    holder('serviceCentre', 'authority'),
    holder('programmeOfficer', 'authority'),
  ),
  'paper.start': by('登记纸质时限从哪天算起', holder('programmeOfficer', 'authority')),

  'role.read': by('看人员和角色', holder('securityAdministrator', 'installation')),
  'role.addPerson': by('建立管理人员账号', holder('securityAdministrator', 'installation')),
  'role.propose': by('提出授予重要角色', holder('securityAdministrator', 'installation')),
  'role.decide': by('批准或不批准他人提出的授予', holder('securityAdministrator', 'installation', ['proposed'])),
  'role.end': by('收回角色', holder('securityAdministrator', 'installation')),

  'house.retry': by('重发没有发出的消息', holder('systemAdministrator', 'installation')),
  'house.read': by('看系统运行情况、待发消息，体检', holder('systemAdministrator', 'installation')),

  'log.read': by('查看、导出日志和日志的根', holder('auditAdministrator', 'installation')),
  'log.verify': by('固定、核对日志', holder('auditAdministrator', 'installation')),
} as const satisfies Record<`${RightSubject}.${string}`, RightDefinition>;

export type Right = keyof typeof RIGHTS;
export const RIGHT_KEYS = Object.keys(RIGHTS) as Right[];

/** The right to take a step of an application. */
export const rightTo = (action: Action): Right => `application.${action}`;

export const rightDefinition = (right: Right): RightDefinition => RIGHTS[right];
