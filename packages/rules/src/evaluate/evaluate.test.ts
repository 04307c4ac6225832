import { describe, expect, it } from 'vitest';
import { applyChanges } from '../cases/apply-changes.ts';
import { runCases } from '../cases/run-cases.ts';
import { boundaryPairs } from '../cases/boundaries.ts';
import { runMutations } from '../cases/mutations.ts';
import type { CaseChange } from '../call.ts';
import type { State } from '../lifecycle/states.ts';
import { compileFixture, exampleSubject, FIXTURE, linkFixture } from '../testing/compiled-fixture.ts';
import { EXAMPLE, FILES, REFERENCE } from '../testing/fixture-call.ts';
import type { Verdict } from '../verdict.ts';
import { evaluate } from './evaluate.ts';
import { linkCall } from './link.ts';
import { requiredMaterials } from './materials.ts';
import { rollUp } from './roll-up.ts';
import { windowAt } from './windows.ts';

const judged = (...set: CaseChange[]): Verdict[] => evaluate(linkFixture(), applyChanges(exampleSubject(), set));

function verdict(rule: string, ...set: CaseChange[]): Verdict {
  const found = judged(...set).find((candidate) => candidate.rule === rule);
  if (!found) throw new Error(`no verdict ${rule}`);
  return found;
}

const change = (path: string, value?: CaseChange['value']): CaseChange => ({
  path,
  ...(value !== undefined && { value }),
});

describe('the whole way from text to verdict', () => {
  it('runs the cases beside the rules', () => {
    const results = runCases(FIXTURE, { example: EXAMPLE }, REFERENCE);
    expect(results.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(results.filter(({ status }) => status === 'elsewhere')).toHaveLength(1);
  });

  it('crosses every bound, and the cases notice a comparison turned round', () => {
    expect(boundaryPairs(FIXTURE, { example: EXAMPLE }, REFERENCE).filter(({ decisive }) => !decisive)).toEqual([]);
    const alive = runMutations(FIXTURE, { example: EXAMPLE }, REFERENCE).filter(({ killed }) => !killed);
    expect(alive.map(({ rule }) => rule)).toEqual(['honest', 'honest']);
  });

  it('names a clause in every verdict, and says each in whole sentences', () => {
    const ids = new Set(FIXTURE.clauses.map(({ id }) => id));
    for (const set of [[], [change('lead.kind')], [change('partners.list')], [change('facts.projects')]]) {
      for (const { clause, text, rule } of judged(...set)) {
        expect(ids, rule).toContain(clause.id);
        expect(text, rule).toMatch(/依据《通知》/);
        expect(text, rule).toMatch(/[。？]$/);
        expect(text, rule).not.toMatch(/undefined|null|NaN|。。|；。|\[object/);
      }
    }
  });

  it('explains a share: what is asked, the bound, the value, the place, what to do', () => {
    const set = [change('budget.total', 99_990_000), change('budget.selfRaised', 69_990_000)];
    expect(verdict('self-raised', ...set).text).toBe(
      '单位类型是企业的，自筹资金不得低于总预算的70%。您填的自筹资金为69.99万元，总预算为99.99万元；自筹资金至少应为69.993万元，' +
        '还差0.003万元（30元）。依据《通知》四（二）。请增加自筹资金，或者下调总预算。',
    );
  });

  it('explains a date, a choice, rows, records and what is missing', () => {
    const text = (rule: string, ...set: CaseChange[]): string => verdict(rule, ...set).text;
    expect(text('person-age', change('person.birth', '1969-12-31'))).toBe(
      '负责人出生日期不得早于1970年1月1日（当日可以）。您填的负责人出生日期为1969年12月31日。依据《通知》四（一）。' +
        '请核对负责人出生日期；没有填错的，说明不符合这一条的要求。',
    );
    expect(text('person-level', change('person.title', 'lecturer'), change('person.degree', 'master'))).toContain(
      '负责人职称须达到副高级职称及以上，或者负责人学位是博士，二者有一即可。您填的负责人职称为讲师，负责人学位为硕士。',
    );
    expect(text('partner-river', change('partners.list[p1].country', 'JP'))).toContain(
      '合作单位中，是主要合作单位的，每家国家（地区）应在申报之日有效的沿河国家名单内。合作单位“莱茵公司”：国家（地区）为日本。',
    );
    expect(text('lead-kind', change('lead.legalPerson', false))).toContain('牵头单位须是独立法人');
    expect(text('term', change('project.end', '2034-01-01'))).toContain('前后共36个月零1天');
    expect(text('person-age', change('person.birth'))).toContain('还没有填：负责人出生日期，暂时不能判断');
    const down = change('facts.sources.projects.status', 'down');
    expect(verdict('ongoing', down)).toMatchObject({
      outcome: 'unknown',
      missing: [{ path: 'facts.projects', label: '演示项目库（暂时连不上）', source: true }],
    });
  });

  it('gives the competing project as evidence, with source and date', () => {
    const project = {
      id: 'P',
      title: '旧项目',
      personId: '@person.idNumber',
      role: 'principalInvestigator',
      state: 'ongoing',
    };
    const two = change('facts.projects', [project, { ...project, id: 'Q', title: '又一项' }]);
    const { evidence, text } = verdict('ongoing', two);
    expect(evidence).toEqual([
      { label: '《旧项目》（项目负责人，在研）', source: '演示项目库', asOf: '2030-02-01' },
      { label: '《又一项》（项目负责人，在研）', source: '演示项目库', asOf: '2030-02-01' },
    ]);
    expect(text).toContain('连同本项不得超过2项');
  });

  it('rolls up: blocked, incomplete, needs a person, ready; hints never count', () => {
    const whole = (...set: CaseChange[]): string => rollUp(judged(...set));
    const fitting = [
      change('budget.grant', 31_000_000),
      change('budget.selfRaised', 73_000_000),
      change('budget.total', 104_000_000),
    ];
    expect(whole()).toBe('ready');
    expect(whole(change('person.fields', ['y']))).toBe('ready');
    expect(whole(change('project.end', '2040-01-01'))).toBe('blocked');
    expect(whole(change('person.academician'))).toBe('incomplete');
    expect(whole(...fitting)).toBe('incomplete');
    expect(whole(...fitting, change('budget.note', '设备涨价'))).toBe('needs_person');
    expect(whole(change('lead.kind', 'club'))).toBe('needs_person');
    expect(verdict('cap', ...fitting)).toMatchObject({
      outcome: 'fail',
      explanation: { path: 'budget.note', given: false },
    });
  });

  it('finds what is ill-formed, down to the cell', () => {
    const fields = judged(
      change('lead.uscc', '91210100MA0PQR1200'),
      change('person.birth', '1981-05-06'),
      change('partners.list[p1].share', -1),
      change('project.title', '一'.repeat(21)),
    )
      .filter(({ rule }) => rule.startsWith('form:valid:'))
      .map(({ rule, found }) => [rule, found]);
    expect(fields).toEqual([
      ['form:valid:project.title', '最多20字，现有21字，超出1字'],
      ['form:valid:lead.uscc', expect.stringContaining('校验位')],
      ['form:valid:person.idNumber', '号码里的出生日期是1980年5月6日，填的出生日期是1981年5月6日，二者不一致'],
      ['form:valid:partners.list[p1].share', '不能是负数'],
    ]);
  });

  it('hides what is not asked: an enterprise only says what it gives in kind', () => {
    const university = [change('lead.kind', 'university'), change('budget.inKind', 5), change('materials.pledge', [])];
    expect(judged(...university).map(({ rule }) => rule)).not.toContain('form:required:budget.inKind');
    expect(verdict('self-raised', ...university).outcome).toBe('not_applicable');
    expect(verdict('material:pledge', ...university)).toMatchObject({ outcome: 'not_applicable' });
  });

  it('lists the materials with why, what is there and what is not', () => {
    const list = requiredMaterials(linkFixture(), applyChanges(exampleSubject(), [change('materials.agreement', [])]));
    expect(list.map(({ key, row, need, have, why }) => [key, row, need, have, why])).toEqual([
      ['agreement', 'p1', 'yes', 0, '每项申报都要交'],
      ['pledge', undefined, 'yes', 1, '您填的单位类型为企业'],
      ['statements', 'y2028', 'yes', 1, '您填的单位类型为企业'],
      ['statements', 'y2029', 'yes', 1, '您填的单位类型为企业'],
      ['other', undefined, 'no', 0, '可以交，不作要求'],
    ]);
    const open = requiredMaterials(linkFixture(), applyChanges(exampleSubject(), [change('lead.kind')]));
    expect(open.find(({ key }) => key === 'pledge')).toMatchObject({
      need: 'unknown',
      why: expect.stringContaining('单位类型') as string,
    });
    expect(verdict('material:pledge', change('materials.pledge[f2].bytes', 1001)).outcome).toBe('pass');
    expect(verdict('form:valid:materials.pledge[f2]', change('materials.pledge[f2].bytes', 1001)).found).toContain(
      '1,001字节',
    );
  });

  it('shows a rule that throws as a defect, never as pass or fail', () => {
    const linked = linkFixture();
    const broken = {
      ...linked,
      rules: linked.rules.map((rule) => ({ ...rule, require: { op: 'param', type: 'boolean', key: 'x' } as never })),
    };
    const defects = evaluate(broken, exampleSubject()).filter(({ defect }) => defect !== undefined);
    expect(defects.length).toBeGreaterThan(5);
    expect(defects.every(({ outcome }) => outcome === 'unknown')).toBe(true);
  });

  it('takes the parameter of the day, and none where none holds', () => {
    const on = (asOf: string): unknown => linkCall(FIXTURE, { asOf, reference: REFERENCE }).parameters.get('share');
    expect([on('2030-01-01'), on('2030-12-31')]).toEqual([
      { n: 7, d: 10 },
      { n: 7, d: 10 },
    ]);
    expect(() => on('2031-01-01')).toThrow('有期限的');
    expect(() => on('2029-06-01')).toThrow('没有2029-06-01当日适用的取值');
    expect(() => linkFixture({ nothing: 'x' })).toThrow('没有名为“nothing”的读法');
    expect(() => linkFixture({ counted: 'x' })).toThrow('没有选项“x”');
  });

  it('takes the country list of the day', () => {
    const set = change('partners.list[p1].country', 'HU');
    expect(verdict('partner-river', set).outcome).toBe('pass');
    expect(verdict('partner-river', set, change('at', '2029-06-01T10:00:00+08:00')).outcome).toBe('fail');
    const before = verdict('partner-river', set, change('at', '2028-06-01T10:00:00+08:00'));
    expect(before).toMatchObject({ outcome: 'unknown', missing: [{ path: 'reference.groups.river', source: true }] });
  });

  it('bounds an action by its window, in a rehearsal shifted', () => {
    const linked = linkFixture();
    expect(windowAt(linked, 'submit', '2030-02-10T17:00:00.000+08:00').state).toBe('open');
    expect(windowAt(linked, 'submit', '2030-02-10T17:00:00.001+08:00')).toMatchObject({
      state: 'closed',
      text: '网上填报已于2030年2月10日 17:00截止。依据《通知》一。',
    });
    expect(windowAt(linked, 'submit', '2030-01-10T08:59:59+08:00')).toMatchObject({ state: 'notYet' });
    expect(windowAt(linked, 'submit', '2030-02-11T17:00:00+08:00', { shiftMs: 86_400_000 }).state).toBe('open');
    expect(windowAt(linked, 'withdraw', '2030-01-20T00:00:00Z')).toEqual({
      state: 'notArranged',
      text: '本通知没有安排这一步。',
    });
    expect(() => windowAt(linked, 'submit', 'later')).toThrow('not an instant');
  });

  it('an extension moves the end, of what had opened only', () => {
    const linked = linkFixture();
    const extendedTo = Date.parse('2030-02-12T12:00:00+08:00');
    const at = (instant: string) => windowAt(linked, 'submit', instant, { extendedTo });
    expect(at('2030-02-12T12:00:00.000+08:00')).toMatchObject({ state: 'open', extended: true, closes: extendedTo });
    expect(at('2030-02-12T12:00:00.001+08:00')).toMatchObject({
      state: 'closed',
      text: '网上填报已于2030年2月12日 12:00截止（已经延期）。依据《通知》一。',
    });
    expect(at('2030-01-10T08:59:59+08:00').state).toBe('notYet');
  });

  it('a window for some states is open to what is in them or was returned from them, beside the window for all', () => {
    const linked = linkFixture();
    const [fill] = linked.windows;
    if (!fill) throw new Error('no window');
    const later = {
      ...fill,
      key: 'later',
      closes: '2030-02-15T17:00:00+08:00',
      states: ['returned_by_department' as const],
    };
    const both = { ...linked, windows: [...linked.windows, later] };
    const at = (instant: string, states: State[] = []) => windowAt(both, 'submit', instant, { states }).state;
    expect(at('2030-02-11T09:00:00+08:00')).toBe('closed');
    expect(at('2030-02-11T09:00:00+08:00', ['draft'])).toBe('closed');
    expect(at('2030-02-11T09:00:00+08:00', ['with_organisation', 'returned_by_department'])).toBe('open');
    expect(at('2030-02-15T17:00:00.001+08:00', ['returned_by_department'])).toBe('closed');
    expect(at('2030-02-01T09:00:00+08:00')).toBe('open');
  });

  it('says the same of the same, whatever was judged before', () => {
    const linked = linkFixture();
    const first = evaluate(linked, exampleSubject());
    evaluate(linked, applyChanges(exampleSubject(), [change('partners.list', [])]));
    expect(evaluate(linked, exampleSubject())).toEqual(first);
  });

  it('says yes-or-no labels as statements', () => {
    const rules = `
- { id: q, clause: T-3, title: 甲, require: '!lead.legalPerson', cases: [] }
- { id: r, clause: T-3, title: 乙, require: 'partners.list.all(p, p.principal)', cases: [] }`;
    const compiled = compileFixture({ ...FILES, 'rules.yaml': rules, 'cases.yaml': '[]' });
    const linked = linkCall(compiled, { asOf: '2030-02-01', reference: REFERENCE });
    const asks = evaluate(linked, exampleSubject()).flatMap(({ rule, asks: said }) =>
      rule === 'q' || rule === 'r' ? [said] : [],
    );
    expect(asks).toEqual(['牵头单位不得是独立法人', '每家合作单位：须是主要合作单位']);
  });
});
