import type { Application, CompiledCall, FieldValue, Form, FormField, ListColumn, Row } from '@keshen/rules';
import { type ApplicationRow, type Naming, stateLabel, written } from '../applications/index.ts';

/** What is frozen when a list is exported: all that is printed, and which version of which application stands on it. */
export type ListContent = {
  title: string;
  callTitle: string;
  callVersion: string;
  mode: 'live' | 'rehearsal';
  department: string;
  /** What the call calls the department: 初审单位. */
  departmentWord: string;
  ordinal: number;
  exportedAt: string;
  columns: { title: string; type: 'serial' | 'text' | 'money' | 'date'; byHand: boolean }[];
  rows: string[][];
  footnotes: string[];
  entries: { applicationId: string; number: string; title: string; organisation: string; versionCode: string }[];
};

/** `bonusPlatform`: the platform on which the project's bonus place rests, when it has one. */
export type Listed = { row: ApplicationRow; application: Application; bonusPlatform?: string };
type Source = { call: CompiledCall; callVersion: string; form: Form; naming: Naming };

export function listContent(
  { call, callVersion, form, naming }: Source,
  head: Pick<ListContent, 'mode' | 'department' | 'ordinal' | 'exportedAt'>,
  listed: readonly Listed[],
): ListContent {
  const { title, columns, footnotes } = call.documents.recommendationList;
  const fieldAt = fieldsByPath(form);
  const cell = (column: ListColumn, item: Listed, index: number): string => {
    const { from } = column;
    if (from === undefined) return '';
    const word = WORDS[from];
    if (word) return word(item, index, call);
    const field = fieldAt.get(from);
    return field
      ? valuesAt(item.application, from)
          .map((value) => written(field, value, naming, true))
          .join('、')
      : '';
  };
  return {
    title,
    callTitle: call.title,
    callVersion,
    ...head,
    departmentWord: call.words.recommendingDepartment,
    columns: columns.map((column) => {
      const type = fieldAt.get(column.from ?? '')?.type;
      return {
        title: type === 'money' ? `${column.title}（万元）` : column.title,
        type: column.from === 'serial' ? 'serial' : type === 'money' || type === 'date' ? type : 'text',
        byHand: column.from === undefined,
      };
    }),
    rows: listed.map((item, index) => columns.map((column) => cell(column, item, index))),
    footnotes: footnotes ?? [],
    entries: listed.map(({ row }) => ({
      applicationId: row.id,
      number: row.number,
      title: row.title,
      organisation: row.organisationName,
      versionCode: row.versionCode ?? '',
    })),
  };
}

/** Words a column may name besides a path of the application. */
const WORDS: Record<string, (item: Listed, index: number, call: CompiledCall) => string> = {
  serial: (_item, index) => String(index + 1),
  applicationNumber: ({ row }) => row.number,
  state: ({ row }, _index, call) => stateLabel(row.state, call),
  topic: ({ row }, _index, call) => call.topics.find(({ code }) => code === row.topic)?.title ?? row.topic ?? '',
  organisation: ({ row }) => row.organisationName,
  department: ({ row }) => row.departmentName,
  applicant: ({ row }) => row.applicantName,
  versionCode: ({ row }) => row.versionCode ?? '',
  bonusPlace: ({ bonusPlatform }) => (bonusPlatform === undefined ? '否' : `是：${bonusPlatform}`),
};

const fieldsByPath = (form: Form): Map<string, FormField> =>
  new Map(
    form.sections.flatMap(({ fields }) =>
      fields.flatMap((field) => [field, ...(field.columns ?? [])].map((one) => [one.path, one] as const)),
    ),
  );

/** The value of a field, or of a column in each row of its table. */
function valuesAt(application: Application, path: string): (FieldValue | undefined)[] {
  const [section = '', field = '', column] = path.split('.');
  const value = application[section]?.[field];
  if (column === undefined) return [value];
  return Array.isArray(value) ? (value as readonly Row[]).map((row) => row[column]) : [];
}
