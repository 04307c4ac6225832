/** The states of an application, in the order of its way through the house. `{…}` is replaced by a word of the call. */
export const STATES = {
  draft: { label: '填写中', open: true },
  with_organisation: { label: '待单位审核', open: false },
  checked_by_organisation: { label: '单位初核通过，待签发', open: false },
  returned_by_organisation: { label: '单位退回修改', open: true },
  with_department: { label: '待{recommendingDepartment}审核', open: false },
  reviewed_by_department: { label: '{recommendingDepartment}初核通过，待签发', open: false },
  returned_by_department: { label: '{recommendingDepartment}退回修改', open: true },
  recommended: { label: '已推荐，待报送', open: false },
  delivered: { label: '已报送科技厅', open: false },
  admitted: { label: '已受理', open: false },
  not_admitted: { label: '不予受理', open: false },
  not_recommended: { label: '不予推荐', open: false },
  withdrawn: { label: '已撤回', open: false },
} as const;

export type State = keyof typeof STATES;
export const STATE_KEYS = Object.keys(STATES) as State[];

/** `open` states are those in which the applicant may still write. */
export const isOpen = (state: State): boolean => STATES[state].open;
