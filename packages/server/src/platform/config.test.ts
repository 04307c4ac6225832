import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('without settings it listens on this machine only', () => {
  expect(readConfig({})).toMatchObject({
    production: false,
    host: '127.0.0.1',
    port: 8080,
    publicUrl: 'http://127.0.0.1:8080',
    databaseUrl: undefined,
    trustedProxies: [],
  });
});

test.each([
  [{ PORT: '80a' }, 'PORT'],
  [{ PORT: '65536' }, 'PORT'],
  [{ PUBLIC_URL: 'keshen.example.cn' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'https://keshen.example.cn/path' }, 'PUBLIC_URL'],
  [{ DATABASE_URL: 'mysql://localhost' }, 'DATABASE_URL'],
  [{ NODE_ENV: 'production' }, 'PUBLIC_URL'],
  [{ NODE_ENV: 'production', PUBLIC_URL: 'http://keshen.example.cn' }, 'https://'],
  [{ NODE_ENV: 'production', PUBLIC_URL: 'https://keshen.example.cn' }, 'KESHEN_MASTER_KEY_FILE'],
  [{ KESHEN_LOG_MONTHS: '5' }, '六个月'],
  [{ KESHEN_TSA_URL: 'ftp://tsa.example.cn' }, 'KESHEN_TSA_URL'],
  [{ KESHEN_TSA_URL: 'https://tsa.example.cn' }, 'KESHEN_TSA_ROOTS'],
])('%o is refused and named', (env, name) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(() => readConfig(env)).toThrow(name);
});

test('addresses of IPv6 and of every interface become addresses one can open', () => {
  expect(readConfig({ HOST: '::1' }).publicUrl).toBe('http://[::1]:8080');
  expect(readConfig({ HOST: '0.0.0.0', PORT: '81' }).publicUrl).toBe('http://localhost:81');
});

test('a signing service is configured wholly or not at all, and over https', () => {
  const whole = {
    KESHEN_SEAL_NAME: '某某数字认证公司',
    KESHEN_SEAL_URL: 'https://seal.example/csc/v2/',
    KESHEN_SEAL_TOKEN_FILE: '/run/secrets/seal',
    KESHEN_SEAL_TSA_URL: 'https://seal.example/tsa',
    KESHEN_SEAL_ROOTS: '/etc/keshen/roots.pem',
    KESHEN_SEAL_APPLY: '请到某某数字认证公司办理。',
  };
  expect(readConfig({}).sealService).toBeUndefined();
  expect(readConfig(whole).sealService?.address).toBe('https://seal.example/csc/v2');
  const { KESHEN_SEAL_ROOTS: _, ...without } = whole;
  expect(() => readConfig(without)).toThrow(/还缺：KESHEN_SEAL_ROOTS/);
  expect(() => readConfig({ ...whole, KESHEN_SEAL_TSA_URL: 'http://seal.example/tsa' })).toThrow(
    /KESHEN_SEAL_TSA_URL 应为 https/,
  );
});
