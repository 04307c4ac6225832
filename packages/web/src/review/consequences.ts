import type { Words } from '@keshen/rules';

type Consequence = {
  primary: boolean;
  danger?: boolean;
  say: (words: Words, department: string) => string;
  reason?: string;
};

/** What follows each step, said before it is taken. */
const CONSEQUENCES: Record<string, Consequence> = {
  forward: {
    primary: true,
    say: (words, department) =>
      `确认单位已审核内容和附件，报送${department}（${words.recommendingDepartment}）。报送后单位和申报人都不能再改，除非被退回。`,
  },
  returnByOrganisation: {
    primary: false,
    say: () => '退给申报人修改，改好后重新提交单位。填报截止后不能再提交，请留出时间。',
    reason: '写清楚哪里要改、怎么改，申报人会看到',
  },
  recommend: {
    primary: true,
    say: () => '确认推荐这个项目，列入下次导出的清单。已导出的清单会失效，须重新导出、盖章。',
  },
  returnByDepartment: {
    primary: false,
    say: () => '退给申报人修改，改好后须再经单位审核重新报来。',
    reason: '写清楚哪里要改、怎么改，单位和申报人都会看到',
  },
  declineRecommendation: {
    primary: false,
    danger: true,
    say: () => '不推荐这个项目，本次申报到此为止。',
    reason: '不予推荐的理由，单位和申报人都会看到',
  },
  completeOrganisationCheck: {
    primary: true,
    say: () => '初核通过，交单位管理员签发报送。',
  },
  reopenOrganisationCheck: {
    primary: false,
    say: () => '退回初核人重新审查，申报人不受影响。',
    reason: '要重新审查什么',
  },
  completeDepartmentReview: {
    primary: true,
    say: () => '初核通过，交另一位人员签发。',
  },
  reopenDepartmentReview: {
    primary: false,
    say: () => '退回初核人重新审查，申报单位不受影响。',
    reason: '要重新审查什么',
  },
  admit: {
    primary: true,
    say: () => '形式审查通过，予以受理。受理后申报单位、项目负责人等按通知锁定。',
  },
  refuseAdmission: {
    primary: false,
    danger: true,
    say: () => '形式审查不通过，不予受理。请选出不符合的条款并写明理由。',
  },
  reconsiderAdmission: {
    primary: false,
    say: () => '撤回受理结论，回到待受理，重新审查。',
    reason: '撤回的理由，申报人看得到',
  },
  withdrawRecommendation: {
    primary: false,
    danger: true,
    say: () => '撤销推荐，回到待审核。已导出的清单会失效，须重新导出、盖章。',
    reason: '撤销推荐的理由',
  },
};

const OTHER: Consequence = { primary: false, say: () => '请确认。', reason: '理由' };

export const consequenceOf = (action: string): Consequence => CONSEQUENCES[action] ?? OTHER;
