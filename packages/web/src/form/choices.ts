import type { Application, CompiledCall, FormField, Option, ReferenceData } from '@keshen/rules';

type Lists = Record<'countries' | 'divisions' | 'titles' | 'topics', readonly Option[]>;

/** The options of every field of a call, built once: some lists have hundreds of entries. */
export type Choices = { of: (field: FormField, application: Application) => readonly Option[] };

const NONE: readonly Option[] = Object.freeze([]);

export function choicesFrom(call: CompiledCall, reference: ReferenceData): Choices {
  const lists: Lists = {
    countries: reference.countries.map(({ code, name }) => ({ value: code, label: name })),
    divisions: reference.divisions.map(({ code, name }) => ({ value: code, label: name, help: code })),
    titles: reference.titles.map(({ key, name, series }) => ({ value: key, label: name, help: series })),
    topics: call.topics
      .filter((topic) => topic.opening !== 'shown')
      .map(({ code, title, help }) => ({ value: code, label: title, ...(help ? { help } : {}) })),
  };
  return {
    of: (field, application) => {
      if (field.options) return field.options;
      if (field.optionsFrom === 'partners') return partnersOf(application);
      if (field.optionsFrom) return lists[field.optionsFrom];
      if (field.type === 'country') return lists.countries;
      if (field.type === 'division') return lists.divisions;
      return NONE;
    },
  };
}

/** Rows of the application's own table of partners, chosen by their id. */
function partnersOf(application: Application): readonly Option[] {
  const rows = application['partners']?.['list'];
  if (!Array.isArray(rows)) return NONE;
  return rows.map((row: { id: string; name?: unknown }, index) => ({
    value: row.id,
    label: typeof row.name === 'string' && row.name ? row.name : `第 ${index + 1} 行（未填名称）`,
  }));
}

/** `教授 jiaoshou` is found by what the label or its help contains. */
export const matches = (typed: string, option: Option): boolean =>
  `${option.label} ${option.help ?? ''} ${option.value}`.toLowerCase().includes(typed.trim().toLowerCase());
