import { readFile } from 'node:fs/promises';
import { createTransport, type Transporter } from 'nodemailer';
import type { Carrier, NotTaken, Outgoing, Sending } from './carrier.ts';
import type { MailSettings } from './settings.ts';

/** An SMTP server that says nothing for so long is as good as down. */
const PATIENCE_MS = 30_000;

type SmtpError = Error & { code?: string; responseCode?: number; command?: string };

/** Mail by SMTP. `host` names this installation in message ids. */
export async function openSmtp(settings: MailSettings, host: string): Promise<Carrier> {
  const { user, passwordFile } = settings;
  const pass = passwordFile && (await readFile(passwordFile, 'utf8')).trim();
  const transport: Transporter = createTransport({
    pool: true,
    maxConnections: 1,
    // Whether something is sent again is decided by the outbox alone.
    maxRequeues: 0,
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    requireTLS: settings.mustEncrypt && !settings.secure,
    ...(user && pass !== undefined && { auth: { user, pass } }),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    // Neither files nor addresses are ever fetched for a message.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const answered = (work: Promise<unknown>): Promise<Sending> =>
    work.then(
      () => ({ taken: true }),
      (error: SmtpError) => ({ taken: false, ...causeOf(error) }),
    );
  return {
    send: (message) => answered(transport.sendMail(mailOf(message, settings.from, host))),
    check: async () => {
      const sending = await answered(transport.verify());
      return sending.taken ? undefined : `邮件服务器 ${settings.host}:${settings.port}：${sending.problem}`;
    },
    close: () => transport.close(),
  };
}

const mailOf = ({ id, to, subject, text, unsubscribe }: Outgoing, from: string, host: string) => ({
  messageId: `<${id}@${host}>`,
  from,
  to,
  subject,
  text,
  ...(unsubscribe && { list: { unsubscribe } }),
  // Answering machines are not to answer.
  headers: { 'auto-submitted': 'auto-generated' },
});

/** RFC 5321 4.2.1: 4yz may pass, 5yz will not; of those, a refused recipient says that the address is no good (RFC 3463 X.1.z, X.2.1). */
function causeOf({ responseCode, command, message, code }: SmtpError): Omit<NotTaken, 'taken'> {
  const problem = message.replaceAll(/\s+/g, ' ').slice(0, 300);
  if (code === 'EAUTH') return { because: 'down', problem: `账号或密码不对：${problem}` };
  // After the end of the message silence may mean that it was taken.
  if (responseCode === undefined) return { because: 'down', problem, perhapsTaken: command === 'DATA' };
  if (command === 'CONN') return { because: 'down', problem };
  if (responseCode < 500) return { because: responseCode === 421 ? 'down' : 'later', problem };
  return { because: command === 'RCPT TO' ? 'address' : 'refused', problem };
}
