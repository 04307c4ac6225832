import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const SET = { KESHEN_OIDC_ISSUER: 'https://sso.example.cn', KESHEN_OIDC_CLIENT_ID: 'keshen' };

test.each([
  [SET, '须同时设置'],
  [{ ...SET, KESHEN_OIDC_SECRET_FILE: '/nowhere/secret' }, '读不到 KESHEN_OIDC_SECRET_FILE'],
  [{ ...SET, KESHEN_OIDC_ISSUER: 'sso', KESHEN_OIDC_SECRET_FILE: 'x' }, '应为身份提供方的网址'],
  [
    {
      ...SET,
      KESHEN_OIDC_ISSUER: 'http://sso.example.cn',
      KESHEN_OIDC_SECRET_FILE: 'x',
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://keshen.example.cn',
    },
    '须以 https:// 开头',
  ],
])('unusable settings %j are named', (env, message) => {
  expect(() => readConfig(env)).toThrow(message);
});

test('nothing set means no single sign-on', () => {
  expect(readConfig({}).singleSignOn).toBeUndefined();
});
