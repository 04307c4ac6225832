import { expect, it } from 'vitest';
import { FILES, REFERENCE, STANDARD_FORMS } from '../testing/fixture-call.ts';
import { checkCall } from './check-call.ts';

const BOUND = '  bound: param.bornFrom\n';
const SINCE_2030 = '[{ from: 2030-01-01, value: 1970-01-01 }]';

/** What is found when the rule on the birth date, bound by a parameter, asks in words of its own. */
function saidAs(asks: string, values?: string): string[] {
  const files: Record<string, string> = {
    ...FILES,
    'rules.yaml': FILES['rules.yaml']?.replace(BOUND, `${BOUND}  asks: ${asks}\n`) ?? '',
  };
  if (values) files['call.yaml'] = FILES['call.yaml']?.replace(SINCE_2030, values) ?? '';
  expect(files['rules.yaml']).not.toBe(FILES['rules.yaml']);
  return checkCall(files, REFERENCE, STANDARD_FORMS).problems.map(({ message }) => message);
}

it('a sentence with the figure of the parameter, or with none, is in order', () => {
  expect(saidAs('项目负责人须在1970年1月1日以后出生')).toEqual([]);
  expect(saidAs('项目负责人不能超龄')).toEqual([]);
});

it('a sentence with another figure than the parameter is a problem', () => {
  expect(saidAs('项目负责人须在1971年1月1日以后出生')).toEqual([
    expect.stringContaining('与参数“出生日期下限”的取值不一样'),
  ]);
});

it('a sentence with a figure is a problem where the parameter changes with the date', () => {
  const values = '[{ from: 2029-01-01, value: 1969-01-01 }, { from: 2030-01-01, value: 1970-01-01 }]';
  expect(saidAs('项目负责人须在1970年1月1日以后出生', values)).toEqual([expect.stringContaining('的取值随日期变')]);
  expect(saidAs('项目负责人不能超龄', values)).toEqual([]);
});
