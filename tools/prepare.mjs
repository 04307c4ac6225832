// What both commands need before anything of the project can run. Plain JavaScript for the system's Node 20, no dependencies.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
/** The pinned Node 24, there once the dependencies are installed. */
export const node24 = path.join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** One sentence and the end: what is missing is for a person to mend. */
export function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

const stampDirectory = path.join(root, 'node_modules', '.keshen');
const stampOf = (name) => {
  const file = path.join(stampDirectory, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
function leaveStamp(name, value) {
  mkdirSync(stampDirectory, { recursive: true });
  writeFileSync(path.join(stampDirectory, name), value);
}

function hashOf(paths) {
  const hash = createHash('sha256');
  const walk = (file) => {
    const entries = readdirSync(file, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const full = path.join(file, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== 'node_modules' && entry.name !== 'dist') walk(full);
      } else hash.update(path.relative(root, full)).update(readFileSync(full));
    }
  };
  for (const file of paths) {
    const full = path.join(root, file);
    if (!existsSync(full)) continue;
    if (file.includes('.')) hash.update(readFileSync(full));
    else walk(full);
  }
  return hash.digest('hex');
}

function run(command, args, sentence) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) stop(sentence);
}

/** Installs the dependencies exactly as locked, when they are missing or the lock has changed since. */
export function ensureInstalled() {
  if (Number(process.versions.node.split('.')[0]) < 20) stop(`需要 Node.js 20 或更高版本，当前为 ${process.version}。`);
  const wanted = hashOf(['package-lock.json']);
  if (stampOf('installed') === wanted && existsSync(node24)) return;
  console.log('正在安装依赖（首次约一分钟）…');
  run(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    '依赖没有装成：请检查网络或 npm 的登记处设置后再试。',
  );
  if (!existsSync(node24))
    stop('依赖已装，但没有找到随项目固定的 Node 24：请确认 npm 允许运行安装脚本（allowScripts）。');
  leaveStamp('installed', wanted);
}

/** Builds the web front end when its sources have changed since the last build. */
export function ensureWebBuilt() {
  const wanted = hashOf(['packages/web', 'packages/rules', 'package-lock.json']);
  if (stampOf('web') === wanted && existsSync(path.join(root, 'packages', 'web', 'dist', 'index.html'))) return;
  console.log('正在生成网页…');
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  run(node24, [vite, 'build', path.join(root, 'packages', 'web'), '--logLevel', 'warn'], '网页没有生成：上面是原因。');
  leaveStamp('web', wanted);
}
