// `npm start`: one command from a fresh clone to a running system. Plain JavaScript for the system's Node 20, no dependencies.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, ensureWebBuilt, node24, root } from './prepare.mjs';

ensureInstalled();
ensureWebBuilt();

const server = spawn(node24, [path.join(root, 'packages', 'server', 'src', 'main.ts')], {
  cwd: root,
  stdio: 'inherit',
});
// Ctrl-C reaches the server as well, which ends its requests and the database; hearing it twice is no matter.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
