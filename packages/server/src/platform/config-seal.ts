import { isSafeAddress } from './seal/remote/safe-address.ts';

/** Who holds the organisations' seals in live rounds: a licensed authority's signing service and its time-stamps. */
export type SealServiceSettings = {
  /** As shown to people. */
  name: string;
  /** Base address of the Cloud Signature Consortium's API v2, without a slash at its end. */
  address: string;
  /** File with the bearer token. */
  tokenFile: string;
  /** Address of the RFC 3161 service. */
  timestampAddress: string;
  /** PEM file with the roots of trust. */
  rootsFile: string;
  /** Where an organisation gets its certificate, shown to whoever has none. */
  howToApply: string;
};

const SETTINGS = {
  name: ['KESHEN_SEAL_NAME', '电子认证机构的名称'],
  address: ['KESHEN_SEAL_URL', '签章服务的网址（CSC API v2）'],
  tokenFile: ['KESHEN_SEAL_TOKEN_FILE', '存放访问令牌的文件'],
  timestampAddress: ['KESHEN_SEAL_TSA_URL', '时间戳服务的网址'],
  rootsFile: ['KESHEN_SEAL_ROOTS', '该机构根证书（PEM）的文件'],
  howToApply: ['KESHEN_SEAL_APPLY', '单位到哪里办理电子印章（一句话，显示给没有印章的单位）'],
} as const;
const KEYS = Object.keys(SETTINGS) as (keyof SealServiceSettings)[];

/** The settings, none, or a Chinese text that says what is wrong. All or nothing: a seal without a time-stamp or a root proves nothing. */
export function readSealService(env: NodeJS.ProcessEnv): SealServiceSettings | undefined | string {
  const valueOf = (key: keyof SealServiceSettings): string => env[SETTINGS[key][0]]?.trim() ?? '';
  if (KEYS.every((key) => valueOf(key) === '')) return undefined;
  const missing = KEYS.filter((key) => valueOf(key) === '').map((key) => `${SETTINGS[key][0]}（${SETTINGS[key][1]}）`);
  if (missing.length > 0) return `接入电子签章服务还缺：${missing.join('、')}。`;
  for (const key of ['address', 'timestampAddress'] as const) {
    if (!isSafeAddress(valueOf(key))) return `${SETTINGS[key][0]} 应为 https:// 开头的网址，现为“${valueOf(key)}”。`;
  }
  return {
    name: valueOf('name'),
    address: valueOf('address').replace(/\/+$/, ''),
    tokenFile: valueOf('tokenFile'),
    timestampAddress: valueOf('timestampAddress'),
    rootsFile: valueOf('rootsFile'),
    howToApply: valueOf('howToApply'),
  };
}
