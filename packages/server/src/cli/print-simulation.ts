import type { RollUp } from '@keshen/rules';
import type { Group, SimulatedOutcome, Simulation } from '@keshen/rules/definition';

const WHOLE: Record<RollUp, string> = {
  blocked: '不能提交',
  incomplete: '没有填完',
  needs_person: '要由人判断',
  ready: '可以提交',
};

const OUTCOMES: Record<SimulatedOutcome, string> = {
  pass: '符合',
  fail: '不符合',
  unknown: '缺资料',
  needs_human: '转人工',
  not_applicable: '不适用',
  absent: '没有这一条',
};

const MOST_GROUPS = 20;

/** `what` was judged: 正式申报, 生成的申报. */
export function printSimulation(simulation: Simulation, what: string): void {
  const { judged, unjudged, changed, rollUpChanged } = simulation;
  console.log(`核对了${what} ${judged} 份：${changed} 份的判定会变，其中 ${rollUpChanged} 份的总结论会变。`);
  if (unjudged > 0) console.log(`另有 ${unjudged} 份没有核对：当日没有适用的参数。`);
  if (changed === 0) return;
  heading('总结论');
  for (const { from, to, count } of simulation.rollUps) {
    console.log(`  ${from === to ? `${WHOLE[from]}（不变）` : `${WHOLE[from]} → ${WHOLE[to]}`}：${count} 份`);
  }
  heading('逐条');
  for (const { rule, title, from, to, count } of simulation.rules) {
    console.log(`  ${title}（${rule}）${OUTCOMES[from]} → ${OUTCOMES[to]}：${count} 份`);
  }
  printGroups('按专题', simulation.topics);
  printGroups('按地区', simulation.regions);
  printGroups('按单位类型', simulation.kinds);
  heading('例如');
  for (const { id, title, from, to, changes } of simulation.examples) {
    console.log(`  ${id} ${title}：${WHOLE[from]} → ${WHOLE[to]}`);
    for (const change of changes) {
      console.log(`    ${change.title}：${OUTCOMES[change.from]} → ${OUTCOMES[change.to]}。${change.text}`);
    }
  }
}

function heading(text: string): void {
  console.log(`\n${text}`);
}

function printGroups(title: string, groups: readonly Group[]): void {
  heading(title);
  for (const { label, judged, changed, rollUpChanged } of groups.slice(0, MOST_GROUPS)) {
    console.log(`  ${label}：${judged} 份中 ${changed} 份会变，${rollUpChanged} 份总结论会变`);
  }
  if (groups.length > MOST_GROUPS) console.log(`  ……共 ${groups.length} 组`);
}
