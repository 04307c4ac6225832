import { readFileSync } from 'node:fs';

export type SingleSignOnSettings = {
  /** The provider's address as it names itself; its description lies below it under .well-known/openid-configuration. */
  issuer: string;
  clientId: string;
  secret: string;
  /** What the button on the sign-in page calls it. */
  name: string;
};

/** What is wrong with the settings, in Chinese, naming the variable and the way to mend it; or the settings; or nothing is configured. */
export function readSingleSignOn(
  env: NodeJS.ProcessEnv,
  production: boolean,
): SingleSignOnSettings | string | undefined {
  const issuer = env['KESHEN_OIDC_ISSUER'];
  const clientId = env['KESHEN_OIDC_CLIENT_ID'];
  const secretFile = env['KESHEN_OIDC_SECRET_FILE'];
  if (!issuer && !clientId && !secretFile) return undefined;
  if (!issuer || !clientId || !secretFile) {
    return '单点登录须同时设置 KESHEN_OIDC_ISSUER、KESHEN_OIDC_CLIENT_ID 和 KESHEN_OIDC_SECRET_FILE；不用单点登录的，三项都不要设置。';
  }
  const url = URL.parse(issuer);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.search || url.hash) {
    return `KESHEN_OIDC_ISSUER 应为身份提供方的网址，现为“${issuer}”。例如：KESHEN_OIDC_ISSUER=https://sso.example.cn`;
  }
  if (production && url.protocol !== 'https:') return '生产环境的 KESHEN_OIDC_ISSUER 须以 https:// 开头。';
  let secret: string;
  try {
    secret = readFileSync(secretFile, 'utf8').trim();
  } catch {
    return `读不到 KESHEN_OIDC_SECRET_FILE 所指的文件“${secretFile}”。请核对路径和读取权限。`;
  }
  if (!secret) return `KESHEN_OIDC_SECRET_FILE 所指的文件“${secretFile}”是空的。请把客户端密钥写在里面。`;
  return { issuer, clientId, secret, name: env['KESHEN_OIDC_NAME'] || '统一身份认证' };
}
