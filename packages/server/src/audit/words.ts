import { STEPS, type Step } from '@keshen/rules';

const steps: readonly Step[] = STEPS;

/** What is logged beside the steps of the lifecycle table. */
const LABELS: Record<string, string> = {
  useRight: '越权操作',
  signIn: '登录',
  signOut: '退出登录',
  changePassword: '修改密码',
  addPerson: '建立账号',
  grantRole: '授予角色',
  disableAccount: '停用账号',
  enableAccount: '启用账号',
  resetPasswordAccount: '重设密码',
  registerOrganisation: '单位注册',
  approveOrganisation: '单位注册通过',
  rejectOrganisation: '单位注册退回',
  publishVersion: '发布通知',
  openRound: '开始申报',
  importRegister: '导入登记信息',
  readApplication: '查看申报',
  printApplication: '打印申报书',
  revealValue: '查看完整号码',
  answerChecklist: '审查判断',
  changeNotices: '通知设置',
  giveNoticeAddress: '登记通知地址',
  removeNoticeAddress: '删除通知地址',
  confirmNoticeAddress: '确认通知地址',
  retryMessages: '重发通知',
  assignReviewer: '指定审核人',
  changeReviewSetting: '修改审核设置',
  markField: '标出修改处',
  writeRemark: '填写审核意见',
  writeOpinion: '填写审核意见',
  writeNote: '填写内部意见',
  proposeLockedChange: '提出受理后变更',
  decideLockedChange: '办理受理后变更',
  declineLockedChange: '否决受理后变更',
  announceDraw: '公告抽查',
  drawSpotCheck: '抽取抽查样本',
  exportList: '导出清单',
  uploadScan: '上传扫描件',
  deliverList: '报送清单',
  voidList: '清单失效',
  readLog: '查看日志',
  exportLog: '导出日志',
  gatherRoots: '固定日志',
  verifyLog: '核对日志',
  exportOwnData: '导出本人信息',
  rotateKeys: '更换密钥',
  forgetReadings: '清理过期记录',
  enrolSecondFactor: '启用两步验证',
  removeSecondFactor: '停用两步验证',
  remakeRecoveryCodes: '重发恢复码',
  linkIdentity: '绑定单点登录',
  unlinkIdentity: '解除单点登录',
  makeAccountLink: '发放设密码链接',
  useAccountLink: '用链接设密码',
  revokeSession: '强制退出登录',
  publishCall: '发布通知',
  exportApplication: '导出申报书',
  proposeRole: '提出授予重要角色',
  approveRole: '批准授予重要角色',
  declineRole: '否决授予重要角色',
  withdrawRole: '撤回授予重要角色',
  endRole: '终止角色',
  readPeople: '导出人员与角色',
  examineHouse: '系统体检',
  saveProfile: '填写个人资料',
  confirmProfile: '确认个人资料',
  returnProfile: '退回个人资料',
  readProfile: '查看个人资料',
  offerMembership: '邀请加入单位',
  withdrawMembership: '撤回加入邀请',
  acceptMembership: '加入单位',
  endMembership: '离开单位',
  declineMembership: '不加入单位',
  askAboutOwnData: '申请更正或删除个人信息',
  answerOwnData: '办结更正或删除申请',
  erasePerson: '清除注销账号的个人信息',
  adjustPlaces: '调整名额',
  proposeExtension: '提出延期',
  decideExtension: '决定延期',
  approveExtension: '批准延期',
  declineExtension: '否决延期',
  inviteOrganisation: '邀请单位申报',
  removeInvitation: '撤销邀请',
};

/** Every action with its label, for the filters. */
export const ACTIONS: { action: string; label: string }[] = [
  ...new Set([...steps.map(({ action }) => action), ...Object.keys(LABELS)]),
].map((action) => ({ action, label: labelOf(action) }));

/** An action in Chinese, without the words of a call; one that has no word yet as it stands in the log. */
export function labelOf(action: string): string {
  return (
    LABELS[action] ??
    steps.find((step) => step.action === action)?.label.replaceAll('{recommendingDepartment}', '推荐部门') ??
    action
  );
}
