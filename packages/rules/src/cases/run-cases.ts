import type { CaseExpectation, CompiledCall, CompiledCase } from '../call.ts';
import { parseDate, isoDate } from '../calendar/dates.ts';
import { parseInstant } from '../calendar/instants.ts';
import { addWorkingDays, UnknownYear } from '../calendar/working-days.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { LinkedCall } from '../evaluate/link.ts';
import { requiredMaterials } from '../evaluate/materials.ts';
import { rollUp } from '../evaluate/roll-up.ts';
import { windowAt } from '../evaluate/windows.ts';
import { judgeDelivery, paperDue, papersAsked } from '../paper/index.ts';
import type { ReferenceData } from '../reference.ts';
import { routeOrganisation } from '../routing/route.ts';
import type { Subject } from '../subject.ts';
import type { Verdict } from '../verdict.ts';
import { applyChanges } from './apply-changes.ts';
import { Links } from './links.ts';
import { readExample, type Examples } from './examples.ts';

export type CaseResult = {
  case: CompiledCase;
  /** `elsewhere`: shown by a journey or test outside the engine. */
  status: 'ok' | 'failed' | 'elsewhere';
  expected: string;
  got: string;
  /** The verdict's text, where there is one. */
  text?: string;
};

/** Runs every case of a call against its examples. A case that cannot be run has failed. */
export function runCases(compiled: CompiledCall, examples: Examples, reference: ReferenceData): CaseResult[] {
  const runner = new CaseRunner(compiled, examples, reference);
  return compiled.cases.map((item) => runner.run(item));
}

class CaseRunner {
  readonly #compiled: CompiledCall;
  readonly #examples: Examples;
  readonly #reference: ReferenceData;
  readonly #links: Links;

  constructor(compiled: CompiledCall, examples: Examples, reference: ReferenceData) {
    this.#compiled = compiled;
    this.#examples = examples;
    this.#reference = reference;
    this.#links = new Links(compiled, reference);
  }

  run(item: CompiledCase): CaseResult {
    try {
      return this.#outcome(item);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      return { case: item, status: 'failed', expected: expectedOf(item), got: `出错：${said}` };
    }
  }

  #subject(item: CompiledCase): Subject {
    return applyChanges(readExample(this.#compiled, this.#examples, item.example), item.set);
  }

  #outcome(item: CompiledCase): CaseResult {
    const expected = expectedOf(item);
    const result = (got: string, text?: string): CaseResult => ({
      case: item,
      status: got === expected ? 'ok' : 'failed',
      expected,
      got,
      ...(text !== undefined && { text }),
    });
    const { expect } = item;
    switch (expect.about) {
      case 'elsewhere':
        return { case: item, status: 'elsewhere', expected, got: expect.shownBy ?? '' };
      case 'window': {
        const linked = this.#links.on(this.#latestStart(), item.readings);
        const bounding = windowAt(linked, expect.action, expect.instant, {
          ...(expect.state && { states: [expect.state] }),
        });
        return result(bounding.state === 'open' ? '能做' : '不能做', bounding.text);
      }
      case 'route':
        return this.#routed(expect, item, result);
      case 'paper':
        return this.#brought(expect, item, result);
      case 'deadline':
        return result(this.#deadline(expect.from, expect.workingDays));
      default: {
        const subject = this.#subject(item);
        const linked = this.#links.on(subject.at.date, item.readings);
        return this.#judged(item, linked, subject, result);
      }
    }
  }

  #judged(
    item: CompiledCase,
    linked: LinkedCall,
    subject: Subject,
    result: (got: string, text?: string) => CaseResult,
  ): CaseResult {
    const { expect } = item;
    if (expect.about === 'material') {
      const entries = requiredMaterials(linked, subject).filter(({ key }) => key === expect.material);
      const found = entries.find(({ row }) => expect.row === undefined || row === expect.row);
      // One that the readings taken rule out is not listed at all.
      if (!this.#compiled.materials.some(({ key }) => key === expect.material))
        throw new Error(`没有材料“${expect.material}”`);
      return result(found?.need ?? 'no', found?.why);
    }
    const verdicts = evaluate(linked, subject);
    if (expect.about === 'rule') {
      const verdict = verdicts.find(({ rule }) => rule === expect.rule);
      if (!verdict) return result(this.#noVerdict(linked, expect.rule));
      const unmarked = (expect.fields ?? []).filter((path) => !verdict.fields.includes(path));
      return unmarked.length > 0
        ? result(
            `${verdict.outcome}，但没有指到 ${unmarked.join('、')}（指到的是 ${verdict.fields.join('、')}）`,
            verdict.text,
          )
        : result(verdict.outcome, verdict.defect ?? verdict.text);
    }
    const whole = rollUp(verdicts);
    return result(whole, whole === expectedOf(item) ? undefined : standing(verdicts));
  }

  #routed(
    { organisation: { supervisor, zone, ...facts }, errand }: Extract<CaseExpectation, { about: 'route' }>,
    item: CompiledCase,
    result: (got: string, text?: string) => CaseResult,
  ): CaseResult {
    const { routing, departments } = this.#compiled;
    if (!routing) throw new Error('call.yaml 没有 routing');
    // A department is known by its name here.
    const named = departments.map((department) => ({ ...department, id: department.name }));
    const organisation = { ...facts, supervisorId: supervisor, zoneId: zone };
    const { readings } = this.#links.on(this.#latestStart(), item.readings);
    const routed = routeOrganisation(routing, { organisation, departments: named, errand, readings });
    const [first] = routed.routes;
    if (first) return result(routed.routes.map(({ department }) => department?.name ?? 'self').join('、'), first.why);
    return 'missing' in routed && routed.missing.length > 0 ? result('missing', routed.why) : result('没有对应的部门');
  }

  #brought(
    { paper: key, brought }: Extract<CaseExpectation, { about: 'paper' }>,
    item: CompiledCase,
    result: (got: string, text?: string) => CaseResult,
  ): CaseResult {
    const { readings } = this.#links.on(this.#latestStart(), item.readings);
    const paper = papersAsked(this.#compiled, readings, brought.topic).find((asked) => asked.key === key);
    const receivedAt = parseInstant(brought.received);
    if (!paper || receivedAt === undefined) return result('notAsked');
    const due = paperDue(paper, { startedOn: brought.startedOn, holidays: this.#reference.holidays });
    const verdict = judgeDelivery(paper, due, {
      by: brought.by ?? paper.through ?? paper.from,
      receivedAt,
      copies: brought.copies ?? paper.copies,
      held: brought.held ?? 0,
      version: brought.version ?? 'current',
      online: true,
    });
    return result(verdict.outcome, verdict.text);
  }

  /** A day on which every parameter holds: windows depend on readings, never on the day. */
  #latestStart(): string {
    const starts = this.#compiled.parameters.flatMap(({ values }) => values.map(({ from }) => from));
    return starts.sort().at(-1) ?? '2000-01-01';
  }

  #noVerdict(linked: LinkedCall, rule: string): string {
    if (rule.startsWith('form:')) return 'pass';
    return this.#compiled.rules.some(({ id }) => id === rule) && !linked.rules.some(({ id }) => id === rule)
      ? '这条规则在所选读法下不用'
      : '没有这条判定';
  }

  #deadline(from: string, count: number): string {
    const day = parseDate(from);
    if (day === undefined) throw new Error(`日期写得不对：${from}`);
    try {
      return isoDate(addWorkingDays(day, count, this.#reference.holidays));
    } catch (error) {
      if (error instanceof UnknownYear) return 'unknownYear';
      throw error;
    }
  }
}

function expectedOf({ expect }: CompiledCase): string {
  switch (expect.about) {
    case 'rule':
      return expect.outcome;
    case 'rollUp':
      return expect.rollUp;
    case 'material':
      return expect.need;
    case 'window':
      return expect.open ? '能做' : '不能做';
    case 'deadline':
      return expect.date;
    case 'route':
      return expect.to;
    case 'paper':
    case 'elsewhere':
      return expect.outcome;
  }
}

/** What stands in the way, for a message. */
const standing = (verdicts: readonly Verdict[]): string =>
  verdicts
    .filter(({ outcome, severity }) => severity !== 'hint' && outcome !== 'pass' && outcome !== 'not_applicable')
    .slice(0, 8)
    .map(({ rule, outcome, found }) => `${rule} ${outcome}：${found}`)
    .join(' ｜ ');
