/** Labels that ask yes or no, said as a statement: 申报单位是否独立法人 → 申报单位是独立法人. */
const TAKES_NOT = /^(含|使用|属于|涉及|需要|开放|能|可以|同意|符合|在|由|按|参加|参与|从事|用|计入|收费)/;
const TAKES_HAVE_NOT = /^(有|已|写明|获得|获|签|盖|填写|认可|设立|建立|完成|取得|通过|提供|附|经)/;

export type YesNo = { yes: string; no: string; mustYes: string; mustNo: string };

/** Undefined when the label is no such question. */
export function asStatement(label: string): YesNo | undefined {
  const match = /^(.*?)(?:是否|是不是)(.+?)[？?]?$/.exec(label);
  if (!match) return undefined;
  const [, who = '', what = ''] = match;
  if (TAKES_HAVE_NOT.test(what)) {
    const bare = what.replace(/^(有|已经|已)/, '');
    const have = what.startsWith('有') ? '有' : '';
    return {
      yes: `${who}${what}`,
      no: `${who}没有${bare}`,
      mustYes: `${who}须${have}${bare}`,
      mustNo: `${who}不得${have}${bare}`,
    };
  }
  if (TAKES_NOT.test(what)) {
    return { yes: `${who}${what}`, no: `${who}不${what}`, mustYes: `${who}须${what}`, mustNo: `${who}不得${what}` };
  }
  const bare = what.replace(/^(是|为)/, '');
  return {
    yes: `${who}是${bare}`,
    no: `${who}不是${bare}`,
    mustYes: `${who}须是${bare}`,
    mustNo: `${who}不得是${bare}`,
  };
}
