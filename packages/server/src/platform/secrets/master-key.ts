import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError } from '../config.ts';
import { KEY_BYTES, newKey } from './cipher.ts';

/** The key that wraps the data keys. It is never in the database. */
export type MasterKey = { key: Buffer; id: string };

export const masterKey = (key: Buffer): MasterKey => ({
  key,
  id: createHash('sha256').update('keshen master key').update(key).digest('hex').slice(0, 16),
});

/**
 * Reads the master key (32 bytes as base64, one line) at `path`. Where there is none it makes one if it `mayCreate`. Throws ConfigError
 * for a file that is missing or holds something else.
 */
export async function openMasterKey(path: string, mayCreate: boolean): Promise<MasterKey> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new ConfigError(`主密钥文件 ${path} 读不了（${error.code ?? error.message}），请检查权限。`);
  });
  if (text !== undefined) return masterKey(readKey(text, path));
  if (!mayCreate) {
    throw new ConfigError(
      `没有主密钥文件：${path}。请用 openssl rand -base64 32 生成，另行备份；它丢了，身份证号和电话就再也读不出来。`,
    );
  }
  const key = newKey();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await writeFile(path, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Another process started at the same moment: its key counts.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return openMasterKey(path, false);
    throw error;
  }
  return masterKey(key);
}

function readKey(text: string, path: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (/^[A-Za-z0-9+/]{43}=$/.test(text.trim()) && key.length === KEY_BYTES) return key;
  throw new ConfigError(`${path} 里不是主密钥：应为 32 字节的 base64，一行。请用 openssl rand -base64 32 生成。`);
}
