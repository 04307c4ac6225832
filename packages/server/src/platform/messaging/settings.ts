import { resolve } from 'node:path';

export type MailSettings = {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS, which must be offered where `mustEncrypt`. */
  secure: boolean;
  mustEncrypt: boolean;
  user?: string;
  passwordFile?: string;
  from: string;
};
export type SmsSettings = { address: string; tokenFile: string };
export type MessagingSettings = {
  mail?: MailSettings;
  sms?: SmsSettings;
  /** Whether notices of a rehearsal leave the house, too. */
  rehearsal: boolean;
};

/** The settings of mail and text messages, or a Chinese text that says what is wrong. Without them notices stay in the system. */
export function readMessaging(env: NodeJS.ProcessEnv, production: boolean): MessagingSettings | string {
  const mail = readMail(env, production);
  if (typeof mail === 'string') return mail;
  const sms = readSms(env, production);
  if (typeof sms === 'string') return sms;
  return { ...(mail && { mail }), ...(sms && { sms }), rehearsal: env['KESHEN_NOTICE_REHEARSAL'] === '1' };
}

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

function readMail(env: NodeJS.ProcessEnv, production: boolean): MailSettings | undefined | string {
  const text = env['KESHEN_SMTP_URL'];
  if (!text) return undefined;
  const url = URL.parse(text);
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || !url.hostname) {
    return `KESHEN_SMTP_URL 应为 smtp://账号@主机:587 或 smtps://账号@主机:465，现为“${text}”。`;
  }
  if (url.password) return 'KESHEN_SMTP_URL 里不要写密码：请用 KESHEN_SMTP_PASSWORD_FILE 写明存放密码的文件。';
  const from = env['KESHEN_MAIL_FROM'] ?? '';
  if (!/^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(from)) {
    return '写了 KESHEN_SMTP_URL，还要用 KESHEN_MAIL_FROM 写明发件人，例如：科申 <tongzhi@example.cn>。';
  }
  const user = decodeURIComponent(url.username);
  const passwordFile = env['KESHEN_SMTP_PASSWORD_FILE'];
  if (user && !passwordFile) return 'KESHEN_SMTP_URL 里有账号，还要用 KESHEN_SMTP_PASSWORD_FILE 写明存放密码的文件。';
  const secure = url.protocol === 'smtps:';
  return {
    host: url.hostname,
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    mustEncrypt: production && !LOCAL.has(url.hostname),
    from,
    ...(user && passwordFile && { user, passwordFile: resolve(passwordFile) }),
  };
}

function readSms(env: NodeJS.ProcessEnv, production: boolean): SmsSettings | undefined | string {
  const address = env['KESHEN_SMS_URL'];
  if (!address) return undefined;
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return `KESHEN_SMS_URL 应为短信网关的网址，现为“${address}”。`;
  }
  if (production && url.protocol !== 'https:' && !LOCAL.has(url.hostname)) {
    return '生产环境的 KESHEN_SMS_URL 须以 https:// 开头：手机号不能明文传输。';
  }
  const tokenFile = env['KESHEN_SMS_TOKEN_FILE'];
  if (!tokenFile) return '写了 KESHEN_SMS_URL，还要用 KESHEN_SMS_TOKEN_FILE 写明存放网关令牌的文件。';
  return { address, tokenFile: resolve(tokenFile) };
}
