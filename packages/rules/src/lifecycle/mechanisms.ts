type MechanismDefinition = { text: string; state: 'enforced' | 'declared' };

const enforced = (text: string): MechanismDefinition => ({ text, state: 'enforced' });
/** Written down by a call in its final form; a later part of the system carries it out, and until then says so. */
const declared = (text: string): MechanismDefinition => ({ text, state: 'declared' });

/**
 * What a clause may name as `{ by: workflow, mechanism: … }`: a thing the system does of itself. A name that is not here is a lint
 * error, so that no clause is bound to a wish; what is only declared is listed as such.
 */
export const MECHANISMS = {
  online_only: enforced('只经系统申报：没有别的受理入口'),
  classified_stop: enforced('填报前确认不涉密；涉密的在新建时拦下，说明去处，不留内容'),
  submit_within_window: enforced('填写、上传、提交和单位报送只在窗口内接受，以服务器收到的时刻为准'),
  recommend_within_window: enforced('审核推荐、逐项确认和清单上传只在窗口内接受'),
  recommended_online: enforced('推荐部门在线审核推荐，在线报送科技厅'),
  one_department_per_project: enforced('同一项目只能由一个推荐部门推荐；再经其他部门的提交被拒绝并指出已有的那份'),
  own_department_only: enforced('推荐部门只能推荐归自己管的项目；别的被拒绝，并说明归谁管'),
  organisation_checks_first: enforced('申报人先交单位，单位审核后才到推荐部门，不能越过'),
  administrator_cannot_apply: enforced('单位管理员账号不能新建申报'),
  account_from_organisation: enforced('单位注册经推荐部门审核，申报人账号由单位管理员分配'),
  no_return_after_confirmation: enforced('推荐部门确认后没有退回这条路'),
  list_voided_by_change: enforced('清单导出后推荐项目一有变化即失效，二维码核验显示失效'),
  refusal_logged: enforced('被拒绝的操作连同服务器时间记入日志'),
  watermark_by_state: enforced('打印的水印随状态：草稿、送审、正式上报版；扫码核对版本码'),
  attachment_inspected: enforced('附件上传时核对大小、真实类型、加密和损坏，不合的拒绝并说明'),
  topic_announced_later: enforced('通知另发的专题只展示，以它提交被拒绝并说明等待另行通知'),
  topic_by_invitation: enforced('定向组织的专题人人看得到，未受邀的单位不能新建和提交'),
  quota: enforced('推荐名额由计数器限定，最后一个名额只给一份'),
  recommendation_list: enforced('按通知的列生成推荐清单（汇总表）'),
  resubmit_after_return: enforced('窗口关闭后被推荐部门退回的能否改好重交、到什么时候，按所取读法'),
  electronic_seal_before_forward: enforced(
    '申报书上的单位公章和法定代表人名章由单位管理员用电子印章签好，才能提交推荐部门；退回修改后原签章作废；截止前七天提醒办章',
  ),
  one_department_per_organisation: enforced(
    '同一单位的项目只能经同一个推荐部门；走另一个部门的被拒绝，并指出已有的那份',
  ),
  department_by_location: enforced('推荐部门由通知里的表按注册地、类别和隶属关系确定，单位事先看得到归谁、为什么'),
  self_recommendation: enforced('自主推荐的单位没有外部推荐部门，单位审核后由本单位管理员直接确认推荐'),
  department_pledge: enforced('推荐部门报送前须上传本部门签字盖章的科研诚信承诺书，由系统打印、按码核对'),
  profile_confirmed_before_create: enforced(
    '单位名称、推荐单位、申报人信息逐项确认（申报人信息须单位确认过，改了重新确认）后才能新建申报',
  ),
  locked_after_admission: enforced('受理后申报单位和项目负责人锁定，没有例外'),
  locked_after_admission_unless_approved: enforced('受理后项目名称、申报单位、负责人锁定；经科技厅批准的例外留下记录'),
  spot_check_sample: enforced('按公布的种子和比例抽查，任何人可以复算'),
  online_with_paper: enforced('网上申报成功后才收书面材料，打印件是网上提交的那一版，两样都收到才算报全'),
  paper_copies_with_application: enforced('申报时须同步交纸质的，登记份数和收到时刻，不足即提示'),
  paper_copies_through_department: enforced('纸质材料先交推荐部门签章，再由部门集中报送；单位直接送来的不收'),
  paper_receipt_deadline: enforced('纸质以收到为准，登记收件时刻，过时不收'),
  paper_within_working_days: enforced(
    '从登记的某一天起按工作日算纸质时限，当日不计；没有放假安排的年度报缺数据；逾期列入清单',
  ),
  paper_after_award: enforced('立项后通知交纸质，按规定次序合成一个 PDF 并登记收件'),
  formal_agreement_before_contract: declared('申报时只有意向书的，没有正式协议不能签项目合同'),
  public_notice_of_awards: declared('拟立项在平台公示，未立项不另行通知'),
  award_revocation: declared('取消立项资格、撤销立项并追回经费，记录原因和责任主体'),
  cancelled_for_misconduct: declared('查出信息不实、重复申报的，取消当年申报和立项资格，立项以后查出的同样取消，留证'),
  misconduct_recorded: declared('失信的事实、责任主体和处理结果记入科研失信记录'),
  technology_contract_registered: declared('成果做技术交易的，登记技术交易合同'),
} as const satisfies Record<string, MechanismDefinition>;

export type Mechanism = keyof typeof MECHANISMS;
export const isMechanism = (name: string): name is Mechanism => Object.hasOwn(MECHANISMS, name);
