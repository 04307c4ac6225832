import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Simulator, type Candidate, type Simulation } from '@keshen/rules/definition';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { loadRound } from '../calls/index.ts';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer } from '../testing/server.ts';
import { UsageError } from './arguments.ts';
import { run } from './simulate.ts';
import { storedCandidates } from './simulation-candidates.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'keshen-simulate-'));
afterAll(() => rmSync(scratch, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** What the command prints, or the message with which it refuses. */
async function simulate(change: string, ...args: string[]): Promise<{ status: number; out: string }> {
  const file = path.join(scratch, 'change.yaml');
  writeFileSync(file, change);
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  try {
    const status = await run(['liaoning', '--change', file, ...args]);
    return { status, out: lines.join('\n') };
  } catch (error) {
    if (error instanceof UsageError) return { status: 2, out: error.message };
    throw error;
  }
}

describe('keshen simulate', () => {
  test('a lower share of own money (四（八）) lets more enterprises through, and nobody else', async () => {
    const { status, out } = await simulate('parameters: { selfRaisedShare: 60% }', '--generate', '1500', '--json');
    expect(status).toBe(0);
    const simulation = JSON.parse(out) as Simulation;
    expect(simulation).toMatchObject({ judged: 1500, unjudged: 0 });
    expect(simulation.changed).toBeGreaterThan(5);
    expect(simulation.rollUpChanged).toBeGreaterThan(0);
    const moves = simulation.rules.map(({ rule, from, to }) => `${rule} ${from} ${to}`);
    expect(moves).toEqual(['self-raised-share fail pass']);
    const kinds = simulation.kinds.filter(({ changed }) => changed > 0).map(({ key }) => key);
    expect(kinds.toSorted()).toEqual(['convertedInstitute', 'enterprise']);
    for (const group of [simulation.topics, simulation.regions, simulation.kinds]) {
      expect(group.reduce((sum, { changed }) => sum + changed, 0)).toBe(simulation.changed);
    }
  });

  test('in words, with examples', async () => {
    const { out } = await simulate('rules: [{ id: lead-legal-person, remove: true }]', '--generate', '300');
    expect(out).toMatch(/核对了生成的申报 300 份：\d+ 份的判定会变/);
    expect(out).toContain('不符合 → 没有这一条');
    expect(out).toContain('辽宁省沈阳市');
  });

  test('a change file that is wrong is refused with its lines', async () => {
    const change = 'parameters:\n  selfRaisedShar: 60%\nreadings:\n  totalBudget: chines\n';
    const { status, out } = await simulate(change, '--generate', '10');
    expect(status).toBe(2);
    expect(out).toMatch(/change\.yaml:2:\d+ 没有参数.*是不是“selfRaisedShare”/);
    expect(out).toMatch(/change\.yaml:4:\d+ 读法.*是不是“chinese”/);
  });

  test.each([
    [['--generate', '0'], '--generate 应为'],
    [['--generate', '10', '--database'], '只能用一个'],
    [['--mode', 'both'], '--mode 只能是'],
    [['--nonsense'], '参数写法不对'],
  ])('wrong use is told: %j', async (args, says) => {
    const { status, out } = await simulate('readings: { totalBudget: chinese }', ...args);
    expect(status).toBe(2);
    expect(out).toContain(says);
  });
});

test('the applications of a round are judged as they are stored', async () => {
  const server = await startTestServer({ at: IN_THE_WINDOW });
  try {
    const [journey, roundId] = [journeyOf(server), await openTestRound(server, JOURNEY_CALL)];
    await bringRegistersUpToDate(server);
    const id = await journey.fill('applicant', roundId, await exampleOf('enterprise'));
    expect((await journey.step('applicant', id, 'submit')).status).toBe(200);
    const round = await loadRound(server.context, roundId);
    if (!round) throw new Error('no round');
    server.clock.advance(86_400_000);
    const candidates: Candidate[] = [];
    for await (const candidate of storedCandidates(server.context, round)) candidates.push(candidate);
    expect(candidates).toHaveLength(1);
    expect(candidates[0]?.subject.at.date).toBe(round.asOf(new Date(IN_THE_WINDOW)));

    const { compiled } = round;
    const parameters = compiled.parameters.map((parameter) =>
      parameter.key === 'selfRaisedShare'
        ? { ...parameter, values: [{ from: '0001-01-01', value: { n: 4, d: 5 } }] }
        : parameter,
    );
    const stricter = { compiled: { ...compiled, parameters }, readings: {} };
    const simulator = new Simulator({ compiled, readings: {} }, stricter, server.context.reference);
    for (const candidate of candidates) simulator.add(candidate);
    expect(simulator.report()).toMatchObject({
      judged: 1,
      changed: 1,
      rollUps: [{ from: 'ready', to: 'blocked', count: 1 }],
      rules: [{ rule: 'self-raised-share', from: 'pass', to: 'fail', count: 1 }],
    });
  } finally {
    await server.close();
  }
});
