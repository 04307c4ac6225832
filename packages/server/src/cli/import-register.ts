import { readFile } from 'node:fs/promises';
import { parseDate } from '@keshen/rules';
import { authorityExists } from '../accounts/index.ts';
import { importRegister, isRegister } from '../registry/index.ts';
import { readArguments, UsageError } from './arguments.ts';
import { refuse, withContext } from './with-context.ts';

/** Replaces a register by a JSON file: a list of rows as docs/definition.md describes them. */
export async function run(args: string[]): Promise<number> {
  const { positional, option, optional } = readArguments(args, ['authority', 'as-of', 'name']);
  const [register = '', file] = positional;
  if (!isRegister(register) || !file) {
    throw new UsageError(
      '写法：keshen import-register projects|misconduct|platforms|generalLimits 文件.json --authority 科技厅 --as-of 2026-03-31',
    );
  }
  const [authorityId, asOf] = [option('authority'), option('as-of')];
  if (parseDate(asOf) === undefined) throw new UsageError(`--as-of 应为日期，例如 2026-03-31，现为“${asOf}”。`);
  const content = await readJson(file);
  return withContext(async (context) => {
    if (!(await authorityExists(context.db, authorityId))) return refuse(`没有“${authorityId}”。`);
    const at = context.clock.now();
    const result = await importRegister(context, { register, authorityId, asOf, name: optional('name'), content, at });
    if (!result.ok) {
      const shown = result.problems.slice(0, 100).join('\n');
      return refuse(`文件有 ${result.problems.length} 处问题，没有导入：\n${shown}`);
    }
    console.log(`已导入 ${result.rows} 行，截至${asOf}。`);
    return 0;
  });
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) throw new UsageError(`读不到文件 ${file}。`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} 不是完整的 JSON：${(error as Error).message}`);
  }
}
