import type { CompiledCall } from '../call.ts';
import type { ReferenceData } from '../reference.ts';
import type { Subject } from '../subject.ts';

/** `rollUpChanged` of `changed` of `judged` applications. */
export type Group = { key: string; label: string; judged: number; changed: number; rollUpChanged: number };

/** What happened to one application; undefined: nothing changed. */
export type Happened = { rollUpChanged: boolean } | undefined;

const KIND = 'lead.kind';
const DIVISION = 'lead.division';
const NOT_SAID = '未填';

/** Counts by topic, by the region and by the kind of the lead organisation. */
export class Groups {
  readonly #topicField: string | undefined;
  readonly #labels: { topics: Map<string, string>; kinds: Map<string, string>; divisions: Map<string, string> };
  readonly #topics = new Map<string, Group>();
  readonly #regions = new Map<string, Group>();
  readonly #kinds = new Map<string, Group>();

  constructor({ topicField, topics, form }: CompiledCall, { divisions }: ReferenceData) {
    this.#topicField = topicField;
    const fields = form.sections.flatMap((section) => section.fields);
    const kinds = fields.find(({ path }) => path === KIND)?.options ?? [];
    this.#labels = {
      topics: new Map(topics.map(({ code, title }) => [code, title])),
      kinds: new Map(kinds.map(({ value, label }) => [value, label])),
      divisions: new Map(divisions.map(({ code, name }) => [code, name])),
    };
  }

  count(subject: Subject, happened: Happened): void {
    const { topics, kinds, divisions } = this.#labels;
    const topic = textAt(subject, this.#topicField);
    const kind = textAt(subject, KIND);
    const region = regionOf(textAt(subject, DIVISION), divisions);
    add(this.#topics, topic, topics.get(topic) ?? topic, happened);
    add(this.#kinds, kind, kinds.get(kind) ?? kind, happened);
    add(this.#regions, region.code, region.name, happened);
  }

  report(): { topics: Group[]; regions: Group[]; kinds: Group[] } {
    const sorted = (groups: ReadonlyMap<string, Group>): Group[] =>
      [...groups.values()].toSorted((a, b) => b.changed - a.changed || b.judged - a.judged || (a.key < b.key ? -1 : 1));
    return { topics: sorted(this.#topics), regions: sorted(this.#regions), kinds: sorted(this.#kinds) };
  }
}

function add(groups: Map<string, Group>, key: string, label: string, happened: Happened): void {
  const group = groups.get(key) ?? { key, label: label || NOT_SAID, judged: 0, changed: 0, rollUpChanged: 0 };
  groups.set(key, group);
  group.judged += 1;
  if (happened) group.changed += 1;
  if (happened?.rollUpChanged) group.rollUpChanged += 1;
}

function textAt({ application }: Subject, path: string | undefined): string {
  const [section = '', field = ''] = (path ?? '').split('.');
  const value = application[section]?.[field];
  return typeof value === 'string' ? value : '';
}

/** The province and, where it is known, the prefecture. */
function regionOf(code: string, divisions: ReadonlyMap<string, string>): { code: string; name: string } {
  const [province, prefecture] = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`];
  const [whole, part] = [divisions.get(province), divisions.get(prefecture)];
  if (whole === undefined) return { code, name: code };
  return part === undefined || prefecture === province
    ? { code: province, name: whole }
    : { code: prefecture, name: `${whole}${part}` };
}
