import {
  type Application,
  type CompiledCall,
  type FieldValue,
  type Form,
  type FormField,
  type ListColumn,
  type Row,
  tenThousandsColumn,
} from '@keshen/rules';
import { type ApplicationRow, type Naming, stateLabel, written } from '../applications/index.ts';

/** What is frozen when a list is exported: all that is printed, and which version of which application stands on it. */
export type ListContent = {
  title: string;
  callTitle: string;
  callKey: string;
  callVersion: string;
  mode: 'live' | 'rehearsal';
  department: string;
  /** What the call calls the department: 初审单位. */
  departmentWord: string;
  ordinal: number;
  exportedAt: string;
  /** Where the call asks for them in the head, together with the place for the seal and the date. */
  head?: { label: string; value: string }[];
  columns: { title: string; type: 'serial' | 'text' | 'money' | 'date' }[];
  rows: string[][];
  /** A cell for each column: what the amounts add up to, empty under other columns. Absent where no column is an amount. */
  totals?: string[];
  footnotes: string[];
  entries: { applicationId: string; number: string; title: string; organisation: string; versionCode: string }[];
};

/**
 * `bonusPlatform`: the platform on which the project's bonus place rests, when it has one. `decided`: what the department wrote, by the
 * column's key.
 */
export type Listed = {
  row: ApplicationRow;
  application: Application;
  decided: ReadonlyMap<string, string>;
  bonusPlatform?: string;
};
export type Contact = { name: string; phone: string };
type Source = { call: CompiledCall; callVersion: string; form: Form; naming: Naming };

export function listContent(
  { call, callVersion, form, naming }: Source,
  about: Pick<ListContent, 'mode' | 'department' | 'ordinal' | 'exportedAt'> & { contact: Contact | undefined },
  listed: readonly Listed[],
): ListContent {
  const { title, columns, footnotes, head } = call.documents.recommendationList;
  const { contact, ...frozen } = about;
  const fieldAt = fieldsByPath(form);
  const typeOf = ({ from }: ListColumn): ListContent['columns'][number]['type'] => {
    const type = fieldAt.get(from ?? '')?.type;
    return from === 'serial' ? 'serial' : type === 'money' || type === 'date' ? type : 'text';
  };
  const cell = (column: ListColumn, item: Listed, index: number): string => {
    const { from } = column;
    if (from === undefined) return item.decided.get(column.key) ?? '';
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
    callKey: call.key,
    callVersion,
    ...frozen,
    departmentWord: call.words.recommendingDepartment,
    ...(head &&
      contact && {
        head: [
          { label: head.contact, value: contact.name },
          { label: head.phone, value: contact.phone },
        ],
      }),
    columns: columns.map((column) => {
      const type = typeOf(column);
      return { title: type === 'money' ? `${column.title}（万元）` : column.title, type };
    }),
    rows: listed.map((item, index) => columns.map((column) => cell(column, item, index))),
    ...(columns.some((column) => typeOf(column) === 'money') && {
      totals: columns.map((column) =>
        typeOf(column) === 'money' ? tenThousandsColumn(sumOf(listed, column.from ?? '')) : '',
      ),
    }),
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

/** In 分, an integer. */
const sumOf = (listed: readonly Listed[], path: string): number =>
  listed
    .flatMap(({ application }) => valuesAt(application, path))
    .reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);

/** Words a column may name besides a path of the application. */
const WORDS: Record<string, (item: Listed, index: number, call: CompiledCall) => string> = {
  serial: (_item, index) => String(index + 1),
  applicationNumber: ({ row }) => row.number,
  state: ({ row }, _index, call) => stateLabel(row.state, call),
  topic: ({ row }, _index, call) => call.topics.find(({ code }) => code === row.topic)?.title ?? row.topic ?? '',
  topicCode: ({ row }) => row.topic ?? '',
  organisation: ({ row }) => row.organisationName,
  recommendingDepartment: ({ row }) => row.departmentName,
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
