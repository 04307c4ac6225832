import { resolve } from 'node:path';
import { openMasterKey, rewrapDataKeys, rotateKeys } from '../platform/secrets/index.ts';
import { readArguments } from './arguments.ts';
import { withContext } from './with-context.ts';

/**
 * New data keys, everything sealed anew; with `--master` the data keys are wrapped by another master key instead, which servers that start
 * from then on need. Both while the system runs, both logged.
 */
export async function run(args: string[]): Promise<number> {
  const { optional } = readArguments(args, ['master']);
  const next = optional('master');
  return withContext(async (context) => {
    const { config, db, clock, log } = context;
    const master = await openMasterKey(config.masterKeyFile, false);
    const logged = (detail: Record<string, unknown>): Promise<void> =>
      db.transaction().execute((trx) =>
        log(trx, {
          at: clock.now(),
          action: 'rotateKeys',
          outcome: 'done',
          subjectKind: 'keys',
          subjectId: 'data',
          detail,
        }),
      );
    if (next) {
      const other = await openMasterKey(resolve(next), false);
      const keys = await rewrapDataKeys(db, master, other);
      await logged({ master: other.id, keys });
      console.log(`${keys}把数据密钥已改由新的主密钥加密。请把 KESHEN_MASTER_KEY_FILE 改为 ${resolve(next)}，再重启。`);
      return 0;
    }
    console.log('已换新的数据密钥；先等约一分钟，让正在运行的服务都知道，再重新加密。');
    const places = await rotateKeys(db, master);
    for (const { name, rows, changed } of places) console.log(`${name}：${rows}行，重新加密${changed}行`);
    await logged({ rows: places.reduce((sum, { changed }) => sum + changed, 0) });
    return 0;
  });
}
