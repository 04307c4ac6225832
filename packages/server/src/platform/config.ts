import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readS3Settings, type S3Settings } from './files/settings.ts';
import { type ClamdAddress, readClamdAddress } from './inspection/clamd.ts';
import { type MessagingSettings, readMessaging } from './messaging/index.ts';
import { readLogMonths, readTimeStamping, type TimeStampingSettings } from './config-log.ts';
import { readSealService, type SealServiceSettings } from './config-seal.ts';
import { readSingleSignOn, type SingleSignOnSettings } from './config-single-sign-on.ts';

export type Config = {
  production: boolean;
  host: string;
  port: number;
  /** The address people type, without a trailing slash; decides Secure cookies, QR addresses and the accepted Origin. */
  publicUrl: string;
  /** Replaces the embedded database. */
  databaseUrl: string | undefined;
  /** Database cluster, stored files and keys. */
  dataDir: string;
  callsDir: string;
  referenceDir: string;
  /** The built single-page application. */
  webDir: string;
  /** Addresses of reverse proxies whose X-Forwarded-For is believed; empty means none. */
  trustedProxies: string[];
  /** Where uploads are scanned for viruses; absent: they are not, and each says so. */
  clamd: ClamdAddress | undefined;
  /** The bucket that keeps files; absent: a folder in `dataDir`. */
  s3: S3Settings | undefined;
  /** Wraps the data keys of personal data; 32 bytes as base64. Made on first start outside of production. */
  masterKeyFile: string;
  /** Who time-stamps the roots of the log; absent: this installation itself, and in production nobody. */
  timeStamping: TimeStampingSettings | undefined;
  /** How long records of signing in and of reading are kept, in months; absent: for ever. */
  logMonths: number | undefined;
  /** Mail and text messages; without them notices stay in the system. */
  messaging: MessagingSettings;
  /** Absent where people sign in with a password only. */
  singleSignOn: SingleSignOnSettings | undefined;
  /** The licensed authority that seals in live rounds; absent: only rehearsals can be sealed. */
  sealService: SealServiceSettings | undefined;
};

/** A setting that cannot be used. The message is Chinese, names the variable and says how to mend it. */
export class ConfigError extends Error {}

const projectDir = resolve(fileURLToPath(new URL('../../../..', import.meta.url)));

/**
 * Reads the settings from the environment. Throws ConfigError for an unusable value, and in production for a weak one: people sign in
 * with passwords, so the public address must be https.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const production = env['NODE_ENV'] === 'production';
  const host = env['HOST'] || '127.0.0.1';
  const port = readPort(env['PORT']);
  const publicUrl = readPublicUrl(env['PUBLIC_URL'], host, port, production);
  const dataDir = resolve(env['KESHEN_DATA'] || resolve(projectDir, '.keshen'));
  const singleSignOn = readSingleSignOn(env, production);
  if (typeof singleSignOn === 'string') throw new ConfigError(singleSignOn);
  return {
    production,
    host,
    port,
    publicUrl,
    databaseUrl: readDatabaseUrl(env['DATABASE_URL']),
    dataDir,
    masterKeyFile: readMasterKeyFile(env['KESHEN_MASTER_KEY_FILE'], dataDir, production),
    callsDir: resolve(env['KESHEN_CALLS'] || resolve(projectDir, 'calls')),
    referenceDir: resolve(projectDir, 'reference'),
    webDir: resolve(projectDir, 'packages/web/dist'),
    trustedProxies: (env['TRUSTED_PROXIES'] ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
    timeStamping: usable(readTimeStamping(env)),
    logMonths: usable(readLogMonths(env)),
    messaging: usable(readMessaging(env, production)),
    clamd: usable(readClamdAddress(env['KESHEN_CLAMD'])),
    s3: usable(readS3Settings(env)),
    singleSignOn,
    sealService: usable(readSealService(env)),
  };
}

function readMasterKeyFile(text: string | undefined, dataDir: string, production: boolean): string {
  if (text) return resolve(text);
  if (!production) return resolve(dataDir, 'keys', 'master.key');
  throw new ConfigError(
    '生产环境须用 KESHEN_MASTER_KEY_FILE 写明主密钥文件（加密身份证号、电话用），不要放在数据目录里。可用 openssl rand -base64 32 生成。',
  );
}

/** A text is what is wrong with a setting. */
function usable<T>(setting: T | string): T {
  if (typeof setting === 'string') throw new ConfigError(setting);
  return setting;
}

function readPort(text: string | undefined): number {
  if (!text) return 8080;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new ConfigError(`PORT 应为 0–65535 的整数，现为“${text}”。例如：PORT=8080`);
  }
  return port;
}

function readPublicUrl(text: string | undefined, host: string, port: number, production: boolean): string {
  if (!text) {
    if (production)
      throw new ConfigError('生产环境须用 PUBLIC_URL 写明对外的网址，例如：PUBLIC_URL=https://keshen.example.cn');
    const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
    return `http://${shown}:${port}`;
  }
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/' || url.search || url.hash) {
    throw new ConfigError(`PUBLIC_URL 应为不带路径的网址，现为“${text}”。例如：PUBLIC_URL=https://keshen.example.cn`);
  }
  if (production && url.protocol !== 'https:') {
    throw new ConfigError('生产环境的 PUBLIC_URL 须以 https:// 开头：账号密码不能明文传输。');
  }
  return url.origin;
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const url = URL.parse(text);
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw new ConfigError('DATABASE_URL 应为 postgres://用户:密码@主机:端口/库名 的形式。');
  }
  return text;
}
