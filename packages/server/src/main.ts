import type { FastifyInstance } from 'fastify';
import { endDemonstrationSessions, forgetOld } from './accounts/index.ts';
import { buildApp } from './app.ts';
import { loadLibrary, openRehearsals, publishLibrary } from './calls/index.ts';
import { furnishDemonstration, listDemonstrationPeople } from './demonstration/index.ts';
import { startJobs } from './jobs.ts';
import { forgetPeople } from './people/index.ts';
import { ConfigError, readConfig, type Config } from './platform/config.ts';
import type { Context } from './platform/context.ts';
import { throughout } from './platform/db/reach.ts';
import { startContext } from './start-context.ts';
import { welcome } from './welcome.ts';

async function start(config: Config): Promise<void> {
  let stopping = false;
  let app: FastifyInstance | undefined;
  let endJobs: (() => Promise<void>) | undefined;
  const house = startContext(config, () => {
    console.error('数据库意外停止，系统随之停止。请查看数据目录中 database/postgres.log。');
    process.exit(1);
  });
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await app?.close();
    await endJobs?.();
    await house.then(({ close }) => close()).catch(() => {});
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  try {
    const { context } = await house;
    app = await buildApp(context);
    await throughout(() => prepare(context));
    await app.listen({ host: config.host, port: config.port });
    const { server } = app;
    await throughout(() => announce(context, server));
    endJobs = await startJobs(context, (text) => console.error(text));
  } catch (error) {
    // What breaks because everything is being stopped is no fault.
    if (!stopping) complain(error);
    await stop(1);
  }
}

/** What is over is deleted; see docs/security.md for what and when. */
async function forget(context: Context): Promise<void> {
  const now = context.clock.now();
  await forgetOld(context.db, now);
  await forgetPeople(context, now);
}

/** Loads the calls. In rehearsal each opens and has its people; in production rounds and people are made by commands. */
async function prepare(context: Context): Promise<void> {
  await forget(context);
  const { calls, faults } = await loadLibrary(context);
  for (const { key, problems } of faults) {
    console.error(`calls/${key} 有 ${problems.length} 处问题，没有载入（已发布的版本照旧）：`);
    for (const problem of problems.slice(0, 20)) console.error(`  ${problem}`);
  }
  await publishLibrary(context, calls);
  if (context.config.production) {
    await endDemonstrationSessions(context.db);
    return;
  }
  await openRehearsals(context, calls);
  await furnishDemonstration(context);
}

async function announce(context: Context, server: FastifyInstance['server']): Promise<void> {
  const { config } = context;
  const bound = server.address();
  // Port 0 lets the machine choose one.
  const url =
    config.port === 0 && typeof bound === 'object' ? `http://${config.host}:${bound?.port}` : config.publicUrl;
  console.log(welcome(url, config.production ? [] : await listDemonstrationPeople(context)));
}

function complain(error: unknown): void {
  if (error instanceof ConfigError) console.error(error.message);
  else if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    console.error('这个端口已被占用：请用 PORT 换一个，例如 PORT=8081 npm start；或先停掉占用它的程序。');
  } else console.error(error instanceof Error ? (error.stack ?? error.message) : error);
}

try {
  await start(readConfig(process.env));
} catch (error) {
  complain(error);
  process.exit(1);
}
