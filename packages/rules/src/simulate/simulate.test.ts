import { describe, expect, test } from 'vitest';
import { applyChanges } from '../cases/apply-changes.ts';
import { readChange } from '../definition/change/read-change.ts';
import { inBlocks, subjectGenerator } from '../generate/generate-subjects.ts';
import { linkCall } from '../evaluate/link.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { rollUp } from '../evaluate/roll-up.ts';
import type { Json } from '../call.ts';
import type { Subject } from '../subject.ts';
import { exampleSubject, FIXTURE } from '../testing/compiled-fixture.ts';
import { EXAMPLE, FILES, REFERENCE, STANDARD_FORMS } from '../testing/fixture-call.ts';
import { Simulator, type Simulation } from './simulate.ts';

const sideOf = (text: string) => {
  const { change, problems } = readChange(FILES, { name: 'change.yaml', text }, REFERENCE, STANDARD_FORMS);
  if (!change) throw new Error(JSON.stringify(problems));
  return change;
};

function simulate(text: string, subjects: readonly Subject[]): Simulation {
  const simulator = new Simulator({ compiled: FIXTURE, readings: {} }, sideOf(text), REFERENCE);
  for (const [at, subject] of subjects.entries()) simulator.add({ id: `A${at}`, title: '', subject });
  return simulator.report();
}

const changed = (changes: Record<string, Json>): Subject =>
  applyChanges(
    exampleSubject(),
    Object.entries(changes).map(([path, value]) => ({ path, value })),
  );

/** An enterprise with 65 of 100: too little at 70 %, enough at 60 %. */
const ALMOST = {
  'budget.total': 100_000_000,
  'budget.selfRaised': 65_000_000,
  'budget.grant': 35_000_000,
  'project.topic': 'b',
};

describe('a simulation', () => {
  test('counts whose verdict changes under another parameter, by rule, topic, region and kind, with examples', () => {
    const simulation = simulate('parameters: { share: 60% }', [exampleSubject(), changed(ALMOST), changed(ALMOST)]);
    expect(simulation).toMatchObject({ judged: 3, unjudged: 0, changed: 2, rollUpChanged: 2 });
    expect(simulation.rollUps).toEqual([{ from: 'blocked', to: 'ready', count: 2 }]);
    expect(simulation.rules).toEqual([
      { rule: 'self-raised', title: '企业自筹比例', from: 'fail', to: 'pass', count: 2 },
    ]);
    expect(simulation.topics).toEqual([
      { key: 'b', label: '乙类', judged: 2, changed: 2, rollUpChanged: 2 },
      { key: 'a', label: '甲类', judged: 1, changed: 0, rollUpChanged: 0 },
    ]);
    expect(simulation.regions).toEqual([
      { key: '210100', label: '辽宁省沈阳市', judged: 3, changed: 2, rollUpChanged: 2 },
    ]);
    expect(simulation.kinds).toEqual([{ key: 'enterprise', label: '企业', judged: 3, changed: 2, rollUpChanged: 2 }]);
    expect(simulation.examples.map(({ id, from, to }) => [id, from, to])).toEqual([
      ['A1', 'blocked', 'ready'],
      ['A2', 'blocked', 'ready'],
    ]);
    expect(simulation.examples[0]?.changes[0]).toMatchObject({ rule: 'self-raised', from: 'fail', to: 'pass' });
  });

  test('a rule that goes, or asks nothing any more, changes only what it had stopped', () => {
    const subjects = [exampleSubject(), changed({ 'lead.division': '310000' })];
    const simulation = simulate('rules: [{ id: lead-here, remove: true }]', subjects);
    expect(simulation).toMatchObject({ changed: 1, rollUpChanged: 1 });
    expect(simulation.rules).toEqual([{ rule: 'lead-here', title: '注册地', from: 'fail', to: 'absent', count: 1 }]);
    expect(simulation.regions.map(({ label, changed: count }) => [label, count])).toEqual([
      ['上海市', 1],
      ['辽宁省沈阳市', 0],
    ]);
  });

  test('a new rule stops whom it stops', () => {
    const rule = '{ id: doctors, clause: T-4, title: 只收博士, require: person.degree == "doctor" }';
    const simulation = simulate(`rules: [${rule}]`, [
      changed({ 'person.degree': 'doctor' }),
      changed({ 'person.degree': 'master', 'person.title': 'professor' }),
    ]);
    expect(simulation.rules).toEqual([{ rule: 'doctors', title: '只收博士', from: 'absent', to: 'fail', count: 1 }]);
  });

  test('says nothing changed where nothing does', () => {
    const simulation = simulate('readings: { counted: all }', [exampleSubject(), changed(ALMOST)]);
    expect(simulation).toMatchObject({ judged: 2, changed: 0, rollUpChanged: 0, rollUps: [], rules: [], examples: [] });
  });

  test('leaves out a day on which no parameter holds', () => {
    const early: Subject = { ...exampleSubject(), at: { instant: '2028-01-01T10:00:00+08:00', date: '2028-01-01' } };
    expect(simulate('readings: { counted: all }', [early])).toMatchObject({ judged: 0, unjudged: 1 });
  });

  test('agrees with judging every application in full on both sides', () => {
    const next = subjectGenerator({ compiled: FIXTURE, examples: { base: EXAMPLE }, reference: REFERENCE, seed: 3 });
    const subjects = [...inBlocks(next, 500)].flat();
    const text = `
readings: { counted: grantOnly }
parameters: { bornFrom: 1975-01-01 }
rules: [{ id: sums, remove: true }]
`;
    const { compiled, readings } = sideOf(text);
    const whole = (call: typeof compiled, taken: Record<string, string>) => {
      const linked = linkCall(call, { asOf: subjects[0]?.at.date ?? '', readings: taken, reference: REFERENCE });
      return (subject: Subject) => rollUp(evaluate(linked, subject));
    };
    const [before, after] = [whole(FIXTURE, {}), whole(compiled, readings)];
    const expected = subjects.filter((subject) => before(subject) !== after(subject)).length;
    const simulation = simulate(text, subjects);
    expect(expected).toBeGreaterThan(10);
    expect(simulation.rollUpChanged).toBe(expected);
    expect(simulation.changed).toBeGreaterThanOrEqual(expected);
  });
});
