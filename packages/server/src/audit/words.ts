import { STEPS, type Step } from '@keshen/rules';

const steps: readonly Step[] = STEPS;

/** What is logged beside the steps of the lifecycle table. */
const LABELS: Record<string, string> = {
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
