// `npm test`: everything. Installs what it needs, or says in one sentence what is missing.
// `npm test -- check unit cases e2e` runs only the named parts.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, ensureWebBuilt, node24, root, stop } from './prepare.mjs';

const wanted = process.argv.slice(2);
const chosen = (part) => wanted.length === 0 || wanted.includes(part);

/** What the tests look at pages and papers with, and the Debian package each comes from. */
const SYSTEM_TOOLS = { pdftotext: 'poppler-utils', qpdf: 'qpdf', zbarimg: 'zbar-tools' };

function ensureSystemTools() {
  const browsers = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const there = (command, args = ['--version']) => spawnSync(command, args).error === undefined;
  const font = spawnSync('fc-list', [':lang=zh-cn'], { encoding: 'utf8' }).stdout?.trim();
  const missing = [
    ...(browsers.some((file) => file && existsSync(file)) ? [] : ['chromium']),
    ...Object.entries(SYSTEM_TOOLS).flatMap(([command, name]) => (there(command) ? [] : [name])),
    ...(font ? [] : ['fonts-noto-cjk']),
  ];
  if (missing.length === 0) return;
  const may = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).error === undefined;
  if (!may) stop(`浏览器测试还需要：${missing.join('、')}。请先安装，例如：sudo apt-get install ${missing.join(' ')}`);
  console.log(`正在安装测试所需的 Debian 软件包：${missing.join('、')}…`);
  const apt = (args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt(['update', '-qq']);
  if (apt(['install', '-y', '-qq', '--no-install-recommends', ...missing]).status !== 0)
    stop(`没有装成 ${missing.join('、')}：请手工安装后再运行测试。`);
}

const results = [];
function part(name, title, command, args) {
  if (!chosen(name)) return;
  console.log(`\n== ${title}`);
  const started = Date.now();
  const env = {
    ...process.env,
    PATH: `${path.dirname(node24)}${path.delimiter}${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH}`,
  };
  const run = spawnSync(command, args, { cwd: root, stdio: 'inherit', env });
  results.push({ title, passed: run.status === 0, seconds: (Date.now() - started) / 1000 });
}

ensureInstalled();
if (chosen('e2e') || chosen('server')) ensureSystemTools();
if (chosen('e2e')) ensureWebBuilt();

const bin = (name) => path.join(root, 'node_modules', '.bin', name);
part('check', '写法、类型、边界、文档', node24, ['tools/check.mjs']);
part('unit', '规则、服务器、网页（单元与数据库）', bin('vitest'), ['run']);
part('cases', '各申报通知的条款事例', node24, ['packages/server/src/cli/main.ts', 'cases']);
part('cases', '已发布版本没有被改动', node24, ['packages/server/src/cli/main.ts', 'lock', '--check']);
part('e2e', '浏览器里的全程', bin('playwright'), ['test', '--config', 'e2e/playwright.config.ts']);

console.log('');
for (const { title, passed, seconds } of results)
  console.log(`${passed ? '✓' : '✗'} ${title}（${seconds.toFixed(0)} 秒）`);
const failed = results.filter((result) => !result.passed).length;
console.log(`parts: ${results.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
