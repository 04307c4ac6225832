import type { CompiledRule, RuleException } from '../call.ts';
import type { Context, RowValue } from '../evaluate/context.ts';
import type { LinkedCall } from '../evaluate/link.ts';
import { walk, type Expr } from '../tree.ts';
import type { Evidence, Missing, Outcome, Verdict } from '../verdict.ts';
import { decidingTerms } from './deciding.ts';
import { Findings } from './found.ts';
import { MissingAnswers } from './missing.ts';
import { Phrases } from './phrases.ts';
import { breakingCells, evidenceOf, keysOfSlot, pathOf, recordsOf } from './places.ts';
import { generatedRemedy } from './remedy.ts';
import { accordingTo, roleName, sentences, stillMissing } from './sentences.ts';

export type RowOutcome = { row: RowValue; at: number; outcome: Outcome };
/** `rows` where the rule goes through rows: those it concerns. */
export type Judged = { outcome: Outcome; rows?: readonly RowOutcome[] };

/** The clause that a verdict cites. */
export function clauseOf(linked: LinkedCall, rule: CompiledRule): Verdict['clause'] {
  const id = rule.clauses[0] ?? '';
  return { id, at: linked.call.clauses.find((clause) => clause.id === id)?.at ?? id };
}

/** Puts an outcome into words: what is asked, what was found, whose turn it is, what to do. */
export class RuleExplanation {
  readonly #linked: LinkedCall;
  readonly #rule: CompiledRule;
  readonly #context: Context;
  readonly #judged: Judged;
  readonly #phrases: Phrases;
  readonly #findings: Findings;

  constructor(linked: LinkedCall, rule: CompiledRule, context: Context, judged: Judged) {
    this.#linked = linked;
    this.#rule = rule;
    this.#context = context;
    this.#judged = judged;
    const { vocabulary, closures, reference } = linked;
    this.#phrases = new Phrases(vocabulary, closures, reference.groupNames ?? {}, context);
    this.#findings = new Findings(vocabulary, closures, this.#phrases, context);
  }

  verdict(): Verdict {
    const rule = this.#rule;
    const { outcome } = this.#judged;
    const clause = clauseOf(this.#linked, rule);
    const asks = rule.asks ?? this.#asks();
    const missing = outcome === 'unknown' ? this.#missing() : undefined;
    const found = missing ? (this.#saidUnknown()?.say ?? stillMissing(missing)) : this.#found();
    const explanation = this.#explanation();
    const human = this.#human(found, explanation);
    const remedy = this.#remedy(explanation, missing);
    const evidence = outcome === 'not_applicable' ? [] : this.#evidence();
    const text = sentences(
      outcome === 'not_applicable' ? undefined : asks,
      this.#conclusion(found),
      human && outcome === 'needs_human'
        ? `由${roleName(this.#linked.call, human.to)}判断：${human.question}`
        : undefined,
      accordingTo(clause.at),
      remedy,
    );
    return {
      rule: rule.id,
      title: rule.title,
      clause,
      outcome,
      severity: rule.severity,
      fields: this.#fields(),
      asks,
      found,
      ...(remedy !== undefined && { remedy }),
      text,
      ...(missing && { missing }),
      ...(human && { human }),
      ...(explanation && { explanation }),
      ...(evidence.length > 0 && { evidence }),
    };
  }

  #asks(): string {
    const { forEach, when, require, human, except } = this.#rule;
    const phrases = this.#phrases;
    let rows = '';
    if (forEach) {
      const { noun, measure } = this.#linked.vocabulary.list(forEach.list);
      rows = forEach.when ? `${noun}中，${phrases.state(forEach.when)}的，每${measure}` : `每${measure}${noun}，`;
    }
    const condition = when ? `${phrases.state(when)}的，` : '';
    if (require && !(require.op === 'const' && require.value === true))
      return `${rows}${condition}${phrases.must(require)}`;
    if (human)
      return `${rows}${condition}${phrases.state(human.when)}的，由${roleName(this.#linked.call, human.to)}判断`;
    return `${rows}${condition}${except.map((exception) => exception.say).join('；')}`;
  }

  /** The condition that decided in the current row: the exception that holds, `when`, or the requirement. */
  #decider(outcome: Outcome): { tree: Expr | undefined; say?: string } {
    const { when, except, require, human } = this.#rule;
    const test = (tree: Expr): boolean | undefined => this.#linked.closures.test(tree)(this.#context);
    if (when && test(when) === false) return { tree: when };
    const exception = except.find((candidate) => test(candidate.when) === true);
    if (exception && exception.outcome === outcome) return { tree: exception.when, say: exception.say };
    return { tree: outcome === 'needs_human' ? human?.when : require };
  }

  #found(): string {
    const { outcome, rows } = this.#judged;
    if (!rows) return this.#foundHere(outcome);
    const { list } = this.#rule.forEach ?? {};
    if (!list) return '';
    const { noun, measure, name } = this.#linked.vocabulary.list(list);
    if (rows.length === 0) return `没有需要看的${noun}`;
    const deciding = rows.filter((row) => row.outcome === outcome);
    if (outcome === 'pass' || outcome === 'not_applicable')
      return outcome === 'pass' ? `${deciding.length}${measure}${noun}都符合` : `没有需要看的${noun}`;
    return deciding
      .slice(0, 5)
      .map(({ row, at }) => {
        this.#context.rows[0] = row;
        return `${noun}${name(row, at)}：${this.#foundHere(outcome).replace(/^您填的/, '')}`;
      })
      .concat(deciding.length > 5 ? [`等${deciding.length}${measure}`] : [])
      .join('；');
  }

  #foundHere(outcome: Outcome): string {
    const { tree, say } = this.#decider(outcome);
    const values = tree ? this.#findings.of(tree) : '';
    return say === undefined || outcome === 'needs_human'
      ? values
      : [values, say].filter((part) => part !== '').join('；');
  }

  #conclusion(found: string): string {
    switch (this.#judged.outcome) {
      case 'pass':
        return found === '' ? '符合' : `${found}，符合`.replace('都符合，符合', '都符合');
      case 'not_applicable':
        return found === '' ? '这一条不适用' : `${found}，这一条不适用`;
      default:
        return found;
    }
  }

  /** An exception that holds and says of itself that nothing can be known: a register that has not been filled. */
  #saidUnknown(): RuleException | undefined {
    if (this.#judged.outcome !== 'unknown' || this.#judged.rows) return undefined;
    const holding = this.#rule.except.find(({ when }) => this.#linked.closures.test(when)(this.#context) === true);
    return holding?.outcome === 'unknown' ? holding : undefined;
  }

  #missing(): Missing[] {
    const { vocabulary, closures, call } = this.#linked;
    const answers = new MissingAnswers(vocabulary, closures, this.#context, call.topicField);
    const said = this.#saidUnknown();
    if (said) {
      walk(said.when, (node) => {
        if ('list' in node) answers.list(node.list);
      });
      return answers.found();
    }
    const { forEach, when, except, require, human } = this.#rule;
    const look = (): void => {
      for (const tree of [when, ...except.map((exception) => exception.when), require, human?.when]) {
        if (tree && closures.test(tree)(this.#context) === undefined) answers.look(tree);
      }
    };
    if (!forEach) look();
    else if (!this.#judged.rows)
      answers.look({
        op: 'count',
        type: 'integer',
        list: forEach.list,
        slot: 0,
        name: '',
        body: forEach.when ?? ALWAYS,
      });
    else {
      for (const { row, at, outcome } of this.#judged.rows) {
        if (outcome !== 'unknown') continue;
        answers.within(forEach.list, 0, row, at, () => {
          if (forEach.when && closures.test(forEach.when)(this.#context) === undefined) answers.look(forEach.when);
          look();
        });
      }
    }
    return answers.found();
  }

  #explanation(): Verdict['explanation'] {
    const path = this.#rule.explanation;
    if (path === undefined || this.#rule.severity !== 'soft' || this.#judged.outcome !== 'fail') return undefined;
    const [section = '', field = ''] = path.split('.');
    const value = this.#context.application[section]?.[field];
    const given = typeof value === 'string' && value.trim() !== '';
    return { path, label: this.#linked.vocabulary.word(path).label, given };
  }

  #human(found: string, explanation: Verdict['explanation']): Verdict['human'] {
    const { severity, human, except, title } = this.#rule;
    if (this.#judged.outcome === 'fail' && severity === 'soft' && explanation) {
      return { to: human?.to ?? 'programmeOfficer', question: `${title}：${found}。申报人的说明能否接受？` };
    }
    if (this.#judged.outcome !== 'needs_human') return undefined;
    const row = this.#judged.rows?.find(({ outcome }) => outcome === 'needs_human');
    if (row) this.#context.rows[0] = row.row;
    const test = (tree: Expr): boolean | undefined => this.#linked.closures.test(tree)(this.#context);
    const exception = except.find((candidate) => test(candidate.when) === true);
    if (exception) return { to: exception.to ?? 'programmeOfficer', question: exception.say };
    return human && { to: human.to, question: human.question };
  }

  #remedy(explanation: Verdict['explanation'], missing: Missing[] | undefined): string | undefined {
    const rule = this.#rule;
    if (missing)
      return missing.some((item) => !item.source)
        ? `请先填写${missing.find((item) => !item.source)?.label ?? ''}`
        : undefined;
    if (this.#judged.outcome !== 'fail') return undefined;
    const advice = rule.remedy ?? this.#generated();
    if (!explanation) return advice;
    const judge = roleName(this.#linked.call, rule.human?.to ?? 'programmeOfficer');
    if (explanation.given) return `已在“${explanation.label}”里说明，由${judge}判断`;
    const before = advice.replace(/。$/, '');
    return before.includes(explanation.label)
      ? `${before}；说明了的，由${judge}判断`
      : `${before}；确有理由的，请在“${explanation.label}”里写明，由${judge}判断`;
  }

  #generated(): string {
    const { tree } = this.#inBreakingRow(() => this.#decider('fail'));
    if (!tree) return '';
    const { vocabulary, closures } = this.#linked;
    return generatedRemedy(tree, { vocabulary, closures, phrases: this.#phrases, context: this.#context });
  }

  #inBreakingRow<T>(look: () => T): T {
    const breaking = this.#judged.rows?.find(({ outcome }) => outcome === this.#judged.outcome);
    if (breaking) this.#context.rows[0] = breaking.row;
    return look();
  }

  /** The places it stands beside: as the rule says, and the very cells that break it. */
  #fields(): string[] {
    const fields = new Set(this.#rule.show);
    const { outcome, rows } = this.#judged;
    if (outcome === 'pass' || outcome === 'not_applicable') return [...fields];
    const { tree } = this.#inBreakingRow(() => this.#decider(outcome));
    const { forEach } = this.#rule;
    const prefix = forEach && pathOf(forEach.list);
    if (rows && prefix !== undefined && tree) {
      for (const { row, at } of rows.filter((each) => each.outcome === outcome).slice(0, 20)) {
        for (const key of keysOfSlot(tree, 0)) fields.add(`${prefix}[${String(row.id ?? at + 1)}].${key}`);
      }
    } else if (tree && outcome !== 'unknown') {
      for (const cell of breakingCells(tree, { ...this.#linked, context: this.#context })) fields.add(cell);
    }
    return [...fields];
  }

  #evidence(): Evidence[] {
    const { forEach } = this.#rule;
    const { outcome, rows } = this.#judged;
    if (!this.#rule.reads.some((path) => path.startsWith('facts.'))) return [];
    const world = { ...this.#linked, context: this.#context };
    if (forEach?.list.from === 'facts') {
      return recordsOf(
        forEach.list,
        (rows ?? []).filter((row) => row.outcome === outcome),
        world,
      );
    }
    const { tree } = this.#inBreakingRow(() => this.#decider(outcome));
    return tree && decidingTerms(tree, this.#linked.closures, this.#context).length > 0 ? evidenceOf(tree, world) : [];
  }
}

const ALWAYS: Expr = { op: 'const', type: 'boolean', value: true };
