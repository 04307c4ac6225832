/**
 * What a clause may name as `{ by: workflow, mechanism: … }`: a thing the system does of itself. A name that is not here is a lint
 * error, so that no clause is bound to a wish.
 */
export const MECHANISMS = {
  online_only: '只经系统申报：没有别的受理入口',
  classified_stop: '填报前确认不涉密；涉密的在新建时拦下，说明去处，不留内容',
  submit_within_window: '填写、上传、提交和单位报送只在窗口内接受，以服务器收到的时刻为准',
  recommend_within_window: '审核推荐、逐项确认和清单上传只在窗口内接受',
  one_department_per_project: '同一项目只能由一个推荐部门推荐；再经其他部门的提交被拒绝并指出已有的那份',
  organisation_checks_first: '申报人先交单位，单位审核后才到推荐部门，不能越过',
  administrator_cannot_apply: '单位管理员账号不能新建申报',
  account_from_organisation: '单位注册经推荐部门审核，申报人账号由单位管理员分配',
  no_return_after_confirmation: '推荐部门确认后没有退回这条路',
  list_voided_by_change: '清单导出后推荐项目一有变化即失效，二维码核验显示失效',
  refusal_logged: '被拒绝的操作连同服务器时间记入日志',
} as const;

export type Mechanism = keyof typeof MECHANISMS;
export const isMechanism = (name: string): name is Mechanism => Object.hasOwn(MECHANISMS, name);
