// `npm run check`: everything that can be told without running the system. All checks run; any failure fails the command.
import { spawnSync } from 'node:child_process';

const checks = [
  ['格式 formatting', 'npx', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['类型 rules', 'npx', ['tsc', '-p', 'packages/rules']],
  ['类型 server', 'npx', ['tsc', '-p', 'packages/server']],
  ['类型 web', 'npx', ['tsc', '-p', 'packages/web']],
  ['类型 e2e', 'npx', ['tsc', '-p', 'e2e']],
  ['类型 bench', 'npx', ['tsc', '-p', 'bench']],
  ['写法 lint', 'npx', ['oxlint', '--type-aware', '--deny-warnings']],
  ['边界 boundaries', 'npx', ['depcruise', '--config', '.dependency-cruiser.mjs', 'packages', 'e2e', 'bench']],
  ['无用代码与依赖 knip', 'npx', ['knip']],
  ['文档与代码一致 docs', process.execPath, ['tools/docs.mjs', '--check']],
];

const failed = [];
for (const [title, command, args] of checks) {
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
