import { readFile } from 'node:fs/promises';
import { drawSample, hashOfSecret, populationHashOf, seedOf } from '../spot-checks/index.ts';
import { readArguments, UsageError } from './arguments.ts';

const USAGE = '用法：keshen draw 名单.txt --secret 种子密文 --public-value 公开数字 --percent 比例';

/** Repeats a published draw from its list, without a server: the hashes to compare and the numbers in the order drawn. */
export async function run(args: string[]): Promise<number> {
  const { positional, option } = readArguments(args, ['secret', 'public-value', 'percent']);
  const [file] = positional;
  const percent = Number(option('percent'));
  if (!file || positional.length > 1 || !Number.isInteger(percent) || percent < 1 || percent > 100) {
    throw new UsageError(`${USAGE}\n比例是1到100的整数。`);
  }
  const numbers = (await read(file))
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (numbers.length === 0) throw new UsageError(`${file} 里没有编号，每行应写一个。`);
  const secret = option('secret');
  console.log(`种子密文的校验值：${hashOfSecret(secret)}`);
  console.log(`名单的校验值：${populationHashOf(numbers)}（${new Set(numbers).size}份）`);
  const drawn = drawSample(seedOf(secret, option('public-value')), numbers, percent);
  console.log(`抽中${drawn.length}份：`);
  for (const number of drawn) console.log(number);
  return 0;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new UsageError(`读不到文件 ${file}。`);
  }
}
