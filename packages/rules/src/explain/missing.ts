import type { Closures } from '../evaluate/closures.ts';
import { EMPTY_ROW, type Context } from '../evaluate/context.ts';
import { factList, type FactList } from '../facts.ts';
import { childrenOf, type Expr, type ListSource } from '../tree.ts';
import type { Missing } from '../verdict.ts';
import type { Vocabulary } from './vocabulary.ts';

const MOST_ROWS = 20;

/** What is missing in an expression that is unknown: answers of the applicant, registers that did not answer. */
export class MissingAnswers {
  readonly #vocabulary: Vocabulary;
  readonly #closures: Closures;
  readonly #context: Context;
  readonly #topicField: string | undefined;
  readonly #found = new Map<string, Missing>();
  readonly #rows: { list: ListSource; id: string; name: string }[] = [];

  constructor(vocabulary: Vocabulary, closures: Closures, context: Context, topicField: string | undefined) {
    this.#vocabulary = vocabulary;
    this.#closures = closures;
    this.#context = context;
    this.#topicField = topicField;
  }

  found(): Missing[] {
    return [...this.#found.values()];
  }

  #add(missing: Missing): void {
    if (!this.#found.has(missing.path)) this.#found.set(missing.path, missing);
  }

  /** Enters a row, so that what is missing in it is named with it. */
  within(list: ListSource, slot: number, row: Readonly<Record<string, unknown>>, at: number, look: () => void): void {
    const { noun, name } = this.#vocabulary.list(list);
    this.#context.rows[slot] = row;
    this.#rows[slot] = { list, id: String(row.id ?? at + 1), name: `${noun}${name(row, at)}` };
    look();
  }

  look(expr: Expr): void {
    if (expr.op !== 'count' && this.#closures.run(expr)(this.#context) !== undefined) return;
    switch (expr.op) {
      case 'field':
        this.#add({ path: expr.path, label: this.#vocabulary.word(expr.path).name });
        return;
      case 'topic':
        if (this.#topicField !== undefined) {
          this.#add({ path: this.#topicField, label: this.#vocabulary.word(this.#topicField).name });
        }
        return;
      case 'cell':
        this.#cell(expr);
        return;
      case 'exists':
      case 'all':
      case 'count':
      case 'sum':
        this.#overRows(expr);
        return;
      case 'call':
        this.#call(expr);
        return;
      default:
        for (const child of childrenOf(expr)) this.look(child);
    }
  }

  #call(expr: Extract<Expr, { op: 'call' }>): void {
    const before = this.#found.size;
    for (const argument of expr.args) this.look(argument);
    const [country, group] = expr.args;
    if (this.#found.size > before || !country) return;
    if (expr.fn === 'in_group' && group?.op === 'const') {
      this.#add({ path: `reference.groups.${String(group.value)}`, label: '这一天有效的名单', source: true });
    } else if (expr.fn === 'retirement_date' && group?.op === 'field') {
      this.#add({ path: group.path, label: `${this.#vocabulary.word(group.path).name}（与性别不合，请核对）` });
    }
  }

  #cell(expr: Extract<Expr, { op: 'cell' }>): void {
    const row = this.#rows[expr.slot];
    const { label } = this.#vocabulary.word(expr.address);
    if (!row) return;
    const { list, id, name } = row;
    if (list.from === 'facts') {
      this.#add({ path: `facts.${list.path}[${id}].${expr.key}`, label: `${name}的${label}`, source: true });
    } else if (list.from !== 'items') {
      const path = list.from === 'table' ? list.path : `materials.${list.path}`;
      this.#add({ path: `${path}[${id}].${expr.key}`, label: `${name}的${label}` });
    }
  }

  #overRows(expr: Extract<Expr, { op: 'exists' | 'all' | 'count' | 'sum' }>): void {
    const rows = this.#closures.rows(expr.list)(this.#context);
    if (rows === undefined) {
      this.list(expr.list);
      return;
    }
    for (const [at, row] of rows.slice(0, MOST_ROWS).entries()) {
      this.within(expr.list, expr.slot, row ?? EMPTY_ROW, at, () => this.look(expr.body));
    }
  }

  /** A whole list: a register that did not answer or holds nothing of use, a table not filled in. */
  list(list: ListSource): void {
    if (list.from === 'facts') {
      const source = this.#context.facts.sources?.[list.path as FactList];
      const name = source?.name ?? factList(list.path)?.source ?? list.path;
      const why = source?.status === 'down' ? '暂时连不上' : '没有可用的结果';
      this.#add({ path: `facts.${list.path}`, label: `${name}（${why}）`, source: true });
    } else if (list.from === 'table') {
      this.#add({ path: list.path, label: this.#vocabulary.word(list.path).name });
    }
  }
}
