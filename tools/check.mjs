// `npm run check`: everything that can be told without running the system. All checks run; any failure fails the command.
import { spawnSync } from 'node:child_process';

const checks = [
  { title: '格式 formatting', command: 'npx', args: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { title: '类型 rules', command: 'npx', args: ['tsc', '-p', 'packages/rules'] },
  { title: '类型 server', command: 'npx', args: ['tsc', '-p', 'packages/server'] },
  { title: '类型 web', command: 'npx', args: ['tsc', '-p', 'packages/web'] },
  { title: '类型 e2e', command: 'npx', args: ['tsc', '-p', 'e2e'] },
  { title: '类型 bench', command: 'npx', args: ['tsc', '-p', 'bench'] },
  { title: '写法 lint', command: 'npx', args: ['oxlint', '--type-aware', '--deny-warnings'] },
  {
    title: '边界 boundaries',
    command: 'npx',
    args: ['depcruise', '--config', '.dependency-cruiser.mjs', 'packages', 'e2e', 'bench'],
  },
  { title: '无用代码与依赖 knip', command: 'npx', args: ['knip'] },
  { title: '文档与代码一致 docs', command: process.execPath, args: ['tools/docs.mjs', '--check'] },
];

const failed = [];
for (const { title, command, args } of checks) {
  const started = Date.now();
  const run = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0' } });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${run.status === 0 ? '✓' : '✗'} ${title} (${seconds} s)`);
  if (run.status !== 0) {
    failed.push(title);
    console.log([run.stdout, run.stderr, run.error?.message].filter(Boolean).join('').trimEnd());
  }
}
if (failed.length > 0) {
  console.error(`\n未通过：${failed.join('、')}`);
  process.exit(1);
}
