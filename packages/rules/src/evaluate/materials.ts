import type { FormField, MaterialDefinition } from '../call.ts';
import { Findings } from '../explain/found.ts';
import { MissingAnswers } from '../explain/missing.ts';
import { Phrases } from '../explain/phrases.ts';
import { accordingTo, sentences } from '../explain/sentences.ts';
import type { Subject } from '../subject.ts';
import type { Missing, Verdict } from '../verdict.ts';
import { contextOf, EMPTY_ROW, type Context, type RowValue } from './context.ts';
import type { LinkedCall } from './link.ts';

/** One paper an applicant must, need not or may yet have to bring; one entry for each row when it is asked per row. */
export type RequiredMaterial = {
  key: string;
  title: string;
  clause: { id: string; at: string };
  row?: string;
  rowLabel?: string;
  why: string;
  need: 'yes' | 'no' | 'unknown';
  /** Files already there. */
  have: number;
  min: number;
  max: number;
  accept: string[];
  maxBytes: number;
  colour: boolean;
  help?: string;
  template?: string;
  facts: FormField[];
};

export const requiredMaterials = (linked: LinkedCall, subject: Subject): RequiredMaterial[] =>
  materialsNow(linked, contextOf(subject)).map(({ entry }) => entry);

type Now = { material: MaterialDefinition; entry: RequiredMaterial; missing: Missing[] };

function materialsNow(linked: LinkedCall, context: Context): Now[] {
  return linked.materials.flatMap((material) => new Asked(linked, material, context).entries());
}

/** A verdict for each material that is needed or may be; what is not needed is said once for each material. */
export function judgeMaterials(linked: LinkedCall, context: Context): Verdict[] {
  return materialsNow(linked, context).flatMap((now) => [
    ...(now.material.min === 0 ? [] : [materialVerdict(now)]),
    ...fileVerdicts(now, context),
  ]);
}

class Asked {
  readonly #linked: LinkedCall;
  readonly #material: MaterialDefinition;
  readonly #context: Context;
  readonly #phrases: Phrases;

  constructor(linked: LinkedCall, material: MaterialDefinition, context: Context) {
    this.#linked = linked;
    this.#material = material;
    this.#context = context;
    this.#phrases = new Phrases(linked.vocabulary, linked.closures, linked.reference.groupNames ?? {}, context);
  }

  entries(): Now[] {
    const { forEach } = this.#material;
    if (!forEach) return [this.#entry(this.#condition([this.#material.when]))];
    const rows = this.#linked.closures.rows(forEach.list)(this.#context);
    if (rows === undefined) {
      const whole = this.#condition([this.#material.when]);
      return [this.#entry(whole === false ? false : undefined)];
    }
    const { noun, name } = this.#linked.vocabulary.list(forEach.list);
    const entries: Now[] = [];
    for (const [at, each] of rows.entries()) {
      const row = each ?? EMPTY_ROW;
      this.#context.rows[0] = row;
      const needed = this.#condition([this.#material.when, forEach.when]);
      const label = forEach.list.from === 'items' ? String(row.label ?? '') : `${noun}${name(row, at)}`;
      if (needed !== false) entries.push(this.#entry(needed, { row, at, label }));
    }
    return entries.length > 0 ? entries : [this.#entry(false)];
  }

  #condition(trees: readonly (MaterialDefinition['when'] | undefined)[]): boolean | undefined {
    const values = trees.map((tree) => (tree ? this.#linked.closures.test(tree)(this.#context) : true));
    return values.includes(false) ? false : values.includes(undefined) ? undefined : true;
  }

  #entry(needed: boolean | undefined, place?: { row: RowValue; at: number; label: string }): Now {
    const material = this.#material;
    const id = material.clauses[0] ?? '';
    const missing = needed === undefined ? this.#missing(place) : [];
    const entry: RequiredMaterial = {
      key: material.key,
      title: material.title,
      clause: { id, at: this.#linked.call.clauses.find((clause) => clause.id === id)?.at ?? id },
      ...(place && { row: String(place.row.id ?? place.at + 1), rowLabel: place.label }),
      why: this.#why(needed, missing),
      need: needed === undefined ? 'unknown' : needed && material.min > 0 ? 'yes' : 'no',
      have: this.#have(place?.row),
      min: material.min,
      max: material.max,
      accept: material.accept,
      maxBytes: material.maxBytes,
      colour: material.colour ?? false,
      ...(material.help !== undefined && { help: material.help }),
      ...(material.template !== undefined && { template: material.template }),
      facts: material.facts,
    };
    return { material, entry, missing };
  }

  #have(row: RowValue | undefined): number {
    const files = this.#context.materials[this.#material.key];
    if (!Array.isArray(files)) return 0;
    return row === undefined ? files.length : files.filter((file: RowValue) => file?.row === row.id).length;
  }

  #why(needed: boolean | undefined, missing: readonly Missing[]): string {
    const { why, when, min } = this.#material;
    if (needed === undefined) return `要不要交，取决于还没有填的：${missing.map(({ label }) => label).join('、')}`;
    if (why !== undefined) return why;
    if (min === 0) return '可以交，不作要求';
    if (!when) return needed ? '每项申报都要交' : '没有需要交的';
    if (!needed) return `${this.#phrases.state(when)}的才要交`;
    const { vocabulary, closures } = this.#linked;
    return new Findings(vocabulary, closures, this.#phrases, this.#context).of(when);
  }

  #missing(place: { row: RowValue; at: number } | undefined): Missing[] {
    const { closures, vocabulary, call } = this.#linked;
    const { forEach, when } = this.#material;
    const answers = new MissingAnswers(vocabulary, closures, this.#context, call.topicField);
    const look = (tree: MaterialDefinition['when']): void => {
      if (tree && closures.test(tree)(this.#context) === undefined) answers.look(tree);
    };
    if (!forEach) look(when);
    else if (place) {
      answers.within(forEach.list, 0, place.row, place.at, () => {
        look(when);
        look(forEach.when);
      });
    } else {
      look(when);
      answers.look({ op: 'listed', type: 'boolean', list: forEach.list });
      answers.look({
        op: 'count',
        type: 'integer',
        list: forEach.list,
        slot: 0,
        name: '',
        body: { op: 'const', type: 'boolean', value: true },
      });
    }
    return answers.found();
  }
}

function materialVerdict({ material, entry, missing }: Now): Verdict {
  const { clause, need, have, row, rowLabel, title } = entry;
  const of = rowLabel === undefined ? `《${title}》` : `《${title}》（${rowLabel}）`;
  const outcome =
    need === 'unknown' ? 'unknown' : need === 'no' ? 'not_applicable' : have >= material.min ? 'pass' : 'fail';
  const asks = `须交${of}${material.min > 1 ? `，至少${material.min}份` : ''}`;
  const found = need === 'yes' ? (have === 0 ? '还没有上传' : `已上传${have}份`) : entry.why;
  const remedy = outcome === 'fail' ? `请上传${of}` : undefined;
  const place = `materials.${entry.key}${row === undefined ? '' : `[${row}]`}`;
  return {
    rule: `material:${entry.key}${row === undefined ? '' : `:${row}`}`,
    title,
    clause,
    outcome,
    severity: material.severity,
    fields: [place],
    asks,
    found,
    ...(remedy !== undefined && { remedy }),
    text: sentences(
      need === 'no' ? `${of}：${found}` : asks,
      need === 'no' ? undefined : need === 'yes' ? `${entry.why}，${found}` : found,
      accordingTo(clause.at),
      remedy,
    ),
    ...(missing.length > 0 && { missing }),
  };
}

/** Too many files, files of a kind or size that is not taken. */
function fileVerdicts({ material, entry }: Now, context: Context): Verdict[] {
  const files = context.materials[material.key];
  if (!Array.isArray(files)) return [];
  const own = (files as readonly RowValue[]).filter((file) => entry.row === undefined || file?.row === entry.row);
  const problems: { place: string; said: string }[] = [];
  if (own.length > material.max) {
    problems.push({
      place: `materials.${material.key}${entry.row === undefined ? '' : `[${entry.row}]`}`,
      said: `最多${material.max}份，现有${own.length}份`,
    });
  }
  for (const [at, file] of own.entries()) {
    const said = fileProblem(material, file ?? EMPTY_ROW);
    if (said !== undefined) problems.push({ place: `materials.${material.key}[${String(file?.id ?? at + 1)}]`, said });
  }
  return problems.map(({ place, said }) => ({
    rule: `form:valid:${place}`,
    title: material.title,
    clause: entry.clause,
    outcome: 'fail',
    severity: 'block',
    fields: [place],
    asks: `《${material.title}》的文件须符合要求`,
    found: said,
    remedy: '请换一个文件',
    text: sentences(`《${material.title}》：${said}`, accordingTo(entry.clause.at), '请换一个文件'),
  }));
}

function fileProblem(material: MaterialDefinition, file: RowValue): string | undefined {
  const { fileName, bytes } = file;
  if (typeof fileName !== 'string') return undefined;
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  if (!material.accept.includes(extension))
    return `文件“${fileName}”不是${material.accept.join('、').toUpperCase()}文件`;
  if (typeof bytes === 'number' && bytes > material.maxBytes) {
    return `文件“${fileName}”有${bytes.toLocaleString('en')}字节，超过上限${material.maxBytes.toLocaleString('en')}字节`;
  }
  return undefined;
}
