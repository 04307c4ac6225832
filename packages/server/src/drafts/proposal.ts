import {
  type Application,
  type CellValue,
  type CompiledCall,
  type FieldValue,
  type Form,
  type FormField,
  readApplication,
  type Row,
} from '@keshen/rules';

/** Why one entry was left where it was. */
export type Left = { path: string; label: string; why: string };

/** What could be taken over into an application, and what could not; nothing is changed by it. */
export type Proposal = { sections: Application; left: Left[] };

type Why = string | undefined;
/** Why a field or column may not be taken over at all. */
export type Barred = (field: FormField, section: string) => Why;

/** A declaration is made by a person on the page, never by a copy or a file. */
export const noPledges: Barred = ({ type }) =>
  type === 'attest' ? '声明和承诺须由本人在页面上勾选，不带入' : undefined;

/** What another application says of its own time, and its declarations, are not for this one. */
export const noPledgesNoPeriod: Barred = (field, section) => {
  const ofPeriod = section === 'schedule' ? field.type === 'date' : PERIOD.has(field.path);
  return ofPeriod ? '实施期的日期每次都不同，请按本次通知填写' : noPledges(field, section);
};
const PERIOD = new Set(['project.startDate', 'project.endDate', 'project.periodNote']);

/**
 * Fits a document into the form of a call. Sections, fields and columns that the form does not have, values of another type, options
 * that are not on offer and whatever is barred are left out and named. `from` is the form that the document was filled in, for the
 * labels of what this one does not know.
 */
export function proposalFrom(
  call: Pick<CompiledCall, 'form' | 'topics'>,
  document: unknown,
  { barred, from = call.form }: { barred: Barred; from?: Form },
): Proposal {
  const { application, problems } = readApplication(call.form, document);
  const left: Left[] = problems.map(({ path, message }) => ({ path, label: labelIn(from, path), why: message }));
  const sections: Application = {};
  for (const section of call.form.sections) {
    const taken: Record<string, FieldValue> = {};
    for (const field of section.fields) {
      const value = application[section.key]?.[field.key];
      if (value === undefined) continue;
      const say = (of: FormField, path: string, why: string) => left.push({ path, label: of.label, why });
      if (field.type === 'table') {
        taken[field.key] = rowsIn(value).map((row) => rowOf(call, field, row, section.key, barred, say));
      } else {
        const why = barred(field, section.key) ?? notOffered(call, field, value);
        if (why) say(field, field.path, why);
        else taken[field.key] = value;
      }
    }
    if (Object.keys(taken).length > 0) sections[section.key] = taken;
  }
  return { sections, left: onceEach(left) };
}

const rowsIn = (value: FieldValue): readonly Row[] =>
  Array.isArray(value) ? value.filter((one): one is Row => typeof one === 'object') : [];

function rowOf(
  call: Pick<CompiledCall, 'topics'>,
  table: FormField,
  row: Row,
  section: string,
  barred: Barred,
  say: (of: FormField, path: string, why: string) => void,
): Row {
  const taken: Row = { id: row.id };
  for (const column of table.columns ?? []) {
    const value = row[column.key];
    if (value === undefined) continue;
    const why = barred(column, section) ?? notOffered(call, column, value);
    if (why) say({ ...column, label: `${table.label}：${column.label}` }, `${table.path}.${column.key}`, why);
    else taken[column.key] = value;
  }
  return taken;
}

/** An option that another call offered and this one does not. */
function notOffered(call: Pick<CompiledCall, 'topics'>, field: FormField, value: FieldValue | CellValue): Why {
  const offered =
    field.options?.map((option) => option.value) ??
    (field.optionsFrom === 'topics' ? call.topics.map(({ code }) => code) : undefined);
  if (!offered) return undefined;
  const strange = [value].flat().find((one) => typeof one === 'string' && !offered.includes(one));
  return strange === undefined ? undefined : '本次没有原来选的这一项，请重新选择';
}

/** Columns say the same in each row. */
const onceEach = (left: readonly Left[]): Left[] => [
  ...new Map(left.map((one) => [`${one.path}\n${one.why}`, one])).values(),
];

/** `partners.list[r1].oldColumn` in the words of the form it was filled in; the path itself where that has none. */
function labelIn(form: Form, path: string): string {
  const [sectionKey = '', ...rest] = path.split('.');
  const section = form.sections.find(({ key }) => key === sectionKey);
  const [fieldKey = '', columnKey] = rest.map((part) => part.replace(/\[.*$/, ''));
  const field = section?.fields.find(({ key }) => key === fieldKey);
  const column = field?.columns?.find(({ key }) => key === columnKey);
  if (column && field) return `${field.label}：${column.label}`;
  return field?.label ?? (rest.length === 0 ? section?.title : undefined) ?? path;
}
