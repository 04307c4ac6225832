import { FACT_LISTS, normaliseCreditCode, normaliseResidentId, parseDate, type FactColumn } from '@keshen/rules';
import type { Register } from './store.ts';

/** Without these a row could not be found again. */
const NEEDED: Record<Register, readonly string[]> = {
  projects: ['id', 'title', 'state'],
  misconduct: ['subject', 'subjectId', 'field'],
  platforms: ['uscc', 'kind', 'confirmed'],
  generalLimits: ['key', 'title', 'from'],
};

export type CheckedRows = { rows: Record<string, unknown>[]; problems: string[] };

/** Reads the rows of a register file. All problems come back, each with its row (from 1), column and what was expected. */
export function checkRows(register: Register, content: unknown): CheckedRows {
  if (!Array.isArray(content)) return { rows: [], problems: ['文件的内容应是一个列表：[ { … }, { … } ]'] };
  const problems: string[] = [];
  const rows = content.map((row: unknown, index) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      problems.push(`第${index + 1}行：应是一个对象 { … }`);
      return {};
    }
    return checkRow(register, row as Record<string, unknown>, (text) => problems.push(`第${index + 1}行：${text}`));
  });
  return { rows, problems };
}

function checkRow(
  register: Register,
  row: Record<string, unknown>,
  complain: (text: string) => void,
): Record<string, unknown> {
  const columns: Readonly<Record<string, FactColumn>> = FACT_LISTS[register].columns;
  const checked: Record<string, unknown> = {};
  for (const key of NEEDED[register])
    if (row[key] == null || row[key] === '') complain(`缺少“${key}”（${columns[key]?.label}）`);
  for (const [key, value] of Object.entries(row)) {
    const column = Object.hasOwn(columns, key) ? columns[key] : undefined;
    if (!column) complain(`没有“${key}”这一列；可用的列：${Object.keys(columns).join('、')}`);
    else if (value !== null) {
      const fault = faultOf(column, value);
      if (fault) complain(`“${key}”（${column.label}）${fault}，现为 ${JSON.stringify(value)}`);
      else checked[key] = normalise(key, value);
    }
  }
  return checked;
}

function faultOf({ type, options }: FactColumn, value: unknown): string | undefined {
  switch (type) {
    case 'date':
      return typeof value === 'string' && parseDate(value) !== undefined ? undefined : '应为日期，如 "2026-05-18"';
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : '应为整数';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : '应为 true 或 false';
    default:
      if (typeof value !== 'string') return '应为文字';
      return options && !Object.hasOwn(options, value) ? `只能是：${Object.keys(options).join('、')}` : undefined;
  }
}

function normalise(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (key === 'uscc') return normaliseCreditCode(value);
  if (key === 'personId') return normaliseResidentId(value);
  if (key === 'subjectId') return normaliseResidentId(value);
  return value.normalize('NFC').trim();
}
